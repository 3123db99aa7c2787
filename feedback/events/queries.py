"""Reading events."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from feedback.errors import NotFound
from feedback.events.models import Cards, Event, Participation, ParticipationRelease

SHOWN = 50
"""Events on one page of the list."""


class Alike(NamedTuple):
    """How many people had the same of the same kind of event."""

    event_type: str
    who: str
    was_told: bool
    advocate_offered: bool
    attendance: str
    took_part: str
    why_not: str | None
    needs_language: bool
    is_disabled: bool
    age_band: str | None
    ethnic_group: str | None
    number: int


def get_event(session: Session, event_id: int) -> Event:
    """Return an event. Raise NotFound when there is none."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound(f"There is no event {event_id}.")
    return event


def find_by_reference(session: Session, reference: str) -> Event | None:
    """Return the event with the council's reference, if any."""
    return session.scalar(select(Event).where(Event.reference == reference))


def references_in_use(session: Session, references: Collection[str]) -> set[str]:
    """Return which of the council's references belong to events already."""
    return {each for each in session.scalars(select(Event.reference)) if each in set(references)}


def list_events(session: Session) -> list[tuple[Event, int]]:
    """Return the newest events with the number of people recorded; those with nobody recorded first."""
    recorded = func.count(Participation.id)
    found = session.execute(
        select(Event, recorded)
        .outerjoin(Participation, Participation.event_id == Event.id)
        .group_by(Event.id)
        .order_by((recorded > 0), Event.held_on.desc(), Event.id.desc())
        .limit(SHOWN)
    )
    return [(event, number) for event, number in found]


def list_people(session: Session, event_id: int) -> list[Participation]:
    """Return who is recorded for an event, in the order they were written down."""
    found = select(Participation).where(Participation.event_id == event_id).order_by(Participation.id)
    return list(session.scalars(found))


def count_alike(session: Session, first_day: date, last_day: date) -> Iterator[Alike]:
    """Return people of the events of some days, counted by kind of event, role and what they had."""
    columns = (
        Event.event_type,
        Participation.who,
        Participation.was_told,
        Participation.advocate_offered,
        Participation.attendance,
        Participation.took_part,
        Participation.why_not,
        Participation.needs_language,
        Participation.is_disabled,
        Participation.age_band,
        Participation.ethnic_group,
    )
    counted = (
        select(*columns, func.count())
        .join(Participation, Participation.event_id == Event.id)
        .where(Event.held_on.between(first_day, last_day))
        .group_by(*columns)
    )
    return (Alike._make(row) for row in session.execute(counted))


def count_unrecorded(session: Session, first_day: date, last_day: date) -> dict[str, int]:
    """Return by kind of event how many events of some days have nobody recorded."""
    nobody = ~exists().where(Participation.event_id == Event.id)
    counted = (
        select(Event.event_type, func.count().label("number"))
        .where(Event.held_on.between(first_day, last_day), nobody)
        .group_by(Event.event_type)
    )
    return {row.event_type: row.number for row in session.execute(counted)}


def count_cards(session: Session, first_day: date, last_day: date) -> dict[tuple[str, str], int]:
    """Return how many cards were made for the events of some days, by (kind of event, group)."""
    counted = (
        select(Event.event_type, Cards.audience, func.sum(Cards.number).label("number"))
        .join(Cards, Cards.event_id == Event.id)
        .where(Event.held_on.between(first_day, last_day))
        .group_by(Event.event_type, Cards.audience)
    )
    return {(row.event_type, row.audience): int(row.number) for row in session.execute(counted)}


def find_figures(session: Session, quarter: str) -> ParticipationRelease | None:
    """Return what is released about a quarter's participation, if anything is."""
    return session.get(ParticipationRelease, quarter)
