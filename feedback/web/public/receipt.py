"""The receipt: which quarter, read by a person or not yet, what was done about it, and taking one's answers back.

Never the answers, and nothing that tells a stranger who holds the receipt that somebody was worried about.
"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField

from feedback import db, i18n
from feedback.clock import Quarter
from feedback.improvements import queries as improvements
from feedback.responses import queries as responses
from feedback.responses import receipt_operations
from feedback.responses.models import Response as Answers
from feedback.safeguarding import operations as safeguarding
from feedback.safeguarding import queries as desk
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.public.frame import INVALID, TOO_MANY, blueprint, manner, page

DELETE = "delete"
LONGEST = 40
NEVER_TOLD = frozenset({"safe"})
"""Themes whose answers a receipt does not lead to: whoever finds it must not learn that safety was spoken of."""


class ReceiptForm(ComponentForm):
    """A receipt, and on the second page the wish to take the answers back."""

    code = StringField(lazy_gettext("Your receipt"), filters=[tidy], validators=[AtMost(LONGEST)])
    action = StringField()


@blueprint.route("/<lang>/receipt", methods=["GET", "POST"])
def receipt(lang: str) -> str | tuple[str, int]:
    """Take a receipt; wrong, unknown and taken-back ones all get the same answer."""
    form = ReceiptForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, errors=form.sentences()), INVALID
    with db.database().transaction() as own:
        may_try = receipt_operations.count_try(own, address=request.remote_addr or "")
    if not may_try:
        return _page(form, errors=[("code", _("There were too many tries. Try again in ten minutes."))]), TOO_MANY
    found = responses.find_by_receipt(db.session(), form.code.data or "")
    if found is None:
        return _page(form, errors=[("code", _("We know no such receipt. Check each letter and number."))]), INVALID
    if form.action.data == DELETE:
        safeguarding.withdraw(db.session(), response=found)
        return _page(form, is_deleted=True)
    return _page(form, **_told(found, lang))


def _told(found: Answers, lang: str) -> dict[str, Any]:
    """Return all that a receipt shows; of answers without words, which nobody reads, nothing about reading."""
    quarter, session = Quarter.parse(found.quarter), db.session()
    return {
        "first_day": quarter.first_day,
        "last_day": quarter.last_day,
        "has_words": desk.count_comments(session, found.id) > 0,
        "is_read": not desk.count_unread(session, found.id),
        "replies": _replies(found, lang),
    }


def _replies(found: Answers, lang: str) -> list[dict[str, Any]]:
    """Return what the service answered publicly to the themes of these answers; nothing where an alert was raised."""
    session = db.session()
    themes = {*desk.list_themes(session, found.id), *responses.list_picked_themes(session, found)} - NEVER_TOLD
    if not themes or desk.list_alerts(session, found.id):
        return []
    page_address = url_for("public.you_said", lang=lang, version=found.audience, **manner())
    return [
        {"url": f"{page_address}#about-{action.id}", "heard": text.heard, "language": i18n.LANGUAGES[text.language]}
        for action, text in improvements.list_public(session, lang, found.audience, otherwise=i18n.SOURCE)
        if themes & set(action.themes)
    ]


def _page(form: ReceiptForm, errors: list[tuple[str, str]] | None = None, **told: Any) -> str:
    return page(
        "public/receipt.html",
        "receipt",
        form=form,
        errors=errors or [],
        error_of=dict(errors or []),
        **told,
    )
