"""Tables of events: that they took place, who by role should have had a say, how many cards, and what was released.

Cards are counted here for good; the codes on them are the link store's, and forgotten.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class Who(StrEnum):
    """Who should have had a say, by role only."""

    CHILD = "child"
    YOUNG = "young"
    MOTHER = "mother"
    FATHER = "father"
    CARER = "carer"


class Format(StrEnum):
    """How somebody was told."""

    TALK = "talk"
    PHONE = "phone"
    LETTER = "letter"
    EASY_READ = "easy_read"
    PICTURES = "pictures"


class Attendance(StrEnum):
    """Whether somebody came."""

    CAME = "came"
    PHONE = "phone"
    NOT = "not"


class Part(StrEnum):
    """How somebody took part, which they can without coming; `NOT` needs a reason."""

    IN_PERSON = "in_person"
    ADVOCATE = "advocate"
    LETTER = "letter"
    DRAWING = "drawing"
    FORM = "form"
    NOT = "not"


class WhyNot(StrEnum):
    """Why somebody did not take part (practice 5.2)."""

    TOO_YOUNG = "too_young"
    NOT_TOLD = "not_told"
    WORKER_DECIDED = "worker_decided"
    NOT_SAFE = "not_safe"
    DID_NOT_WANT = "did_not_want"
    OTHER = "other"


AGES = {
    Who.CHILD: ("5_7", "8_10"),
    Who.YOUNG: ("11_13", "14_15", "16_18"),
    Who.MOTHER: ("under_25", "25_34", "35_44", "45_54", "55_over"),
}
"""Age bands by role, as the questionnaires ask for them; every grown-up has those of a mother."""

ETHNIC_GROUPS = ("white", "gypsy_roma_traveller", "mixed", "asian", "black", "other")
"""Broad groups, with Gypsy, Roma and Irish Traveller apart (practice 3.6)."""


class Event(Base):
    """One event, by the council's own reference; holds no name of a child or a worker."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    event_type: Mapped[str] = mapped_column(ForeignKey("event_types.code"), index=True)
    service: Mapped[str | None] = mapped_column(ForeignKey("services.code"))
    held_on: Mapped[date]
    is_demo: Mapped[bool] = mapped_column(default=False)


class Participation(Base):
    """One person who should have had a say in an event, by role: told or not, offered an advocate, came, took part.

    Holds no name and nothing that leads to one but the event. `language` and `told_by` are empty for who was not told,
    `age_band` and `ethnic_group` where nobody has written them down.
    """

    __tablename__ = "participations"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    who: Mapped[str]
    was_told: Mapped[bool]
    language: Mapped[str | None]
    told_by: Mapped[str | None]
    advocate_offered: Mapped[bool]
    attendance: Mapped[str]
    took_part: Mapped[str]
    why_not: Mapped[str | None]
    needs_language: Mapped[bool]
    is_disabled: Mapped[bool]
    age_band: Mapped[str | None]
    ethnic_group: Mapped[str | None]


class Cards(Base):
    """How many cards with codes were made for an event's people of one group (`audience`: child, young, parent)."""

    __tablename__ = "event_cards"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class ParticipationRelease(Base):
    """The gated figures of a quarter's participation, counted once and never again."""

    __tablename__ = "participation_releases"

    quarter: Mapped[str] = mapped_column(primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    computed_at: Mapped[datetime] = mapped_column(Utc)
