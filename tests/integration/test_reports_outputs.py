"""Somebody reads pages and files as they are sent and subtracts: nothing small comes out of any, alone or together.

With every population gated by itself, as if nothing were shown beside it, the same reader recovers small cells.
"""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.reports import disclosure, evidence, questions
from feedback.reports.models import Release
from feedback.responses.models import StoredAnswer
from feedback.web.staff.figures.frame import names_of
from tests.conftest import missing
from tests.staff import signed_in
from tests.unit.reports import outputs, people, siege

PAST = Quarter.current().shifted(-2)
NUMBER, SEED = 90, 5
CONSTRUCTS = ("heard", "rights")
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def words(database):
    """Ninety people in a final quarter, most of whom wrote; what is true of their words."""
    with database.transaction() as session:
        people.arrive(session, NUMBER, quarter=PAST, seed=SEED)
        return people.write(session, quarter=PAST, seed=SEED)


@pytest.fixture
def staff(app):
    """A manager, signed in."""
    return signed_in(app, Role.MANAGER)


def read_outputs(database, staff):
    """Return what every output says of some questions, what is true, and the names that pages use."""
    with database.reading() as session:
        raw, names = people.truths(session, PAST), names_of(session)
    labels = outputs.Labels(names, next(iter(raw.values())))
    told = {name: read(staff, PAST, labels) for name, read in outputs.OUTPUTS.items()}
    told = {name: {each: output[each] for each in CONSTRUCTS} for name, output in told.items()}
    return told | {"all of them together": outputs.together(list(told.values()))}, raw, names


@pytest.mark.usefixtures("words")
def test_no_output_gives_a_small_cell_away(database, staff):
    told, raw, _ = read_outputs(database, staff)
    for name, output in told.items():
        attempts, recovered = siege.attack_told(output, raw)
        assert attempts > 0, name
        assert recovered == [], name


@pytest.mark.usefixtures("words")
def test_gated_one_by_one_every_output_gives_small_cells_away(database, staff, monkeypatch):
    monkeypatch.setattr(questions, "compare", siege.each_alone)
    told, raw, _ = read_outputs(database, staff)
    for name, output in told.items():
        assert siege.attack_told(output, raw)[1], name


@pytest.mark.pdf
@pytest.mark.parametrize("weak", [False, True])
def test_the_pdfs_own_text_gives_a_small_cell_away_only_with_the_gate_weakened(
    database, staff, words, monkeypatch, weak
):
    if not evidence.is_possible():
        missing("PDF", "no pango")
    if weak:
        monkeypatch.setattr(questions, "compare", siege.each_alone)
        monkeypatch.setattr(disclosure, "two_way_together", siege.only_small_hidden)
    with database.reading() as session:
        raw, names = people.truths(session, PAST), names_of(session)
    told = outputs.pdf_pack(staff, PAST, outputs.Labels(names, next(iter(raw.values()))))
    themes = outputs.pdf_themes(staff, PAST, names)
    for attempts, recovered in (siege.attack_told(told, raw), siege.attack_themes(themes, words)):
        assert attempts > 0
        assert bool(recovered) == weak


def test_no_output_of_themes_gives_a_small_cell_away(database, staff, words):
    _, _, names = read_outputs(database, staff)
    for name, read in outputs.THEME_OUTPUTS.items():
        attempts, recovered = siege.attack_themes(read(staff, PAST, names), words)
        assert attempts > 0, name
        assert recovered == [], name


def test_hiding_small_counts_alone_every_output_of_themes_gives_some_away(database, staff, words, monkeypatch):
    monkeypatch.setattr(disclosure, "two_way_together", siege.only_small_hidden)
    _, _, names = read_outputs(database, staff)
    for name, read in outputs.THEME_OUTPUTS.items():
        assert siege.attack_themes(read(staff, PAST, names), words)[1], name


ADDRESSES = (
    "",
    "/experience",
    "/experience/heard",
    "/experience/rights",
    "/fairness/ethnic_group",
    "/fairness/disability",
    "/distance",
    "/evidence",
    "/themes/listened",
    "/themes/respect",
    "/themes/safe?words=helped",
    "/file/json",
    "/file/csv",
)


def sizes(staff):
    """Return the status and the length of every page and file, and of refusals."""
    answers = [staff.http.get(f"/staff/figures/{PAST}{part}") for part in ADDRESSES]
    answers += [staff.http.get(f"/staff/figures/{PAST}/{part}") for part in ("experience/none", "themes/x", "file/exe")]
    return [(answer.status_code, len(answer.data)) for answer in answers]


def scramble(database):
    """Change every answer that anybody has given."""
    with database.transaction() as session:
        session.execute(update(StoredAnswer).where(StoredAnswer.value.is_not(None)).values(value=1))
        session.execute(update(StoredAnswer).where(StoredAnswer.choice.is_not(None)).values(choice="no"))


@pytest.mark.usefixtures("words")
def test_sizes_of_pages_and_refusals_tell_only_of_the_release(database, staff):
    before = sizes(staff)
    scramble(database)
    assert sizes(staff) == before


@pytest.mark.usefixtures("words")
def test_without_frozen_releases_sizes_would_tell_of_answers(database, staff):
    before = sizes(staff)
    scramble(database)
    with database.transaction() as session:
        session.execute(delete(Release))
    assert sizes(staff) != before
