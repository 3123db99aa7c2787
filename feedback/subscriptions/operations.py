"""Subscribing to reports, and writing the letters that are due."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.accounts.models import Person
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import Quarter
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter
from feedback.subscriptions import queries
from feedback.subscriptions.models import Rhythm, Subscription


def subscribe(session: Session, *, person: Person, rhythm: Rhythm | None, by: Person) -> None:
    """Tell a person in this rhythm from the next period on; None: no more. Nothing happens when nothing differs."""
    if queries.find_rhythm(session, person.id) == rhythm:
        return
    session.execute(delete(Subscription).where(Subscription.person_id == person.id))
    if rhythm:
        known = queries.newest_period(session, rhythm)
        session.add(Subscription(person_id=person.id, rhythm=rhythm, told_up_to=known))
    session.flush()
    audit.record(session, Action.SUBSCRIPTION_CHANGED, by=by.actor, person=person.id, rhythm=str(rhythm or "none"))


def announce(session: Session) -> int:
    """Write to everybody for whom there is a new period; return how many. Made-up people get nothing.

    The letter is written and its period noted in one transaction, so that each is told once.
    """
    number = 0
    for person, rhythm in queries.list_readers(session):
        wish = session.get(Subscription, person.id)
        if rhythm is None or wish is None or person.is_demo:
            continue
        period = queries.newest_period(session, rhythm)
        if period > wish.told_up_to:
            quarter = Quarter.current() if rhythm is Rhythm.MONTHLY else Quarter.parse(period)
            outbox.write(session, Letter.REPORT, to=person.email, year=quarter.year, quarter=quarter.number)
            wish.told_up_to = period
            audit.record(session, Action.REPORT_ANNOUNCED, by=audit.SYSTEM, person=person.id, period=period)
            number += 1
    session.flush()
    return number
