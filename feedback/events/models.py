"""The table of events."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base


class Event(Base):
    """One event, by the council's own reference; holds no name of a child or a worker."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    event_type: Mapped[str] = mapped_column(ForeignKey("event_types.code"), index=True)
    service: Mapped[str | None] = mapped_column(ForeignKey("services.code"))
    held_on: Mapped[date]
    is_demo: Mapped[bool] = mapped_column(default=False)
