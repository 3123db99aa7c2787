"""Reading and checking the audit log."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.audit.models import AuditEntry
from feedback.audit.operations import chained
from feedback.db import keys


def find_first_broken(session: Session) -> int | None:
    """Return the id of the first line whose seal does not follow from it and the line before, or None."""
    hasher, before = keys(session).hasher, ""
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)):
        text = chained(before, entry.at, entry.actor, entry.action, entry.facts)
        if not hasher.matches(entry.seal, "audit", text):
            return entry.id
        before = entry.seal
    return None


def count_entries(session: Session) -> int:
    """Count the lines."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
