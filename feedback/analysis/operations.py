"""Writing findings: what the engine made of comments, one short transaction a handful."""

from __future__ import annotations

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.analysis import queries, theme_queries
from feedback.analysis.models import Finding, FoundTheme
from feedback.analysis.queries import TRANSLATED_INTO, question_of
from feedback.db import Database, keys
from feedback.responses.models import Comment
from feedback.responses.queries import open_translation, open_words
from feedback.text.analyse import ENGINE, analyse
from feedback.text.findings import Findings, Tone
from feedback.text.model import Linear

HANDFUL = 50

log = structlog.get_logger()


def analyse_pending(database: Database, *, limit: int | None = None) -> int:
    """Analyse every pending comment (at most `limit`); return how many. A comment that fails is left unassessed."""
    done = 0
    while limit is None or done < limit:
        with database.reading() as session:
            pending = queries.list_pending(session, engine=ENGINE, limit=HANDFUL)
            judge = theme_queries.get_in_use(session) if pending else theme_queries.SHIPPED
            found = [(comment.id, _read(session, comment, judge.model)) for comment in pending]
        if not found:
            break
        with database.transaction() as session:
            for comment_id, findings in found:
                store(session, comment_id=comment_id, findings=findings, theme_model=judge.number)
        done += len(found)
    return done


def forget_findings(database: Database) -> None:
    """Make every comment pending again: the models in use now judge it anew."""
    with database.transaction() as session:
        session.execute(delete(Finding))


def store(session: Session, *, comment_id: int, findings: Findings, theme_model: int | None = None) -> None:
    """Keep a comment's findings in place of older ones, with the version of the themes model that judged it."""
    if session.get(Comment, comment_id) is None:
        return
    session.merge(
        Finding(
            comment_id=comment_id,
            engine=ENGINE,
            theme_model=theme_model,
            language=findings.language,
            tone=findings.label,
            score=findings.score,
            confidence=findings.confidence,
            sealed_redacted=keys(session).feedback.seal(findings.redacted),
            themes=[
                FoundTheme(comment_id=comment_id, theme=theme.id, score=theme.score, tone=theme.tone)
                for theme in findings.themes
            ],
        )
    )


def _read(session: Session, comment: Comment, theme_model: Linear | None) -> Findings:
    """Analyse one comment. Whatever fails leaves it unassessed, hidden altogether and waiting for a person."""
    try:
        translation = open_translation(session, comment)
        return analyse(
            translation or open_words(session, comment),
            language=TRANSLATED_INTO if translation else comment.response.language,
            question=question_of(comment.question_id),
            group=comment.response.audience,
            theme_model=theme_model,
        )
    except Exception as error:
        log.exception("analysis_failed", comment=comment.id, error=type(error).__name__)
        return Findings(
            language=None, label=Tone.UNASSESSED, score=None, confidence=None, themes=(), concerns=(),
            redacted="[…]", engine=ENGINE, sentences=(),
        )  # fmt: skip
