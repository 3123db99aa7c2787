"""The outbox's one table. A sent message is deleted: its moment would be the moment of what it told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class Message(Base):
    """A letter to one address, not sent yet. `due_at` is when it is tried (again); `error` the last failure's kind."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[str]
    recipient: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime] = mapped_column(Utc)
    due_at: Mapped[datetime] = mapped_column(Utc, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
