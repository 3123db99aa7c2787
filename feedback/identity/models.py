"""The link store. What leads to an event or a response is sealed under `IDENTITY_KEYS`."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base


class IssuedCode(Base):
    """A code on a card, as a keyed hash, with what the questionnaire needs to know and no more."""

    __tablename__ = "identity_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str]
    event_type: Mapped[str]
    service: Mapped[str | None]
    is_journey: Mapped[bool] = mapped_column(default=False)
    times_used: Mapped[int] = mapped_column(default=0)
    sealed_event: Mapped[bytes] = mapped_column(LargeBinary)


class SealedLink(Base):
    """Which code a response came with; found by the response's keyed hash, opened only under `IDENTITY_KEYS`."""

    __tablename__ = "identity_links"

    response_hash: Mapped[str] = mapped_column(primary_key=True)
    sealed_code: Mapped[bytes] = mapped_column(LargeBinary)
