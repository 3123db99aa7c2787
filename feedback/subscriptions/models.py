"""The one table of subscriptions to reports."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base


class Rhythm(StrEnum):
    """How often somebody is told: each month of the running quarter, or when a quarter's figures are final."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Subscription(Base):
    """One person's wish. `told_up_to` is the newest month (`2026-11`) or quarter (`2026-Q3`) they need no letter of."""

    __tablename__ = "subscriptions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    rhythm: Mapped[str]
    told_up_to: Mapped[str]
