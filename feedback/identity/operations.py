"""Issuing codes and sealing which response came with which."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import affected, keys
from feedback.errors import FeedbackError
from feedback.events.models import Event
from feedback.identity.models import IssuedCode, SealedLink
from feedback.identity.queries import USES_OF_A_JOURNEY
from feedback.security import new_code


class CodeUsed(FeedbackError):
    """Somebody has answered with this code in the meantime."""


def issue_codes(
    session: Session, *, event: Event, audience: str, number: int, by: str, is_journey: bool = False
) -> list[str]:
    """Make codes for the people of one role at an event; the only moment they can be read."""
    keyring = keys(session)
    codes = [new_code() for _ in range(number)]
    session.add_all(
        IssuedCode(
            code_hash=keyring.hasher.digest("code", code),
            audience=audience,
            event_type=event.event_type,
            service=event.service,
            is_journey=is_journey,
            sealed_event=keyring.identity.seal(str(event.id)),
        )
        for code in codes
    )
    audit.record(session, Action.CODES_ISSUED, by=by, event=event.id, number=number)
    return codes


def link(session: Session, *, code_id: int, response_id: str) -> None:
    """Mark a code used and seal which response it brought. Raise CodeUsed when it has no use left."""
    limit = USES_OF_A_JOURNEY
    spent = session.execute(
        update(IssuedCode)
        .where(IssuedCode.id == code_id)
        .where((IssuedCode.times_used == 0) | (IssuedCode.is_journey & (IssuedCode.times_used < limit)))
        .values(times_used=IssuedCode.times_used + 1)
    )
    if affected(spent) != 1:
        raise CodeUsed("This code has been used already.")
    keyring = keys(session)
    session.add(
        SealedLink(
            response_hash=keyring.hasher.digest("link", response_id),
            sealed_code=keyring.identity.seal(str(code_id)),
        )
    )
    session.flush()
