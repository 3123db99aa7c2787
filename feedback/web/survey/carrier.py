"""How a browser carries its draft: one random token in the one cookie, everything else on the server."""

from __future__ import annotations

from flask import session as cookie

from feedback import db
from feedback.questionnaires import queries as questionnaires
from feedback.responses import come_back, drafts
from feedback.responses.come_back import Lock
from feedback.responses.drafts import Draft
from feedback.web.survey.flow import Flow, audience_of

TOKEN = "draft"  # noqa: S105 - the name of a cookie's entry, not a secret
CARD = "card"


def load() -> Flow | None:
    """Return the flow of the draft this browser carries, or None when there is none (any more)."""
    token = cookie.get(TOKEN)
    draft = drafts.find(db.database(), token) if isinstance(token, str) else None
    return flow_of(draft) if draft else None


def begin(language: str, manner: dict[str, str]) -> Flow:
    """Start an empty draft in a manner (Easy Read, a shared tablet); it is kept once the first page is posted."""
    return flow_of(Draft(language=language, facts=dict(manner)))


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


def save_for_later(draft: Draft) -> str:
    """Move the draft under a new code, which is returned and not stored; this browser carries nothing any more."""
    before = draft.facts.get(drafts.KEPT_AS)
    code = come_back.new_code(draft.language)
    drafts.keep_under(db.database(), _locks(code)[0], draft)
    if before:
        drafts.forget_kept(db.database(), before)
    drop()
    return code


def come_back_with(code: str, language: str, manner: dict[str, str]) -> Flow | None:
    """Carry the draft kept under a code, on this device; None when there is none, or none any more."""
    for lock in _locks(code):
        draft = drafts.find_under(db.database(), lock)
        if draft is not None:
            draft.language = language
            # Begun on a shared tablet, gone on with at home, or the other way round.
            draft.facts.pop("kiosk", None)
            draft.facts |= manner
            drop()
            keep(draft)
            return flow_of(draft)
    return None


def forget_kept(code: str) -> None:
    """Remove whatever is kept under a code."""
    for lock in _locks(code):
        drafts.forget_kept(db.database(), lock.place)


def sent(draft: Draft) -> None:
    """Forget a draft that has been sent, with the copy kept under a code."""
    if drafts.KEPT_AS in draft.facts:
        drafts.forget_kept(db.database(), draft.facts[drafts.KEPT_AS])
    drop()


def _locks(code: str) -> list[Lock]:
    with db.database().reading() as session:
        hasher = db.keys(session).hasher
    return come_back.locks(hasher, code)
