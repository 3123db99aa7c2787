"""What every public page shares: its language, the manner it is shown in, and where the links of its frame lead.

A manner (Easy Read, a shared tablet) travels in addresses and in the draft, never in the cookie: a tablet forgets
everything between two people but must stay a tablet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, current_app, has_request_context, render_template, request, url_for

from feedback import clock, db, i18n
from feedback.responses import drafts
from feedback.responses.drafts import Draft
from feedback.safeguarding import queries as desk
from feedback.settings import queries as settings
from feedback.web import replies

blueprint = Blueprint("public", __name__)

GONE = 410
INVALID = 422
TOO_MANY = 429
UNTRUSTED = 400
NO_CONTENT = 204

SAYS_WHEN_CLOSED = frozenset({"welcome", "check", "done", "asked"})
"""Pages that say, while nobody reads, when somebody will."""

Manner = dict[str, Any]
"""Which of `drafts.MANNERS` apply, as they stand in an address: `{"easy": "1"}`."""


@blueprint.url_value_preprocessor
def _speak(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Make the page speak the language of its address; an unknown one is no page of ours."""
    code = (values or {}).get("lang")
    if code is not None:
        if code not in i18n.always_offered() and code not in offered():
            abort(404)
        i18n.use(code)


@blueprint.app_context_processor
def _frame() -> dict[str, Any]:
    """Tell the frame of a public page where its links lead; a page that knows better overrides them."""
    if not has_request_context() or not (request.endpoint or "").startswith("public."):
        return {}
    return links(manner())


def manner() -> Manner:
    """Return the manner that the address of this request asks for."""
    return {name: "1" for name in drafts.MANNERS if request.args.get(name)}


def manner_of(draft: Draft) -> Manner:
    """Return the manner a draft was begun in."""
    return {name: "1" for name in drafts.MANNERS if draft.facts.get(name)}


def links(how: Manner, layer: str = "") -> dict[str, Any]:
    """Return what the frame needs; `layer` is the part of the privacy notice made for this reader."""
    lang = i18n.current().code
    here: Manner = {"lang": lang} | how
    layer = "easy" if how.get("easy") else layer
    privacy: Manner = {"layer": layer} if layer else {}
    version: Manner = {"version": layer} if layer in replies.VERSIONS else {}
    return {
        "demonstration": current_app.config["SETTINGS"].demo,
        "easy": "easy" in how,
        "leave_url": url_for("public.leave", **here),
        "help_url": url_for("public.help_", **here),
        "privacy_url": url_for("public.privacy", **here, **privacy),
        "ask_url": url_for("public.ask", **here),
        "receipt_url": url_for("public.receipt", **here),
        "you_said_url": url_for("public.you_said", **here, **version),
        "safety_url": url_for("public.safety", **here),
        "accessibility_url": url_for("public.accessibility", **here),
        "cookies_url": url_for("public.cookies", **here),
        "language_url": url_for("public.language", **how),
    } | (_shared_tablet(here) if "kiosk" in how else {})


def _shared_tablet(here: Manner) -> dict[str, Any]:
    """Return what watches a shared tablet: the minutes without a touch, and the page it then opens."""
    return {
        "idle_minutes": drafts.KIOSK_IDLE.seconds // 60,
        "extend_url": url_for("public.extend", **here),
        "idle_then": url_for("public.kiosk", **here),
    }


def page(template: str, name: str, audience: str = "public", **context: Any) -> str:
    """Draw a page; `name` is its `data-page`."""
    if name in SAYS_WHEN_CLOSED:
        context |= {"closed_until": closed_until(), "day_pattern": i18n.day_pattern(i18n.current().code)}
    return render_template(template, page=name, audience=audience, **context)


def closed_until() -> datetime | None:
    """Return when somebody reads again, or None while somebody does."""
    with db.database().reading() as session:
        hours = desk.get_desk_settings(session).hours
    now = clock.now()
    return None if hours.is_open(now) else hours.next_opening(now)


def offered() -> list[str]:
    """Return the codes of the languages a family may choose here, in order.

    Read apart from the request's session, which would hold the write lock while a draft is saved by another.
    """
    with db.database().reading() as session:
        return settings.list_languages(session, i18n.always_offered())


def value(name: str) -> Any:
    """Return one value that the council has set."""
    return settings.get_values(db.session())[name]


def draft_line(lang: str, endpoint: str) -> dict[str, Any]:
    """Return what a first page says about its translation: whether it is a draft, and where the English is."""
    return {"is_draft": i18n.is_draft(lang), "english_url": url_for(endpoint, lang=i18n.SOURCE, **manner())}
