"""Putting responses on the reading desk and raising alerts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback import clock
from feedback.safeguarding.models import Alert, DeskItem, Reason


@dataclass(frozen=True)
class Signal:
    """One reason to read a response first."""

    reason: Reason
    kind: str
    level: int


def put_on_desk(session: Session, *, response_id: str) -> None:
    """Start a response's clock: a person will read it."""
    session.add(DeskItem(response_id=response_id, received_at=clock.now()))
    session.flush()


def raise_alerts(session: Session, *, response_id: str, signals: list[Signal]) -> None:
    """Raise one alert a signal."""
    session.add_all(
        Alert(response_id=response_id, reason=s.reason, kind=s.kind, level=s.level) for s in signals
    )
    session.flush()
