"""Writing messages, and keeping book of how sending them goes."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback import clock
from feedback.outbox.letters import Letter, checked
from feedback.outbox.models import Message

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=5)
"""However long a mail server was away, an alert leaves within five minutes of its return."""
HANDFUL = 20


def write(session: Session, letter: Letter, *, to: str, **facts: int | StrEnum) -> None:
    """Put a letter into the outbox, in the transaction of what it tells. Raise WrongLetter for undeclared facts."""
    now = clock.now()
    session.add(
        Message(letter=str(letter), recipient=to, facts=checked(letter, facts), written_at=now, due_at=now, tries=0)
    )
    session.flush()


def take_due(session: Session) -> list[Message]:
    """Return the messages that are due, each put off until its next try: should we be killed now, it is tried again."""
    now = clock.now()
    due = list(
        session.scalars(
            select(Message)
            .where(Message.due_at <= now)
            .order_by(Message.due_at, Message.id)
            .limit(HANDFUL)
            .with_for_update(skip_locked=True)
        )
    )
    for message in due:
        message.due_at = now + min(FIRST_PAUSE * 2 ** min(message.tries, 10), LONGEST_PAUSE)
        message.tries += 1
    session.flush()
    return due


def forget(session: Session, *, message_id: int) -> None:
    """Remove a message that was sent."""
    session.execute(delete(Message).where(Message.id == message_id))


def note_failure(session: Session, *, message_id: int, error: str) -> None:
    """Remember what kind of failure held a message up."""
    session.execute(update(Message).where(Message.id == message_id).values(error=error))
