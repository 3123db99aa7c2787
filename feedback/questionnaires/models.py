"""Tables of questionnaires: their published versions, which never change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class QuestionnaireVersion(Base):
    """One published version; `document` is the canonical JSON whose SHA-256 is `digest`."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[str]
    audience: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(Utc)
