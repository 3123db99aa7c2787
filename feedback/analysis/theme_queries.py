"""Reading the versions of the themes model, which one is in use, and the corrections there are to learn from.

Every process asks the database which version is in use; its weights, which never change, are opened once a process.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import structlog
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from feedback.analysis.models import WHOLE, Finding, ModelState, ThemeModel, ThemeWeights
from feedback.analysis.queries import TRANSLATED_INTO, question_of
from feedback.db import keys, memory
from feedback.errors import NotFound
from feedback.responses.models import Comment, Response, Translation
from feedback.safeguarding.models import Reading
from feedback.text.analyse import ENGINE
from feedback.text.corrections import QUARTERS, Correction, Weights
from feedback.text.model import Linear, read, shipped

UNFINISHED = (ModelState.ASKED, ModelState.LEARNING)
_REMEMBERED = "theme_model"

log = structlog.get_logger()


@dataclass(frozen=True)
class InUse:
    """The themes model that judges what comes in: its version and weights, both empty for the shipped one."""

    number: int | None
    model: Linear | None


SHIPPED = InUse(None, None)


def get_in_use(session: Session) -> InUse:
    """Return the model in use, opened; the shipped one when no version is."""
    version = find_in_use(session)
    if version is None:
        return SHIPPED
    held: InUse | None = memory(session).get(_REMEMBERED)
    if held is None or held.number != version.number:
        held = memory(session)[_REMEMBERED] = _opened(session, version)
    return held


def _opened(session: Session, version: ThemeModel) -> InUse:
    """Return a version with its weights; for one that cannot be read, which the log tells, the shipped model."""
    try:
        learnt = _open_part(session, version.number, WHOLE)
        return InUse(version.number, shipped("themes").plus(learnt))
    except ValueError as error:
        log.critical("theme_model_unreadable", version=version.number, error=str(error))
        return SHIPPED


def open_weights(session: Session, number: int) -> Weights:
    """Return everything a version has learnt, to judge others beside it. Raise ValueError when it is damaged."""
    without = tuple(_open_part(session, number, quarter) for quarter in range(QUARTERS))
    return Weights(_open_part(session, number, WHOLE), without)


def _open_part(session: Session, number: int, part: int) -> Linear:
    kept = session.get(ThemeWeights, (number, part))
    if kept is None:
        raise ValueError(f"version {number} has no part {part}")
    return read(kept.weights, kept.header)


def find_in_use(session: Session) -> ThemeModel | None:
    """Return the active version if this engine learnt it: weights learnt for another mean nothing to it."""
    active = find_active(session)
    return active if active is not None and active.engine == ENGINE else None


def find_active(session: Session) -> ThemeModel | None:
    """Return the version that was taken into use last and not put aside, whichever engine learnt it."""
    return session.scalar(select(ThemeModel).where(ThemeModel.state == ModelState.ACTIVE))


def find_unfinished(session: Session) -> ThemeModel | None:
    """Return the version that is asked for or being learnt, if there is one."""
    return session.scalar(
        select(ThemeModel).where(ThemeModel.state.in_(UNFINISHED)).order_by(ThemeModel.number).limit(1)
    )


def get_model(session: Session, number: int) -> ThemeModel:
    """Return a version. Raise NotFound when there is none."""
    version = session.get(ThemeModel, number)
    if version is None:
        raise NotFound(f"There is no version {number}.")
    return version


def list_models(session: Session) -> list[ThemeModel]:
    """Return every version, newest first."""
    return list(session.scalars(select(ThemeModel).order_by(ThemeModel.number.desc())))


def count_findings(session: Session) -> Counter[int | None]:
    """Count the comments whose findings each version has judged; None stands for the shipped model."""
    rows = session.execute(select(Finding.theme_model, func.count()).group_by(Finding.theme_model))
    return Counter(dict(rows.all()))


def count_corrections(session: Session) -> int:
    """Count the comments that can be learnt from. Opens no words."""
    return session.scalar(select(func.count()).select_from(_corrections().order_by(None).subquery())) or 0


def list_corrections(session: Session) -> list[Correction]:
    """Return what readers said of comments: the words without names that they checked, and the themes they gave.

    Withdrawn responses teach nothing, nor do made-up ones, whose words the shipped model has learnt from.
    """
    statement = _corrections().options(contains_eager(Comment.response))
    rows = session.execute(statement.add_columns(Reading, Translation.comment_id.is_not(None)))
    return [_correction(session, *row) for row in rows.all()]


def _corrections() -> Select[Comment]:
    """Comments that a person has read, by the first reading, which is the one that counts in figures."""
    return (
        select(Comment)
        .join(Response, Response.id == Comment.response_id)
        .join(Reading, Reading.comment_id == Comment.id)
        .outerjoin(Translation, Translation.comment_id == Comment.id)
        .where(~Reading.is_second, ~Response.is_withdrawn, ~Response.is_demo)
        .order_by(Comment.id)
    )


def _correction(session: Session, comment: Comment, reading: Reading, is_translated: bool) -> Correction:  # noqa: FBT001 - a column
    return Correction(
        text=keys(session).feedback.open(reading.sealed_redacted),
        themes=frozenset(theme.theme for theme in reading.themes),
        question=question_of(comment.question_id),
        language=TRANSLATED_INTO if is_translated else comment.response.language,
        group=comment.response.audience,
        answer=comment.response_id,
    )
