"""Tables of findings, one per comment with its themes beside it, and of the themes models learnt here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base


class Finding(Base):
    """What the engine made of one comment. `sealed_redacted` holds the words without names, sealed like the words.

    `theme_model` is the version of the themes model that judged it; empty: the one the engine comes with.
    """

    __tablename__ = "findings"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    engine: Mapped[str] = mapped_column(index=True)
    theme_model: Mapped[int | None] = mapped_column(index=True)
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


class ModelState(StrEnum):
    """How far a version has come. `kept` may be taken into use again; `refused` was worse, or was never finished."""

    ASKED = "asked"
    LEARNING = "learning"
    ACTIVE = "active"
    KEPT = "kept"
    REFUSED = "refused"


_ONE_EACH = text("state IN ('asked', 'learning', 'active')")


class ThemeModel(Base):
    """A version of the themes model learnt here from what readers corrected; without an active one the shipped is used.

    `micro` and `macro` are F1 on the `comments` it learnt from, each judged by weights that have not seen its answer;
    `micro_beside` and `macro_beside` what the model in use then (`beside`, empty: the shipped one) reached on the same.
    """

    __tablename__ = "theme_models"
    __table_args__ = (
        Index("ix_theme_models_one_each", "state", unique=True, sqlite_where=_ONE_EACH, postgresql_where=_ONE_EACH),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    made_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    engine: Mapped[str]
    comments: Mapped[int | None]
    micro: Mapped[float | None]
    macro: Mapped[float | None]
    beside: Mapped[int | None]
    micro_beside: Mapped[float | None]
    macro_beside: Mapped[float | None]


WHOLE = 4
"""The part of a version that has learnt from every quarter of the answers."""


class ThemeWeights(Base):
    """What a version has learnt, in the two halves of `Linear.dump`; a refused one keeps none.

    `part` 0 to 3 was learnt without that quarter of the answers, to be judged on it; `WHOLE` from all, to be used.
    Holds weights of hashed pieces of words that stand in at least ten responses, no word and no text.
    """

    __tablename__ = "theme_weights"

    number: Mapped[int] = mapped_column(ForeignKey("theme_models.number", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    weights: Mapped[bytes] = mapped_column(LargeBinary)
    header: Mapped[str] = mapped_column(Text)
