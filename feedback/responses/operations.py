"""Storing and withdrawing responses."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.db import keys
from feedback.questionnaires.document import Document, Occasion
from feedback.questionnaires.kinds import Answer
from feedback.responses import queries
from feedback.responses.models import Comment, Response, StoredAnswer, StoredPick
from feedback.security import receipt_for

_ARRIVAL_LOCK = 7_012_013


@dataclass(frozen=True)
class Submission:
    """Everything one person sends. Questions of the document that have no answer here were not asked."""

    submission_id: str
    version_id: int
    document: Document
    language: str
    occasion: Occasion
    answers: dict[str, Answer]
    group: str | None = None
    age_band: str | None = None
    attended: str | None = None
    beside: str | None = None
    code_id: int | None = None
    journey: str | None = None
    may_quote: bool = False
    is_demo: bool = False
    quarter: Quarter = field(default_factory=Quarter.current)

    @property
    def comments(self) -> dict[str, str]:
        """Own words by question id, blanks left out."""
        return {question: answer.text for question, answer in self.answers.items() if answer.text}


def store(session: Session, submission: Submission) -> Response:
    """Store a submission with its words sealed; the caller has made sure that it is new."""
    vault = keys(session).feedback
    response = _response(session, submission)
    response.answers = [
        StoredAnswer(question_id=question, state=answer.state, value=answer.value, choice=answer.choice)
        for question, answer in submission.answers.items()
    ]
    response.picks = [
        StoredPick(question_id=question, option_id=option)
        for question, answer in submission.answers.items()
        for option in answer.picks
    ]
    response.comments = [
        Comment(question_id=question, sealed_text=vault.seal(words)) for question, words in submission.comments.items()
    ]
    session.add(response)
    session.flush()
    return response


def _response(session: Session, submission: Submission) -> Response:
    hasher, occasion, quarter = keys(session).hasher, submission.occasion, str(submission.quarter)
    return Response(
        id=secrets.token_hex(12),
        submission_hash=hasher.digest("submission", submission.submission_id),
        receipt_hash=hasher.digest("receipt-typed", receipt_for(hasher, submission.submission_id)),
        version_id=submission.version_id,
        language=submission.language,
        audience=submission.document.definition.audience,
        group=submission.group,
        age_band=submission.age_band,
        family=occasion.family,
        event_type=occasion.event_type,
        timing=occasion.timing,
        stage=occasion.stage,
        service=occasion.service,
        attended=submission.attended,
        beside=submission.beside,
        has_code=submission.code_id is not None,
        journey=submission.journey,
        may_quote=submission.may_quote,
        quarter=quarter,
        arrival=_next_arrival(session, quarter),
        is_demo=submission.is_demo,
    )


def _next_arrival(session: Session, quarter: str) -> int:
    """Number a quarter's responses without a gap or a tie: on PostgreSQL one at a time, as SQLite does anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ARRIVAL_LOCK})
    return queries.next_arrival(session, quarter)


def withdraw(session: Session, response: Response) -> None:
    """Take a response out of every later release. Its words stay with the reading desk until they are dealt with."""
    response.is_withdrawn = True
    response.may_quote = False
    session.flush()
