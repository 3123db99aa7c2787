"""How a response comes in: screen, store, put on the desk, alert, audit, link. One story, one transaction.

Screening happens before the write lock is taken; when it fails, that is itself an alert. A submission that was
acknowledged is on disk with its alert and its audit line, or it was not acknowledged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import IntegrityError

from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import Database, keys
from feedback.identity import operations as identity
from feedback.identity.operations import CodeUsed
from feedback.questionnaires.definition import Question
from feedback.responses import operations as responses
from feedback.responses import queries
from feedback.responses.operations import Submission
from feedback.safeguarding import operations as safeguarding
from feedback.safeguarding.models import Reason
from feedback.safeguarding.operations import Signal
from feedback.security import receipt_for
from feedback.text import concerns

log = structlog.get_logger()

ANSWER_LEVEL = 2
NOT_SCREENED_LEVEL = 2


@dataclass(frozen=True)
class Acknowledgement:
    """What the confirmation page says."""

    receipt: str


def receive(database: Database, submission: Submission) -> Acknowledgement:
    """Store a submission once and for all; the same submission again gets the same receipt."""
    signals, screened = screen(submission)
    try:
        receipt = _store(database, submission, signals, screened=screened)
    except CodeUsed:
        # Somebody else sent with this code a moment ago. The words count all the same, without the link.
        receipt = _store(database, replace(submission, code_id=None, journey=None), signals, screened=screened)
    except IntegrityError:
        # Two tabs sent the same submission at the same moment: the other one won, and its receipt is ours.
        with database.reading() as session:
            if queries.find_by_submission(session, submission.submission_id) is None:
                raise
            receipt = receipt_for(keys(session).hasher, submission.submission_id)
    return Acknowledgement(receipt)


def _store(database: Database, submission: Submission, signals: list[Signal], *, screened: bool) -> str:
    """Write everything in one transaction, unless this submission is stored already; return the receipt."""
    with database.transaction() as session:
        if queries.find_by_submission(session, submission.submission_id) is None:
            response = responses.store(session, submission)
            safeguarding.put_on_desk(session, response_id=response.id)
            safeguarding.raise_alerts(session, response_id=response.id, signals=signals)
            if submission.code_id is not None:
                identity.link(session, code_id=submission.code_id, response_id=response.id)
            audit.record(
                session,
                Action.RESPONSE_RECEIVED,
                by=audit.FAMILY,
                response=response.id,
                quarter=response.quarter,
                screened=screened,
                alerts=len(signals),
            )
        return receipt_for(keys(session).hasher, submission.submission_id)


def screen(submission: Submission) -> tuple[list[Signal], bool]:
    """Return the signals in answers and words, and whether the words could be screened at all."""
    questions = submission.document.definition.questions
    signals = [signal for question in questions for signal in _in_answer(submission, question)]
    try:
        return signals + _in_words(submission), True
    except Exception as error:
        log.exception("screening_failed", error=type(error).__name__)
        return [*signals, Signal(Reason.NOT_SCREENED, "not_screened", NOT_SCREENED_LEVEL)], False


def _in_answer(submission: Submission, question: Question) -> list[Signal]:
    answer = submission.answers.get(question.id)
    if answer is None:
        return []
    low = question.alert_at_most is not None and answer.value is not None
    if (low and (answer.value or 0) <= (question.alert_at_most or 0)) or set(answer.picks) & set(question.alert_when):
        return [Signal(Reason.ANSWER, question.id, ANSWER_LEVEL)]
    return []


def _in_words(submission: Submission) -> list[Signal]:
    """The gravest concern of each kind, over all the words of a submission."""
    levels: dict[str, int] = {}
    for words in submission.comments.values():
        for concern in concerns.find(words, submission.language):
            levels[concern.kind] = max(levels.get(concern.kind, 0), concern.level)
    return [Signal(Reason.WORDS, kind, level) for kind, level in sorted(levels.items())]
