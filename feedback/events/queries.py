"""Reading events."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.errors import NotFound
from feedback.events.models import Event


def get_event(session: Session, event_id: int) -> Event:
    """Return an event. Raise NotFound when there is none."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound(f"There is no event {event_id}.")
    return event


def find_by_reference(session: Session, reference: str) -> Event | None:
    """Return the event with the council's reference, if any."""
    return session.scalar(select(Event).where(Event.reference == reference))
