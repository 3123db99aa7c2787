"""Reading published questionnaires. A version never changes, so a parsed one is kept in memory."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from feedback.db import memory
from feedback.errors import NotFound
from feedback.questionnaires.document import Document
from feedback.questionnaires.models import QuestionnaireVersion


def latest_version_id(session: Session, audience: str) -> int:
    """Return the id of the newest version for an audience. Raise NotFound before the first is published."""
    version_id = session.scalar(
        select(func.max(QuestionnaireVersion.id)).where(QuestionnaireVersion.audience == audience)
    )
    if version_id is None:
        raise NotFound(f"No questionnaire for {audience} is published yet; run `flask publish`.")
    return version_id


def get_document(session: Session, version_id: int) -> Document:
    """Return a published version's document. Raise NotFound when there is none of that id.

    It is kept in the memory of its database: asking again costs nothing.
    """
    documents: dict[int, Document] = memory(session).setdefault("documents", {})
    if version_id not in documents:
        version = session.get(QuestionnaireVersion, version_id)
        if version is None:
            raise NotFound(f"There is no questionnaire version {version_id}.")
        documents[version_id] = Document.from_json(version.document)
    return documents[version_id]


def find_latest(session: Session, questionnaire_id: str) -> QuestionnaireVersion | None:
    """Return a questionnaire's newest version, if any."""
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def list_versions(session: Session) -> list[QuestionnaireVersion]:
    """Return every version, by questionnaire, oldest first; the documents are read when somebody looks into them."""
    return list(
        session.scalars(
            select(QuestionnaireVersion)
            .options(defer(QuestionnaireVersion.document))
            .order_by(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.number)
        )
    )
