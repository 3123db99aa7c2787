"""Tables of the action plan: the columns of the council's own, what each action answers, its words for families."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback import clock
from feedback.db import Base, Utc


class Term(StrEnum):
    """The headings of the plan after the inspection, and one for everything since."""

    AT_ONCE = "at_once"
    THREE_MONTHS = "three_months"
    SIX_MONTHS = "six_months"
    OTHER = "other"


class State(StrEnum):
    """How far an action has come; `REFUSED` is an answer too, and says why."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"


class Action(Base):
    """One action. `number` to `due_on` are the columns of the council's plan (practice 5.5).

    `themes` and `construct` are ids of the code book, `for_group` child, young, parent or nobody in particular.
    `heard_in` is the quarter in which it was heard; `changed_on` the day from which families could notice something;
    `claim` what the owner says came of it.
    """

    __tablename__ = "actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    term: Mapped[str]
    summary: Mapped[str]
    measure: Mapped[str]
    plan: Mapped[str]
    owner_role: Mapped[str]
    owner_person: Mapped[str]
    due_on: Mapped[date]
    others: Mapped[str]
    themes: Mapped[list[str]] = mapped_column(JSON)
    construct: Mapped[str | None]
    for_group: Mapped[str | None]
    state: Mapped[str]
    why_not: Mapped[str]
    heard_in: Mapped[str]
    changed_on: Mapped[date | None]
    claim: Mapped[str]
    is_public: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False, server_default=false())

    texts: Mapped[list[ActionText]] = relationship(cascade="all, delete-orphan", order_by="ActionText.language")
    changes: Mapped[list[ActionChange]] = relationship(cascade="all, delete-orphan", order_by="ActionChange.id.desc()")
    reminders: Mapped[list[Reminder]] = relationship(cascade="all, delete-orphan", order_by="Reminder.written_on")

    @property
    def is_refused(self) -> bool:
        """Whether the answer is a reason why not."""
        return self.state == State.REFUSED

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is neither done nor refused."""
        return self.state in {State.NOT_STARTED, State.UNDER_WAY} and self.due_on < clock.today()


class ActionText(Base):
    """What families read of an action, written by staff in one language for one age: heard, answered, changed."""

    __tablename__ = "action_texts"

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    heard: Mapped[str]
    answered: Mapped[str]
    changed: Mapped[str]


class ActionChange(Base):
    """One edit of an action: by whom, when, and each changed field as [before, after]."""

    __tablename__ = "action_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Utc)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)


class Step(StrEnum):
    """When an owner is reminded of an action: two weeks before its day, and when the day has passed."""

    SOON = "soon"
    OVERDUE = "overdue"


class Reminder(Base):
    """A reminder that was written to an action's owner; another day to be done by is reminded of anew."""

    __tablename__ = "action_reminders"

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    written_on: Mapped[date]


class NotFixed(Base):
    """How often somebody tapped "that is not fixed" in a quarter. Taps, not people; nothing of who or when."""

    __tablename__ = "not_fixed"

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True)
    quarter: Mapped[str] = mapped_column(primary_key=True)
    taps: Mapped[int]
