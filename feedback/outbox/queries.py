"""Reading the outbox."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.outbox.models import Message

STUCK_AFTER = timedelta(minutes=5)


def count_stuck(session: Session) -> int:
    """Count the messages that have been waiting for longer than sending takes."""
    waiting = select(func.count()).select_from(Message).where(Message.written_at < clock.now() - STUCK_AFTER)
    return session.scalar(waiting) or 0


def list_waiting(session: Session) -> list[Message]:
    """Return every message not sent yet, oldest first."""
    return list(session.scalars(select(Message).order_by(Message.written_at, Message.id)))


def has_due(session: Session) -> bool:
    """Whether a message is due: asked often, and without taking a lock."""
    return session.scalar(select(Message.id).where(Message.due_at <= clock.now()).limit(1)) is not None
