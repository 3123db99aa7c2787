"""Adding events, recording who had a say in them, and keeping what is released about that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.errors import FeedbackError
from feedback.events import queries
from feedback.events.models import AGES, Cards, Event, Part, Participation, ParticipationRelease, Who, WhyNot
from feedback.settings.queries import get_event_type, get_service


class AlreadyThere(FeedbackError):
    """The council's reference is in use for another event."""


class DoesNotFit(FeedbackError):
    """What was recorded of somebody contradicts itself; the message says how."""


@dataclass(frozen=True)
class Had:
    """What one person had of an event, by role; fields as in `Participation`."""

    who: str
    was_told: bool
    attendance: str
    took_part: str
    language: str | None = None
    told_by: str | None = None
    advocate_offered: bool = False
    why_not: str | None = None
    needs_language: bool = False
    is_disabled: bool = False
    age_band: str | None = None
    ethnic_group: str | None = None


@dataclass(frozen=True)
class New:
    """An event to be imported, and who had what of it as far as that is known."""

    reference: str
    event_type: str
    held_on: date
    service: str | None = None
    people: Sequence[Had] = ()


def add_event(
    session: Session,
    *,
    reference: str,
    event_type: str,
    held_on: date,
    service: str | None = None,
    is_demo: bool = False,
    by: str = audit.SYSTEM,
) -> Event:
    """Add an event. Raise NotFound for an unknown event type, AlreadyThere for a reference in use."""
    get_event_type(session, event_type)
    if queries.find_by_reference(session, reference):
        raise AlreadyThere("There is an event with this reference already.")
    event = Event(reference=reference, event_type=event_type, held_on=held_on, service=service, is_demo=is_demo)
    session.add(event)
    session.flush()
    audit.record(session, Action.EVENT_ADDED, by=by, event=event.id)
    return event


def import_events(session: Session, *, events: Sequence[New], by: str, is_demo: bool = False) -> int:
    """Add many events at once, with their people where these are known; return how many. One line in the audit log.

    Raise NotFound for an unknown kind of event or service, AlreadyThere for a reference in use or given twice,
    DoesNotFit; then none is added.
    """
    for code in sorted({each.event_type for each in events}):
        get_event_type(session, code)
    for code in sorted({each.service for each in events if each.service}):
        get_service(session, code)
    references = [each.reference for each in events]
    used = queries.references_in_use(session, references) or {r for r, n in Counter(references).items() if n > 1}
    if used:
        raise AlreadyThere(f"There is an event with this reference already: {', '.join(sorted(used))}.")
    for person in (person for each in events for person in each.people):
        _check(person)
    added = [
        Event(reference=e.reference, event_type=e.event_type, held_on=e.held_on, service=e.service, is_demo=is_demo)
        for e in events
    ]
    session.add_all(added)
    session.flush()
    session.add_all(
        Participation(event_id=event.id, **asdict(person))
        for event, each in zip(added, events, strict=True)
        for person in each.people
    )
    session.flush()
    audit.record(session, Action.EVENTS_IMPORTED, by=by, number=len(added))
    return len(added)


def record_participation(session: Session, *, event: Event, people: Sequence[Had], by: Person) -> None:
    """Keep who had a say in an event, in place of what was kept before. Raise DoesNotFit.

    Figures that are released already stay as they are.
    """
    for person in people:
        _check(person)
    session.execute(delete(Participation).where(Participation.event_id == event.id))
    session.add_all(Participation(event_id=event.id, **asdict(person)) for person in people)
    session.flush()
    audit.record(session, Action.PARTICIPATION_RECORDED, by=by.actor, event=event.id, number=len(people))


def count_cards(session: Session, *, event: Event, audience: str, number: int) -> None:
    """Add to the number of cards made for one group of an event's people; which code is on which is not known here."""
    held = session.get(Cards, (event.id, audience))
    if held is None:
        session.add(Cards(event_id=event.id, audience=audience, number=number))
    else:
        held.number += number
    session.flush()


def keep_figures(session: Session, *, quarter: str, figures: dict[str, Any], digest: str) -> None:
    """Keep the gated figures of a quarter's participation; there is one set of them for ever."""
    session.add(ParticipationRelease(quarter=quarter, figures=figures, digest=digest, computed_at=clock.now()))
    session.flush()
    audit.record(session, Action.PARTICIPATION_RELEASED, by=audit.SYSTEM, quarter=quarter, digest=digest)


def _check(person: Had) -> None:
    if person.took_part == Part.NOT and not person.why_not:
        raise DoesNotFit("Say why whoever did not take part did not.")
    if person.took_part != Part.NOT and person.why_not:
        raise DoesNotFit("Somebody who took part needs no reason why not.")
    if person.was_told and person.why_not == WhyNot.NOT_TOLD:
        raise DoesNotFit("Somebody who was told cannot have missed it because nobody told them.")
    if person.age_band and person.age_band not in AGES.get(Who(person.who), AGES[Who.MOTHER]):
        raise DoesNotFit("Choose an age that fits who it is.")
    if not person.was_told and (person.language or person.told_by):
        raise DoesNotFit("Somebody who was not told was told in no language and in no way.")
