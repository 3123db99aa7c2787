"""Opening one sealed link: two people, a reason, one response, half an hour. Nothing to search, browse or export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import keys
from feedback.errors import FeedbackError
from feedback.events import queries as events
from feedback.identity import role
from feedback.identity.models import IssuedCode, Opening, OpeningReason, SealedLink, Standing
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter
from feedback.settings import queries as settings

__all__ = [
    "NoLink",
    "NotOpen",
    "OneselfNever",
    "Opening",
    "OpeningReason",
    "Shown",
    "Standing",
    "ask",
    "decide",
    "open_link",
]

OPEN_FOR = timedelta(minutes=30)
SHOWN = "reference event_type service held_on"
DANGER_LEVEL = 3


class Decision(StrEnum):
    """What a letter says of a decision."""

    AGREED = "agreed"
    REFUSED = "refused"
    RIGHT = "found_right_on_review"
    WRONG = "found_wrong_on_review"


class NotOpen(FeedbackError):
    """Nobody else has agreed, the half hour is over, or it is somebody else's opening."""


class OneselfNever(FeedbackError):
    """Nobody decides on an opening of their own, or twice on the same one."""


class NoLink(FeedbackError):
    """The response came without a code, or its link has been forgotten: nobody can be known."""


@dataclass(frozen=True)
class Shown:
    """All that an opening shows."""

    reference: str
    event_type: str
    service: str | None
    held_on: date


def ask(
    session: Session, *, response_id: str, reason: OpeningReason, words: str, by: Person, is_danger: bool
) -> Opening:
    """Ask to open a response's link. In danger (`is_danger`: a reader's level 3) it opens at once and is reviewed."""
    now = clock.now()
    at_once = is_danger and reason is OpeningReason.DANGER
    opening = Opening(
        response_id=response_id,
        reason=reason,
        sealed_words=keys(session).identity.seal(words),
        asked_by=by.id,
        asked_at=now,
        at_once=at_once,
        open_until=now + OPEN_FOR if at_once else None,
    )
    session.add(opening)
    session.flush()
    audit.record(session, Action.OPENING_ASKED, by=by.actor, opening=opening.id, reason=str(reason), at_once=at_once)
    for person in accounts.list_holders(session, Role.SECOND_APPROVER):
        outbox.write(session, Letter.OPENING_ASKED, to=person.email, level=DANGER_LEVEL if at_once else 2)
    return opening


def decide(session: Session, *, opening: Opening, is_agreed: bool, by: Person) -> None:
    """Agree to an opening or refuse it; of one that opened at once this is the review. Raise OneselfNever."""
    if opening.asked_by == by.id or opening.is_agreed is not None:
        raise OneselfNever("Somebody else decides, and once.")
    opening.decided_by, opening.decided_at, opening.is_agreed = by.id, clock.now(), is_agreed
    if not opening.at_once and is_agreed:
        opening.open_until = clock.now() + OPEN_FOR
    audit.record(
        session,
        Action.OPENING_DECIDED,
        by=by.actor,
        opening=opening.id,
        is_agreed=is_agreed,
        is_review=opening.at_once,
    )
    _tell_decision(session, opening)
    session.flush()


def _tell_decision(session: Session, opening: Opening) -> None:
    """Write to whoever asked: their half hour runs; and to the auditors when a review finds an opening wrong."""
    outcomes = {True: Decision.RIGHT, False: Decision.WRONG} if opening.at_once else {}
    decision = (outcomes or {True: Decision.AGREED, False: Decision.REFUSED})[bool(opening.is_agreed)]
    asker = accounts.find_by_id(session, opening.asked_by)
    people = [asker] if asker else []
    if decision is Decision.WRONG:
        people += accounts.list_holders(session, Role.AUDITOR)
    for person in people:
        outbox.write(session, Letter.OPENING_DECIDED, to=person.email, number=opening.id, decision=decision)


def open_link(session: Session, *, opening: Opening, by: Person) -> Shown:
    """Show which event a response is about, and tell the auditors. Raise NotOpen or NoLink."""
    if opening.asked_by != by.id or opening.standing(clock.now()) is not Standing.OPEN:
        raise NotOpen("This link is not open to you.")
    shown = _event(session, opening.response_id)
    opening.times_opened += 1
    audit.record(session, Action.LINK_OPENED, by=by.actor, opening=opening.id, shown=SHOWN)
    if opening.times_opened == 1:
        for person in accounts.list_holders(session, Role.AUDITOR):
            outbox.write(session, Letter.OPENING_USED, to=person.email, number=opening.id)
    session.flush()
    return shown


def _event(session: Session, response_id: str) -> Shown:
    """Follow the link: response, code, event. Nothing of the way is kept."""
    keyring = keys(session)
    hashes = keyring.hasher.candidates("link", response_id)
    with role.taken(session):
        link = session.scalar(select(SealedLink).where(SealedLink.response_hash.in_(hashes)))
        code = session.get(IssuedCode, int(keyring.identity.open(link.sealed_code))) if link else None
    if code is None:
        raise NoLink("This answer came without a code, or its link has been forgotten.")
    event = events.get_event(session, int(keyring.identity.open(code.sealed_event)))
    kinds = {kind.code: kind.name for kind in settings.list_event_types(session)}
    services = {service.code: service.name for service in settings.list_services(session)}
    service = services.get(event.service, event.service) if event.service else None
    return Shown(event.reference, kinds.get(event.event_type, event.event_type), service, event.held_on)
