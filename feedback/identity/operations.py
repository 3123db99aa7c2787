"""Issuing codes and sealing which response came with which."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback import clock
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import affected, keys
from feedback.errors import FeedbackError
from feedback.events import operations as events
from feedback.events.models import Event
from feedback.identity import role
from feedback.identity.models import IssuedCode, SealedLink
from feedback.identity.queries import USES_OF_A_JOURNEY
from feedback.security import new_code

KEPT = timedelta(days=90)


class CodeUsed(FeedbackError):
    """Somebody has answered with this code in the meantime."""


def issue_codes(
    session: Session, *, event: Event, audience: str, number: int, by: str, is_journey: bool = False
) -> list[str]:
    """Make codes for the people of one role at an event; the only moment they can be read."""
    keyring = keys(session)
    codes = [new_code() for _ in range(number)]
    issued = [
        IssuedCode(
            code_hash=keyring.hasher.digest("code", code),
            audience=audience,
            event_type=event.event_type,
            service=event.service,
            is_journey=is_journey,
            sealed_event=keyring.identity.seal(str(event.id)),
            forget_on=forget_on(event.held_on),
        )
        for code in codes
    ]
    with role.taken(session):
        session.add_all(issued)
    events.count_cards(session, event=event, audience=audience, number=number)
    audit.record(session, Action.CODES_ISSUED, by=by, event=event.id, number=number)
    return codes


def forget_on(held_on: date) -> date:
    """Return when an event's links are forgotten: after 90 days, with the month that ends then; no day is told."""
    later = held_on + KEPT
    return date(later.year + later.month // 12, later.month % 12 + 1, 1)


def forget_links(session: Session) -> int:
    """Remove every code whose time is over, and every link that leads to a code that is gone; return how many links."""
    vault = keys(session).identity
    with role.taken(session):
        session.execute(delete(IssuedCode).where(IssuedCode.forget_on <= clock.today()))
        left = {str(code_id) for code_id in session.scalars(select(IssuedCode.id))}
        gone = [each for each in session.scalars(select(SealedLink)) if vault.open(each.sealed_code) not in left]
        for each in gone:
            session.delete(each)
    if gone:
        audit.record(session, Action.LINKS_FORGOTTEN, by=audit.SYSTEM, number=len(gone))
    return len(gone)


def link(session: Session, *, code_id: int, response_id: str) -> None:
    """Mark a code used and seal which response it brought. Raise CodeUsed when it has no use left."""
    limit, keyring = USES_OF_A_JOURNEY, keys(session)
    with role.taken(session):
        spent = session.execute(
            update(IssuedCode)
            .where(IssuedCode.id == code_id)
            .where((IssuedCode.times_used == 0) | (IssuedCode.is_journey & (IssuedCode.times_used < limit)))
            .values(times_used=IssuedCode.times_used + 1)
        )
        if affected(spent) == 1:
            session.add(
                SealedLink(
                    response_hash=keyring.hasher.digest("link", response_id),
                    sealed_code=keyring.identity.seal(str(code_id)),
                )
            )
    if affected(spent) != 1:
        raise CodeUsed("This code has been used already.")
