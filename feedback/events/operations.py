"""Adding events."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from feedback.events.models import Event
from feedback.settings.queries import get_event_type


def add_event(
    session: Session,
    *,
    reference: str,
    event_type: str,
    held_on: date,
    service: str | None = None,
    is_demo: bool = False,
) -> Event:
    """Add an event. Raise NotFound for an unknown event type."""
    get_event_type(session, event_type)
    event = Event(reference=reference, event_type=event_type, held_on=held_on, service=service, is_demo=is_demo)
    session.add(event)
    session.flush()
    return event
