"""The demonstration: everything in it is marked, shows what the service can say, and goes away with one command."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from feedback import demonstration
from feedback.accounts.models import Person
from feedback.clock import Quarter
from feedback.db import Database
from feedback.events.models import Event, Participation
from feedback.improvements import queries, reminder_operations
from feedback.improvements.models import Action, ActionText
from feedback.outbox import queries as outbox
from feedback.reports import effects, participation, releases
from feedback.reports.figures import Verdict
from feedback.responses.models import Response
from tests.client import Client

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
MARKED = (Response, Person, Event, Action)
EMPTIED = (*MARKED, Participation, ActionText)


def fill(database: Database, responses: int) -> None:
    """Fill the database."""
    demonstration.fill(database, responses_wanted=responses, seed=demonstration.SEED, quarters=demonstration.QUARTERS)


def test_everything_is_marked_and_goes_with_one_command(database: Database) -> None:
    fill(database, 30)
    with database.reading() as session:
        for table in MARKED:
            number, unmarked = (
                session.scalar(select(func.count()).select_from(table).where(condition))
                for condition in (table.is_demo, ~table.is_demo)
            )
            assert (bool(number), unmarked) == (True, 0), table
    assert demonstration.wipe(database) == 30
    with database.reading() as session:
        for each in EMPTIED:
            assert session.scalar(select(func.count()).select_from(each)) == 0, each


def test_made_up_owners_are_not_reminded(database: Database) -> None:
    fill(database, 1)
    with database.transaction() as session:
        assert queries.count_overdue(session) == 2
        assert reminder_operations.remind(session) == 0
        assert outbox.list_waiting(session) == []


def test_it_shows_who_was_never_asked_a_journey_and_what_helped(database: Database) -> None:
    fill(database, demonstration.RESPONSES)
    past = Quarter.current().previous
    past = past if releases.is_settled(past) else past.previous
    for quarter in (past.shifted(-3), past):
        release = releases.current(database, quarter)
    assert (release.figures["journeys"]["pairs"] or 0) >= 10
    told = participation.current(database, past)["measures"][0]["splits"]["group"]  # type: ignore[index]
    assert any(part["share"]["percent"] is not None for part in told)
    with database.reading() as session:
        verdicts = {
            action.number: effects.find_effect(session, action).verdict for action in queries.list_actions(session)
        }
    assert verdicts[3] == Verdict.LIKELY_BETTER
    assert Verdict.TOO_FEW in verdicts.values()


def test_the_public_line_is_there_in_polish_and_in_english_where_arabic_lacks(
    client: Client, database: Database
) -> None:
    fill(database, 1)
    assert "Plan mieści się teraz na jednej stronie." in client.get("/pl/you-said").text
    arabic = client.get("/ar/you-said").html
    assert "أصبحت الخطة صفحة واحدة." in arabic
    assert 'lang="en-GB" dir="ltr">Meetings are in school time.</p>' in arabic
