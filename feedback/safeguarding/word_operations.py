"""Opening words: who has which comment open, the line that every reading leaves, and an interpreter's English."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.analysis.models import Finding
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import keys
from feedback.responses.models import Comment, Translation
from feedback.safeguarding.models import Alert, Claim

CLAIMED_FOR = timedelta(minutes=15)


def claim(session: Session, *, comment: Comment, by: Person) -> None:
    """Mark a comment as open on somebody's screen for a quarter of an hour."""
    session.merge(Claim(comment_id=comment.id, person_id=by.id, until=clock.now() + CLAIMED_FOR))
    session.flush()


def note_opened(session: Session, *, comment: Comment, by: Person) -> None:
    """Leave the line that every reading of words leaves."""
    audit.record(session, Action.WORDS_OPENED, by=by.actor, comment=comment.id)


def note_alert_opened(session: Session, *, alert: Alert, by: Person) -> None:
    """Leave the line that opening an alert's notes leaves: they may tell what a family wrote."""
    audit.record(session, Action.ALERT_OPENED, by=by.actor, alert=alert.id)


def translate(session: Session, *, comment: Comment, text: str, interpreter: str, by: Person) -> None:
    """Keep an interpreter's English beside the original; the engine then reads the English."""
    sealed = keys(session).feedback.seal(text)
    comment.translation = Translation(comment_id=comment.id, sealed_text=sealed, interpreter=interpreter)
    finding = session.get(Finding, comment.id)
    if finding is not None:
        session.delete(finding)  # pending again, and analysed in English
    audit.record(session, Action.COMMENT_TRANSLATED, by=by.actor, comment=comment.id, interpreter=interpreter)
