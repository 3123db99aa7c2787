"""Tables of responses. A response knows a quarter and a kind of event, never a moment or an event."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Utc


class Response(Base):
    """One person's answers about one occasion.

    `audience` is the questionnaire that was asked; `group` who they said they are (empty: not said).
    `arrival` counts responses within a quarter, so that the running quarter can be released in steps of ten.
    """

    __tablename__ = "responses"
    __table_args__ = (Index("ix_responses_quarter_arrival", "quarter", "arrival", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    submission_hash: Mapped[str] = mapped_column(unique=True)
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    language: Mapped[str]
    audience: Mapped[str]
    group: Mapped[str | None] = mapped_column("respondent_group")
    age_band: Mapped[str | None]
    family: Mapped[str]
    event_type: Mapped[str | None]
    timing: Mapped[str]
    stage: Mapped[str]
    service: Mapped[str | None]
    attended: Mapped[str | None]
    beside: Mapped[str | None]
    has_code: Mapped[bool]
    journey: Mapped[str | None] = mapped_column(index=True)
    may_quote: Mapped[bool] = mapped_column(default=False)
    quarter: Mapped[str]
    arrival: Mapped[int]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)

    answers: Mapped[list[StoredAnswer]] = relationship(cascade="all, delete-orphan")
    picks: Mapped[list[StoredPick]] = relationship(cascade="all, delete-orphan")
    comments: Mapped[list[Comment]] = relationship(cascade="all, delete-orphan", back_populates="response")


class StoredAnswer(Base):
    """What became of one question that was asked: `state`, and where answered a `value` 1 to 5 or a `choice`.

    A question of the version that has no row here was not asked; one left blank has a row that says so.
    """

    __tablename__ = "answers"

    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    value: Mapped[int | None]
    choice: Mapped[str | None]


class StoredPick(Base):
    """One of several options picked under a question."""

    __tablename__ = "picks"

    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    option_id: Mapped[str] = mapped_column(primary_key=True)


class Comment(Base):
    """Own words, sealed under `FEEDBACK_KEYS`."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[str]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)

    response: Mapped[Response] = relationship(back_populates="comments")
    translation: Mapped[Translation | None] = relationship(cascade="all, delete-orphan")


class Translation(Base):
    """A comment in English, by an interpreter named by initials; kept beside the original, sealed like it."""

    __tablename__ = "translations"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    interpreter: Mapped[str]


class DayKey(Base):
    """The key that addresses are hashed under for one day, so that tries can be counted; thrown away with the day."""

    __tablename__ = "day_keys"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str]


class ReceiptTry(Base):
    """Somebody entered a receipt; counted per address, which is known by a hash for a day at most."""

    __tablename__ = "receipt_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Utc)


class StoredDraft(Base):
    """What somebody is still telling us; sealed, found by a hash of the token in their cookie, gone in half an hour."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Utc, index=True)
