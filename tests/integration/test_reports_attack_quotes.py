"""Somebody reads the same words in every list of quotes, filtered and not, and puts together what each list says of them.

Words are recovered when fewer than ten people have all of it in common: the group named, the company filtered by, the
language.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict

import pytest
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import keys
from feedback.reports import counting, quotes, releases, wording
from feedback.responses.models import Comment, Response
from feedback.safeguarding.models import Reading, ReadTheme
from tests.staff import signed_in
from tests.unit.reports import people

PAST = Quarter.current().shifted(-2)
NUMBER, SEED, QUOTABLE, CROWD = 90, 5, 40, 10
LISTS = ("", *(f"/themes/{theme}{words}" for theme in people.THEMES for words in ("", "?words=alone", "?words=helped")))
QUOTE = re.compile(
    r'<blockquote class="words" dir="auto" lang="(\w+)">(.*?)</blockquote>\s*(?:<p class="govuk-hint">(.*?)</p>)?'
)
GROUP_OF = {words: group for group, words in wording.GROUPS.items()}
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def everybody(database):
    """Ninety people in a final quarter, forty of whom may be quoted; what is true of each: language, group, company."""
    draw = random.Random(SEED)
    with database.transaction() as session:
        people.arrive(session, NUMBER, quarter=PAST, seed=SEED)
        people.write(session, quarter=PAST, seed=SEED)
        every = session.scalars(select(Response).order_by(Response.arrival)).all()
        for place, response in enumerate(every):
            response.may_quote, response.language = True, "pl" if place % 15 == 0 else "en"
        for comment in session.scalars(select(Comment).order_by(Comment.id).limit(QUOTABLE)):
            reading = Reading(comment_id=comment.id, level="0", tone="mixed", may_be_quoted=True)
            reading.sealed_redacted = keys(session).feedback.seal(f"words{comment.id}")
            reading.themes.append(ReadTheme(theme=draw.choice(people.THEMES[:2]), tone="mixed"))
            session.add(reading)
        return truth(session)


def truth(session):
    """Return of each person what may be told: language, group, company."""
    every = session.scalars(select(Response))
    return [(each.language, each.audience, "alone" if each.beside == "no" else "helped") for each in every]


def attack(app, everybody):
    """Return how many words were read, and those behind which fewer than ten people stand."""
    staff, known = signed_in(app, Role.MANAGER), defaultdict(dict)
    for part in LISTS:
        page = staff.get(f"/staff/figures/{PAST}{part}").html
        for language, words, group in QUOTE.findall(page):
            known[words]["language"] = language
            if group:
                known[words]["group"] = GROUP_OF[group]
            if "?words=" in part:
                known[words]["company"] = part.partition("?words=")[2]
    return len(known), [words for words, told in known.items() if _crowd(told, everybody) < CROWD]


def _crowd(told, everybody):
    """Count the people who have in common everything that is told."""
    names = ("language", "group", "company")
    return sum(
        all(told.get(name, value) == value for name, value in zip(names, each, strict=True)) for each in everybody
    )


def test_no_list_of_quotes_leads_to_fewer_than_ten(app, everybody):
    read, recovered = attack(app, everybody)
    assert read > CROWD
    assert recovered == []


def test_a_group_is_named_where_it_stays_a_crowd(app, database, everybody):
    figures = releases.current(database, PAST).figures
    companies = [(group, company) for _, group, company in everybody]
    for group in counting.SELF_REPORT:
        fewest = min(companies.count((group, company)) for company in ("alone", "helped"))
        assert (group in figures["quotes"]["groups"]) == (fewest >= CROWD), group
    assert wording.GROUPS["parent"] in signed_in(app, Role.MANAGER).get(f"/staff/figures/{PAST}").html


def test_with_every_group_and_language_named_the_same_reader_gets_there(app, everybody, monkeypatch):
    every = {"languages": ["en", "pl"], "groups": list(counting.SELF_REPORT)}
    monkeypatch.setattr(quotes, "_crowds", lambda _: every)
    assert len(attack(app, everybody)[1]) > 0


@pytest.mark.usefixtures("everybody")
def test_with_a_filter_open_that_would_close_the_same_reader_gets_there(app, database, monkeypatch):
    """All but six of those who answered alone had somebody beside them after all."""
    with database.transaction() as session:
        alone = session.scalars(select(Response).where(Response.beside == "no").order_by(Response.arrival)).all()
        for response in alone[6:]:
            response.beside = "advocate"
        held = truth(session)
    assert attack(app, held)[1] == []
    monkeypatch.setattr(quotes, "companies", lambda _: {"alone": NUMBER, "helped": NUMBER})
    assert len(attack(app, held)[1]) > 0
