"""Reading responses."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import keys
from feedback.questionnaires import queries as questionnaires
from feedback.responses.models import Comment, Response, StoredPick
from feedback.security import read_code


def find_by_submission(session: Session, submission_id: str) -> Response | None:
    """Return the response a submission id was stored as, if it was."""
    hashes = keys(session).hasher.candidates("submission", submission_id)
    return session.scalar(select(Response).where(Response.submission_hash.in_(hashes)))


def find_by_receipt(session: Session, typed: str) -> Response | None:
    """Return the response a typed receipt belongs to; None alike for a wrong, an unknown and a withdrawn one."""
    receipt = read_code(typed) or ""
    hashes = keys(session).hasher.candidates("receipt-typed", receipt)
    return session.scalar(select(Response).where(Response.receipt_hash.in_(hashes), ~Response.is_withdrawn))


def next_arrival(session: Session, quarter: str) -> int:
    """Return the number the quarter's next response gets, from 1."""
    latest = session.scalar(select(func.max(Response.arrival)).where(Response.quarter == quarter))
    return (latest or 0) + 1


def count_responses(session: Session) -> int:
    """Count every response there is."""
    return session.scalar(select(func.count()).select_from(Response)) or 0


def list_picked_themes(session: Session, response: Response) -> set[str]:
    """Return the themes of what somebody picked as making things better: said without words."""
    definition = questionnaires.get_document(session, response.version_id).definition
    themes = {
        (question.id, option.id): option.theme for question in definition.questions for option in question.options
    }
    picked = session.execute(
        select(StoredPick.question_id, StoredPick.option_id).where(StoredPick.response_id == response.id)
    )
    return {theme for question, option in picked if (theme := themes.get((question, option)))}


def open_words(session: Session, comment: Comment) -> str:
    """Open a comment's words. Only the analysis and the reading desk may ask."""
    return keys(session).feedback.open(comment.sealed_text)


def open_translation(session: Session, comment: Comment) -> str | None:
    """Open what an interpreter wrote of a comment in English, if one has. The same two may ask."""
    return keys(session).feedback.open(comment.translation.sealed_text) if comment.translation else None
