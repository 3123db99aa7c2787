"""Somebody reads what families read of replies, on the page and beside everything staff see, and works out small counts.

With the gate off the public page says how many wrote about a thing that only a few wrote about.
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.analysis.models import FoundTheme
from feedback.clock import Quarter
from feedback.reports import disclosure, releases
from feedback.responses.models import Comment
from feedback.web.staff.figures.frame import names_of
from tests.integration.test_improvements import add
from tests.integration.test_reports_outputs import scramble
from tests.staff import signed_in
from tests.unit.reports import outputs, people, siege
from tests.unit.reports.siege import EVERYBODY

PAST = Quarter.current().shifted(-2)
NUMBER, SEED, FEW = 90, 5, 4
RARE = "language"
SECTION = re.compile(r'<section [^>]*id="about-(\d+)">(.*?)</section>', re.DOTALL)
PEOPLE = re.compile(r"about (\d+) people told us")
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def words(database):
    """Ninety people in a final quarter, four of whom wrote about one thing more; what is true of their words."""
    with database.transaction() as session:
        people.arrive(session, NUMBER, quarter=PAST, seed=SEED)
        truth = people.write(session, quarter=PAST, seed=SEED)
        rare = dict.fromkeys(truth[people.THEMES[0]], 0) | {EVERYBODY: FEW, ("tone", "unassessed"): FEW}
        for comment in session.scalars(select(Comment).order_by(Comment.id).limit(FEW)):
            session.add(FoundTheme(comment_id=comment.id, theme=RARE, score=0.9))
            rare["group", comment.response.audience] += 1
            rare["event_type", comment.response.event_type] += 1
    return truth | {RARE: rare}


def public_page(database, client):
    """Publish one reply to each theme and read from the public page how many people it says were heard."""
    theme_of = {}
    for theme in (*people.THEMES, RARE):
        theme_of[add(database, themes=[theme], heard_in=str(PAST), changed_on=None).id] = theme
    found = SECTION.findall(client.get("/en/you-said").html)
    said = {theme_of[int(place)]: PEOPLE.search(" ".join(text.split())) for place, text in found}
    assert said.keys() == set(theme_of.values())
    return {theme: {EVERYBODY: int(number[1]) if number else None} for theme, number in said.items()}


def beside_staff_pages(app, database, public):
    """Lay the public page beside every output of themes; what one withholds another may say."""
    with database.reading() as session:
        names = names_of(session)
    staff = signed_in(app, Role.MANAGER)
    told = {theme: dict(cells) for theme, cells in public.items()}
    for read in outputs.THEME_OUTPUTS.values():
        for theme, cells in read(staff, PAST, names).items():
            held = told.setdefault(theme, {})
            told[theme] = cells | {name: count for name, count in held.items() if count is not None}
    return told


def test_the_public_page_gives_no_small_count_away(app, database, client, words):
    releases.current(database, PAST)
    public = public_page(database, client)
    assert public[people.THEMES[0]][EVERYBODY], "the attack must have something to read"
    for told in (public, beside_staff_pages(app, database, public)):
        attempts, recovered = siege.attack_themes(told, words)
        assert attempts > 0
        assert recovered == []


def test_with_the_gate_off_the_public_page_gives_the_few_away(database, client, words, monkeypatch):
    monkeypatch.setattr(disclosure, "two_way_together", siege.nothing_hidden)
    releases.current(database, PAST)
    public = public_page(database, client)
    assert public[RARE] == {EVERYBODY: FEW}
    assert (RARE, EVERYBODY) in siege.attack_themes(public, words)[1]


@pytest.mark.usefixtures("words")
def test_the_public_page_tells_only_of_the_release(database, client):
    releases.current(database, PAST)
    add(database, themes=["listened"], heard_in=str(PAST), construct="heard")
    before = len(client.http.get("/en/you-said").data)
    scramble(database)
    assert len(client.http.get("/en/you-said").data) == before
