"""Reading findings, what has none of the current engine yet, and what a comment was an answer to."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from feedback.analysis.models import Finding
from feedback.responses.models import Comment

TRANSLATED_INTO = "en"


def list_pending(session: Session, *, engine: str, limit: int) -> list[Comment]:
    """Return comments without findings of this engine version, oldest first."""
    return list(
        session.scalars(
            select(Comment)
            .outerjoin(Finding, Finding.comment_id == Comment.id)
            .where((Finding.comment_id.is_(None)) | (Finding.engine != engine))
            .options(selectinload(Comment.response), selectinload(Comment.translation))
            .order_by(Comment.id)
            .limit(limit)
        )
    )


def count_pending(session: Session, *, engine: str) -> int:
    """Count comments without findings of this engine version."""
    done = select(func.count()).select_from(Finding).where(Finding.engine == engine)
    every = select(func.count()).select_from(Comment)
    return (session.scalar(every) or 0) - (session.scalar(done) or 0)


def question_of(question_id: str) -> str:
    """Return which of the engine's three questions a free text answers (contract, "question of a free text")."""
    for ending, question in (("_good", "what_good"), ("_better", "what_better")):
        if question_id.endswith(ending):
            return question
    return "anything_else"
