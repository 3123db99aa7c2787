"""Changing questionnaires: publishing a version. There is no other change."""

from __future__ import annotations

from sqlalchemy.orm import Session

from feedback import clock
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.questionnaires import queries
from feedback.questionnaires.definition import Definition, Malformed
from feedback.questionnaires.document import Document, Translate, resolve
from feedback.questionnaires.models import QuestionnaireVersion


def publish(
    session: Session, *, definition: Definition, languages: list[str], translate: Translate, by: str
) -> QuestionnaireVersion:
    """Freeze a definition, in every language given, as the next version; the same content twice stays one.

    Raise TextMissing when a language has a gap, Malformed when a past question's id returns as another kind.
    """
    document = resolve(definition, languages, translate)
    latest = queries.find_latest(session, definition.id)
    if latest is not None and latest.digest == document.digest:
        return latest
    for past in queries.list_versions(session):
        if past.questionnaire_id == definition.id:
            _refuse_other_kinds(definition, queries.get_document(session, past.id))
    version = QuestionnaireVersion(
        questionnaire_id=definition.id,
        audience=definition.audience,
        number=latest.number + 1 if latest else 1,
        digest=document.digest,
        document=document.to_json(),
        published_at=clock.now(),
    )
    session.add(version)
    session.flush()
    audit.record(
        session,
        Action.QUESTIONNAIRE_PUBLISHED,
        by=by,
        questionnaire=definition.id,
        number=version.number,
        digest=version.digest,
    )
    return version


def _refuse_other_kinds(definition: Definition, past: Document) -> None:
    """A question that means something else now must have another id: old answers keep their meaning."""
    kinds = {question.id: question.kind for question in past.definition.questions}
    for question in definition.questions:
        if kinds.get(question.id, question.kind) != question.kind:
            raise Malformed(
                f"{question.id} was of kind {kinds[question.id]} in an earlier version; give it another id."
            )
