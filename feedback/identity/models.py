"""The link store, in a schema of its own where the database knows schemas, and the openings of it.

What leads to an event or a response is sealed under `IDENTITY_KEYS`. Openings hold nothing of a link: their rows hang
on responses and people, and stay with those.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import LINK_STORE, Base, Utc


class IssuedCode(Base):
    """A code on a card, as a keyed hash, with what the questionnaire needs to know and no more."""

    __tablename__ = "identity_codes"
    __table_args__ = ({"schema": LINK_STORE},)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str]
    event_type: Mapped[str]
    service: Mapped[str | None]
    is_journey: Mapped[bool] = mapped_column(default=False)
    times_used: Mapped[int] = mapped_column(default=0)
    sealed_event: Mapped[bytes] = mapped_column(LargeBinary)
    forget_on: Mapped[date | None]
    """The end of the month in which the code's link is 90 days older than its event (practice 2.5)."""


class SealedLink(Base):
    """Which code a response came with; found by the response's keyed hash, opened only under `IDENTITY_KEYS`."""

    __tablename__ = "identity_links"
    __table_args__ = ({"schema": LINK_STORE},)

    response_hash: Mapped[str] = mapped_column(primary_key=True)
    sealed_code: Mapped[bytes] = mapped_column(LargeBinary)


class OpeningReason(StrEnum):
    """Why somebody asks to open a link."""

    HARM = "harm"
    DANGER = "danger"
    BREACH = "breach"
    STAFF = "staff"


class Standing(StrEnum):
    """How an opening stands for whoever asked for it."""

    WAITS = "waits"
    OPEN = "open"
    OVER = "over"
    REFUSED = "refused"


class Opening(Base):
    """A look at one response's link: asked for by one person, agreed to by another, for half an hour.

    In immediate danger it opens at once and is reviewed within one working day. What was written is sealed.
    `times_escalated` counts how often somebody further on was told that the second person is late.
    """

    __tablename__ = "identity_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"))
    reason: Mapped[str]
    sealed_words: Mapped[bytes] = mapped_column(LargeBinary)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Utc)
    at_once: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Utc)
    is_agreed: Mapped[bool | None]
    open_until: Mapped[datetime | None] = mapped_column(Utc)
    times_opened: Mapped[int] = mapped_column(default=0)
    times_escalated: Mapped[int] = mapped_column(default=0, server_default="0")

    def standing(self, now: datetime) -> Standing:
        """Return how it stands at a moment."""
        if self.is_agreed is False:
            return Standing.REFUSED
        if self.open_until is None:
            return Standing.WAITS
        return Standing.OPEN if now <= self.open_until else Standing.OVER
