"""Tables of the reading desk. The only place with an exact time of a family's doing, while a clock runs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Utc


class Reason(StrEnum):
    """Why an alert was raised."""

    ANSWER = "answer"
    WORDS = "words"
    NOT_SCREENED = "not_screened"
    READER = "reader"
    ADVOCATE = "advocate"


class AlertState(StrEnum):
    """How far an alert has come."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    BEING_ACTED_ON = "being_acted_on"
    PASSED_ON = "passed_on"
    NO_FURTHER_ACTION = "no_further_action"


class Level(StrEnum):
    """What a person who read a comment makes of it (practice 2.4)."""

    NONE = "0"
    WORRY = "1"
    HARM = "2"
    DANGER = "3"
    BREACH = "D"
    STAFF = "S"
    COMPLAINT = "C"


URGENCY: dict[Level, int] = {
    Level.NONE: 0,
    Level.WORRY: 1,
    Level.COMPLAINT: 1,
    Level.HARM: 2,
    Level.BREACH: 2,
    Level.STAFF: 2,
    Level.DANGER: 3,
}
"""How soon each level is dealt with: 3 at once, 2 within hours, 1 on a working day."""


class DeskItem(Base):
    """A response with words or an alert, waiting for a person.

    `received_at` is cleared when its clock stops: every comment read and every alert closed.
    `times_escalated` counts how often somebody further on was told that it is late.
    """

    __tablename__ = "desk_items"

    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    received_at: Mapped[datetime | None] = mapped_column(Utc, index=True)
    is_read: Mapped[bool] = mapped_column(default=False, index=True)
    times_escalated: Mapped[int] = mapped_column(default=0, server_default="0")


class Claim(Base):
    """A comment that somebody has open, so that two readers do not read the same one. Ends by itself."""

    __tablename__ = "desk_claims"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    until: Mapped[datetime] = mapped_column(Utc)


class Reading(Base):
    """What a person who read a comment says of it: level, tone, themes, the words without names, whether to quote.

    `sealed_redacted` is the checked text that may be quoted, sealed like the words. `may_be_quoted` is the reader's
    judgement; a quote needs the respondent's permission as well (`Response.may_quote`). `wants_second` marks the tenth
    of level 0 that a second reader reads without these codes; `is_second` marks that second reading.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("comment_id", "is_second"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    read_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    level: Mapped[str] = mapped_column(index=True)
    tone: Mapped[str]
    sealed_redacted: Mapped[bytes] = mapped_column(LargeBinary)
    may_be_quoted: Mapped[bool] = mapped_column(default=False)
    is_second: Mapped[bool] = mapped_column(default=False)
    wants_second: Mapped[bool] = mapped_column(default=False, index=True)

    themes: Mapped[list[ReadTheme]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class ReadTheme(Base):
    """A theme a reader found in a comment: `tone` is positive, negative, mixed or suggestion (practice 5.6)."""

    __tablename__ = "read_themes"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    tone: Mapped[str]


class Alert(Base):
    """A reason to read a response first, and what was done about it.

    `level` 1 to 3 orders; `code` is the level a person gave it (empty: nobody has read it yet). `raised_at` is cleared
    when the alert is closed: for what a family sent it is their moment.
    """

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int]
    code: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=AlertState.RAISED, index=True)
    raised_at: Mapped[datetime | None] = mapped_column(Utc)
    times_escalated: Mapped[int] = mapped_column(default=0, server_default="0")

    moves: Mapped[list[AlertMove]] = relationship(cascade="all, delete-orphan", order_by="AlertMove.id")


class AlertMove(Base):
    """One step of an alert: from where to where, by whom, why. What was written with it is sealed like the words."""

    __tablename__ = "alert_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    before: Mapped[str | None]
    after: Mapped[str]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)
    reason: Mapped[str | None]
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)


class HelpKind(StrEnum):
    """What somebody may ask for, apart from their feedback."""

    ADVOCATE = "advocate"
    INTERPRETER = "interpreter"
    CALL = "call"


class HelpRequest(Base):
    """Somebody asks for help and says how to reach them safely; joined to no response, removed when it is done.

    `sealed_details` holds name, way, time and what is safe, sealed like the words.
    """

    __tablename__ = "help_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    language: Mapped[str]
    sealed_details: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(Utc)
    times_escalated: Mapped[int] = mapped_column(default=0)
    is_demo: Mapped[bool] = mapped_column(default=False)


class ClockRecord(Base):
    """How long something took, in working minutes, joined to nothing: what the monthly figures are made of.

    `kind` is first_read, passed_on or help_request; `month` is when it was done (`2026-11`).
    """

    __tablename__ = "clock_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    minutes: Mapped[int]
    is_flagged: Mapped[bool]
    is_late: Mapped[bool]
