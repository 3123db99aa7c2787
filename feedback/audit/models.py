"""The audit log's one table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Utc


class AuditEntry(Base):
    """One line. `seal` is a keyed hash of this line and the seal before it; `at` is empty for what families do."""

    __tablename__ = "audit_entries"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(Utc)
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    seal: Mapped[str]


class AuditHead(Base):
    """The end of the chain: its last line and how many lines it has, sealed, so that lost last lines are missed too."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    last_id: Mapped[int]
    number: Mapped[int]
    seal: Mapped[str]


class AuditCheckpoint(Base):
    """What the log was at one moment, sealed under the key of that moment.

    Lines up to `purged_to` have been removed; those after it up to `up_to` are held by `digest`, whatever key sealed
    them; the chain goes on from `last_seal`.
    """

    __tablename__ = "audit_checkpoints"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    purged_to: Mapped[int]
    up_to: Mapped[int]
    digest: Mapped[str]
    last_seal: Mapped[str]
    seal: Mapped[str]
