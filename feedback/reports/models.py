"""The table of releases: a quarter's figures, computed once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class Release(Base):
    """A quarter's gated figures over its first `base` responses. A frozen one never changes again."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("quarter", "base"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(index=True)
    base: Mapped[int]
    is_frozen: Mapped[bool]
    digest: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    computed_at: Mapped[datetime] = mapped_column(Utc)
