"""Fills an empty database with everything invented, in one transaction, and takes it all out again."""

from __future__ import annotations

import random
from collections.abc import Callable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.accounts import operations as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import Database, affected
from feedback.demonstration import events, plan
from feedback.demonstration import responses as invented
from feedback.errors import FeedbackError
from feedback.events.models import Event, ParticipationRelease
from feedback.improvements.models import Action as PlannedAction
from feedback.reports.models import Release
from feedback.responses import queries
from feedback.responses.models import Response

RESPONSES, QUARTERS, SEED = 600, invented.QUARTERS, 2013
PASSWORD = "made-up-for-looking"  # noqa: S105 - known to everybody, and opens nothing outside the demonstration


class NotEmpty(FeedbackError):
    """The database holds responses already; invented ones must never be mixed with real ones."""


def fill_if_empty(database: Database) -> None:
    """Fill an empty database for `make run`; leave one with responses alone."""
    with database.reading() as session:
        if queries.count_responses(session):
            return
    fill(database, responses_wanted=RESPONSES, seed=SEED, quarters=QUARTERS)


def fill(
    database: Database,
    *,
    responses_wanted: int,
    seed: int,
    quarters: int,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Fill an empty database in one transaction. Raise NotEmpty when there is a response already."""
    chance = random.Random(seed)  # noqa: S311 - the same demonstration every time
    with database.transaction() as session:
        if queries.count_responses(session):
            raise NotEmpty("There are responses already; the demonstration only fills an empty database.")
        people = _add_people(session)
        stored = invented.fill(session, chance, wanted=responses_wanted, quarters=quarters, reader=people[Role.READER])
        for _ in stored:
            progress()
        events.fill(session, chance, quarters=quarters, by=people[Role.ADMINISTRATOR])
        plan.fill(session, owner=people[Role.MANAGER])
        audit.record(session, Action.DEMONSTRATION_FILLED, by=audit.SYSTEM, responses=responses_wanted)


def wipe(database: Database) -> int:
    """Remove everything invented, and the releases made of it; return the number of responses."""
    with database.transaction() as session:
        removed = affected(session.execute(delete(Response).where(Response.is_demo)))
        for table in (Event, PlannedAction, Person):
            session.execute(delete(table).where(table.is_demo))
        if not queries.count_responses(session):
            session.execute(delete(Release))
            session.execute(delete(ParticipationRelease))
        audit.record(session, Action.DEMONSTRATION_WIPED, by=audit.SYSTEM, responses=removed)
        return removed


def sign_ins() -> list[str]:
    """Return the made-up sign-ins as lines to print, one a role."""
    return [f"  {_address(role)}  {PASSWORD}" for role in Role]


def _add_people(session: Session) -> dict[Role, Person]:
    """Add one made-up person a role."""
    return {
        role: accounts.add_person(
            session, email=_address(role), roles=[role], password=PASSWORD, by=audit.SYSTEM, is_demo=True
        )
        for role in Role
    }


def _address(role: Role) -> str:
    return f"{role.replace('_', '-')}@demo.example"
