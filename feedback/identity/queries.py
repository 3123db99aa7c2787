"""Reading codes: what a code lets its holder answer about, never which event it was."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import keys
from feedback.identity.models import IssuedCode
from feedback.security import read_code

USES_OF_A_JOURNEY = 2


@dataclass(frozen=True)
class Ticket:
    """What a valid, unused code says. `stage` is `start` or `end` for a journey code, else empty."""

    code_id: int
    audience: str
    event_type: str
    service: str | None
    stage: str
    journey: str | None


def find_ticket(session: Session, typed: str) -> Ticket | None:
    """Return what a typed code opens; None alike for a wrong, an unknown and a used one."""
    code = read_code(typed)
    if code is None:
        return None
    hashes = keys(session).hasher.candidates("code", code)
    issued = session.scalar(select(IssuedCode).where(IssuedCode.code_hash.in_(hashes)))
    if issued is None or issued.times_used >= (USES_OF_A_JOURNEY if issued.is_journey else 1):
        return None
    stage = ("start", "end")[issued.times_used] if issued.is_journey else ""
    journey = keys(session).hasher.digest("journey", code) if issued.is_journey else None
    return Ticket(issued.id, issued.audience, issued.event_type, issued.service, stage, journey)
