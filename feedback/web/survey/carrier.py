"""How a browser carries its draft: one random token in the one cookie, everything else on the server."""

from __future__ import annotations

from flask import session as cookie

from feedback import db
from feedback.questionnaires import queries as questionnaires
from feedback.responses import drafts
from feedback.responses.drafts import Draft
from feedback.web.survey.flow import Flow, audience_of

TOKEN = "draft"  # noqa: S105 - the name of a cookie's entry, not a secret
CARD = "card"


def load() -> Flow | None:
    """Return the flow of the draft this browser carries, or None when there is none (any more)."""
    token = cookie.get(TOKEN)
    draft = drafts.find(db.database(), token) if isinstance(token, str) else None
    return flow_of(draft) if draft else None


def begin(language: str) -> Flow:
    """Start an empty draft; nothing is kept of it before the first page is posted."""
    return flow_of(Draft(language=language))


def keep(draft: Draft) -> None:
    """Save a draft, under a new token if it is new."""
    if TOKEN not in cookie:
        cookie[TOKEN] = drafts.new_token()
    drafts.save(db.database(), cookie[TOKEN], draft)


def drop() -> None:
    """Forget the draft and everything the cookie holds."""
    token = cookie.get(TOKEN)
    if isinstance(token, str):
        drafts.forget(db.database(), token)
    cookie.clear()


def flow_of(draft: Draft) -> Flow:
    """Join a draft with the questionnaire of its audience: the newest, then always the same one."""
    audience = audience_of(draft)
    with db.database().reading() as session:
        kept = draft.facts.get(f"version_{audience}")
        version_id = int(kept) if kept else questionnaires.latest_version_id(session, audience)
        draft.facts[f"version_{audience}"] = str(version_id)
        return Flow(draft, questionnaires.get_document(session, version_id), version_id)
