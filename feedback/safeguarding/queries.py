"""Reading the desk."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.safeguarding.models import Alert, DeskItem


def count_waiting(session: Session) -> int:
    """Count the responses no person has read."""
    return session.scalar(select(func.count()).select_from(DeskItem).where(~DeskItem.is_read)) or 0


def list_alerts(session: Session, response_id: str) -> list[Alert]:
    """Return a response's alerts, gravest first."""
    return list(
        session.scalars(
            select(Alert).where(Alert.response_id == response_id).order_by(Alert.level.desc(), Alert.id)
        )
    )
