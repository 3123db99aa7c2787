"""Reading who is told of reports, and what there is to tell."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Permission
from feedback.reports.models import Release
from feedback.subscriptions.models import Rhythm, Subscription


def find_rhythm(session: Session, person_id: int) -> Rhythm | None:
    """Return how often a person is told, or None when they are not."""
    found = session.get(Subscription, person_id)
    return Rhythm(found.rhythm) if found else None


def list_readers(session: Session) -> list[tuple[Person, Rhythm | None]]:
    """Return everybody with an open account who may read figures, by address, with how often they are told."""
    wished = {each.person_id: Rhythm(each.rhythm) for each in session.scalars(select(Subscription))}
    return [
        (person, wished.get(person.id))
        for person in accounts.list_people(session)
        if person.active and Permission.READ_FIGURES in accounts.permissions_of(person)
    ]


def newest_period(session: Session, rhythm: Rhythm) -> str:
    """Return the newest period there is to tell of: this month, or the newest quarter that is final; empty for none."""
    if rhythm is Rhythm.MONTHLY:
        return f"{clock.today():%Y-%m}"
    final = select(func.max(Release.quarter)).where(Release.is_frozen, Release.quarter.like("____-Q_"))
    return session.scalar(final) or ""
