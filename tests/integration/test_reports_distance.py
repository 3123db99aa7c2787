"""Distance travelled: only the same person's start and end are compared, counted as better, the same or worse."""

from __future__ import annotations

import pytest

from feedback.clock import Quarter
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family
from feedback.questionnaires.document import Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.reports import releases, wording
from feedback.reports.counting import Slice
from feedback.reports.counting.journeys import count_journeys
from feedback.responses import operations as responses
from feedback.responses.operations import Submission
from tests.staff import Role, signed_in

PAST = Quarter.current().shifted(-2)
MOVES = ((1, 4), (2, 4), (2, 2), (4, 3))
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def answer(session, journey, stage, value, *, quarter=PAST, audience="parent"):
    """Let somebody climb the ladder at the start or the end of some help; None leaves it blank."""
    version = questionnaires.latest_version_id(session, audience)
    given = Answer(State.BLANK) if value is None else Answer(State.ANSWERED, value=value)
    submission = Submission(
        submission_id=f"{journey}-{stage}-{audience}",
        version_id=version,
        document=questionnaires.get_document(session, version),
        language="en",
        occasion=Occasion(Family.HELP, "intervention", timing="", stage=stage),
        answers={ladder(session, audience): given},
        group=audience,
        journey=journey,
        quarter=quarter,
    )
    return responses.store(session, submission)


def ladder(session, audience):
    """Return the id of a group's question about getting on at home."""
    document = questionnaires.get_document(session, questionnaires.latest_version_id(session, audience))
    return next(question.id for question in document.definition.questions if question.area == "dt_calm")


def travel(session, number, moves=MOVES):
    """Let so many people start a quarter before and end in it, moving in turns as `moves` says."""
    for place in range(number):
        start, end = moves[place % len(moves)]
        answer(session, f"j{place}", "start", start, quarter=PAST.previous)
        answer(session, f"j{place}", "end", end)


def counted(database):
    """Return the raw counts of the quarter: {way: people} of the one area, ended, still open."""
    with database.reading() as session:
        found = count_journeys(session, Slice(PAST))
    areas = [dict(zip(each.scale.states, each.answered, strict=True)) for each in found.areas.values()]
    return areas, found.ended, found.open


def test_pairs_are_counted_by_which_way_they_moved(database):
    with database.transaction() as session:
        travel(session, 8)
    assert counted(database) == ([{"better": 4, "same": 2, "worse": 2}], 8, 0)


def test_a_start_without_an_end_is_no_pair(database):
    with database.transaction() as session:
        travel(session, 4)
        answer(session, "alone", "start", 1)
        answer(session, "elsewhere", "end", 5)
    assert counted(database) == ([{"better": 2, "same": 1, "worse": 1}], 4, 1)


def test_an_area_left_blank_at_either_end_is_no_pair(database):
    with database.transaction() as session:
        answer(session, "one", "start", None)
        answer(session, "one", "end", 5)
        answer(session, "two", "start", 2)
        answer(session, "two", "end", None)
    assert counted(database) == ([], 2, 0)


def test_two_people_of_one_journey_are_never_taken_for_one(database):
    with database.transaction() as session:
        answer(session, "one", "start", 1)
        answer(session, "one", "end", 5, audience="young")
    assert counted(database)[1] == 0


def test_whoever_withdrew_their_start_is_no_pair(database):
    with database.transaction() as session:
        responses.withdraw(session, answer(session, "one", "start", 1))
        answer(session, "one", "end", 5)
    assert counted(database)[:2] == ([], 0)


def test_the_release_shows_ways_only_where_nobody_can_be_recognised(database):
    with database.transaction() as session:
        travel(session, 40)
    journeys = releases.current(database, PAST).figures["journeys"]
    area = journeys["areas"][0]
    assert journeys["pairs"] == 40
    assert [(block["states"], block["percent"]) for block in area["blocks"]] == [
        (["better"], 50),
        (["same"], 25),
        (["worse"], 25),
    ]


@pytest.mark.parametrize(("better", "pairs", "shown"), [(9, 9, None), (37, 40, 40)])
def test_few_who_moved_another_way_are_not_shown(database, better, pairs, shown):
    with database.transaction() as session:
        travel(session, better, moves=((1, 3),))
        for place in range(pairs - better):
            answer(session, f"worse{place}", "start", 4, quarter=PAST.previous)
            answer(session, f"worse{place}", "end", 2)
    journeys = releases.current(database, PAST).figures["journeys"]
    assert journeys["pairs"] == shown
    assert [area["favourable"]["percent"] for area in journeys["areas"]] in ([], [None])


def test_the_page_says_better_but_never_because(app, database):
    with database.transaction() as session:
        travel(session, 40)
    page = signed_in(app, Role.MANAGER).get(f"/staff/figures/{PAST}/distance")
    assert "Better: 50%" in page.text or "better: 50%" in page.text
    assert "because" not in page.text.lower()
    assert wording.NOT_FOR in page.text
