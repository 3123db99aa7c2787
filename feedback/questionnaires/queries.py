"""Reading published questionnaires. A version never changes, so a parsed one is kept in memory."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.errors import NotFound
from feedback.questionnaires.document import Document
from feedback.questionnaires.models import QuestionnaireVersion

_parsed: dict[str, Document] = {}


def latest_version_id(session: Session, audience: str) -> int:
    """Return the id of the newest version for an audience. Raise NotFound before the first is published."""
    version_id = session.scalar(
        select(func.max(QuestionnaireVersion.id)).where(QuestionnaireVersion.audience == audience)
    )
    if version_id is None:
        raise NotFound(f"No questionnaire for {audience} is published yet; run `flask publish`.")
    return version_id


def get_document(session: Session, version_id: int) -> Document:
    """Return a published version's document. Raise NotFound when there is none of that id."""
    digest = session.scalar(
        select(QuestionnaireVersion.digest).where(QuestionnaireVersion.id == version_id)
    )
    if digest is None:
        raise NotFound(f"There is no questionnaire version {version_id}.")
    if digest not in _parsed:
        version = session.get_one(QuestionnaireVersion, version_id)
        _parsed[digest] = Document.from_json(version.document)
    return _parsed[digest]


def find_latest(session: Session, questionnaire_id: str) -> QuestionnaireVersion | None:
    """Return a questionnaire's newest version, if any."""
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def list_versions(session: Session) -> list[QuestionnaireVersion]:
    """Return every version, by questionnaire, oldest first."""
    return list(
        session.scalars(
            select(QuestionnaireVersion).order_by(
                QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.number
            )
        )
    )
