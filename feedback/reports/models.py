"""The table of releases: a quarter's or a year's figures, computed once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class Release(Base):
    """A period's gated figures over its first `base` responses. A frozen one never changes again.

    `quarter` is a quarter (`2026-Q3`) or a year (`2025-26`). `sealed_exact` holds the exact counts behind the
    questions, sealed like words: the next release must not be subtractable from this one, and a year is made of its
    quarters as they were published. Nothing but `releases` and `years` opens it.
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("quarter", "base"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(index=True)
    base: Mapped[int]
    is_frozen: Mapped[bool]
    digest: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed_exact: Mapped[bytes | None] = mapped_column(LargeBinary)
    computed_at: Mapped[datetime] = mapped_column(Utc)
