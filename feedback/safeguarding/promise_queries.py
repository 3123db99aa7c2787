"""How the desk keeps its promise: the clocks by month, and how far two readers of the same comment agree."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.safeguarding.models import ClockRecord, Reading


@dataclass(frozen=True)
class Month:
    """A month's clocks: how many were read, flagged, late, and the median working minutes to a first reading."""

    month: str
    read: int
    flagged: int
    late: int
    median_minutes: float | None


def list_months(session: Session) -> list[Month]:
    """Return the monthly figures, newest first."""
    by_month: dict[str, list[ClockRecord]] = {}
    for record in session.scalars(select(ClockRecord).order_by(ClockRecord.month.desc(), ClockRecord.id)):
        by_month.setdefault(record.month, []).append(record)
    return [_month(month, records) for month, records in by_month.items()]


def _month(month: str, records: list[ClockRecord]) -> Month:
    first = [record for record in records if record.kind == "first_read"]
    return Month(
        month,
        read=len(first),
        flagged=sum(record.is_flagged for record in first),
        late=sum(record.is_late for record in records),
        median_minutes=median(record.minutes for record in first) if first else None,
    )


def list_pairs(session: Session) -> list[tuple[Reading, Reading]]:
    """Return every comment that two people read: (first, second)."""
    first, second = Reading, Reading.__table__.alias("second")
    ids = session.execute(
        select(first.id, second.c.id)
        .join(second, (second.c.comment_id == first.comment_id) & second.c.is_second)
        .where(~first.is_second)
        .order_by(first.id)
    )
    return [(session.get_one(Reading, a), session.get_one(Reading, b)) for a, b in ids]
