"""Tables of the reading desk. The only place with an exact time of a family's doing, while a clock runs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class Reason(StrEnum):
    """Why an alert was raised."""

    ANSWER = "answer"
    WORDS = "words"
    NOT_SCREENED = "not_screened"


class AlertState(StrEnum):
    """How far an alert has come."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    BEING_ACTED_ON = "being_acted_on"
    PASSED_ON = "passed_on"
    NO_FURTHER_ACTION = "no_further_action"


class DeskItem(Base):
    """A response with words, waiting for a person. `received_at` is cleared when its clock stops."""

    __tablename__ = "desk_items"

    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    received_at: Mapped[datetime | None] = mapped_column(Utc, index=True)
    is_read: Mapped[bool] = mapped_column(default=False)


class Alert(Base):
    """A reason to read a response first. `level` 1 to 3 orders the reading and nothing else."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int]
    state: Mapped[str] = mapped_column(default=AlertState.RAISED)
