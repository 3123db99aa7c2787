"""Tables of findings: one per comment and engine version in use, its themes beside it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base


class Finding(Base):
    """What the engine made of one comment. `sealed_redacted` holds the words without names, sealed like the words."""

    __tablename__ = "findings"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    engine: Mapped[str] = mapped_column(index=True)
    language: Mapped[str | None]
    tone: Mapped[str]
    score: Mapped[float | None]
    confidence: Mapped[float | None]
    sealed_redacted: Mapped[bytes] = mapped_column(LargeBinary)

    themes: Mapped[list[FoundTheme]] = relationship(cascade="all, delete-orphan")


class FoundTheme(Base):
    """A theme the engine found in a comment, with its own tone (-1 to 1, empty when unassessed)."""

    __tablename__ = "found_themes"

    comment_id: Mapped[int] = mapped_column(ForeignKey("findings.comment_id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float]
    tone: Mapped[float | None]
