"""Reading codes: what a code lets its holder answer about, never which event it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.clock import LONDON
from feedback.db import keys
from feedback.errors import NotFound
from feedback.identity import role
from feedback.identity.models import IssuedCode, Opening
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
    with role.taken(session):
        issued = session.scalar(select(IssuedCode).where(IssuedCode.code_hash.in_(hashes)))
    if issued is None or issued.times_used >= (USES_OF_A_JOURNEY if issued.is_journey else 1):
        return None
    stage = ("start", "end")[issued.times_used] if issued.is_journey else ""
    journey = keys(session).hasher.digest("journey", code) if issued.is_journey else None
    return Ticket(issued.id, issued.audience, issued.event_type, issued.service, stage, journey)


def get_opening(session: Session, opening_id: int) -> Opening:
    """Return an opening. Raise NotFound when there is none."""
    opening = session.get(Opening, opening_id)
    if opening is None:
        raise NotFound(f"There is no opening {opening_id}.")
    return opening


def list_undecided(session: Session, *, person_id: int | None = None) -> list[Opening]:
    """Return the openings that wait for a decision or a review, by somebody other than a person, oldest first."""
    waiting = select(Opening).where(Opening.is_agreed.is_(None)).order_by(Opening.asked_at, Opening.id)
    if person_id is not None:
        waiting = waiting.where(Opening.asked_by.is_distinct_from(person_id))
    return list(session.scalars(waiting))


def list_openings(session: Session) -> list[Opening]:
    """Return every opening, newest first."""
    return list(session.scalars(select(Opening).order_by(Opening.id.desc())))


def list_asked(session: Session, *, person_id: int, response_id: str | None = None) -> list[Opening]:
    """Return what a person asked to open, about one response or any, newest first."""
    asked = select(Opening).where(Opening.asked_by == person_id).order_by(Opening.id.desc())
    if response_id is not None:
        asked = asked.where(Opening.response_id == response_id)
    return list(session.scalars(asked))


class YearOfOpenings(NamedTuple):
    """A year's openings, for the annual report: asked for, refused, opened at once, of those not reviewed, looks."""

    year: int
    asked: int
    refused: int
    at_once: int
    unreviewed: int
    looks: int


def list_years(session: Session) -> list[YearOfOpenings]:
    """Return the counts of openings by year, newest first."""
    years: dict[int, Counter[str]] = {}
    for opening in list_openings(session):
        counted = years.setdefault(opening.asked_at.astimezone(LONDON).year, Counter())
        counted["asked"] += 1
        counted["refused"] += opening.is_agreed is False
        counted["at_once"] += opening.at_once
        counted["unreviewed"] += opening.at_once and opening.is_agreed is None
        counted["looks"] += opening.times_opened
    return [
        YearOfOpenings(year, *(counts[name] for name in YearOfOpenings._fields[1:])) for year, counts in years.items()
    ]


def open_words(session: Session, opening: Opening) -> str:
    """Return what somebody wrote when they asked. Only the opening's own pages may ask."""
    return keys(session).identity.open(opening.sealed_words)
