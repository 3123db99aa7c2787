"""The receipt: which quarter, read by a person or not yet, and taking one's answers back. Never the answers."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField

from feedback import db
from feedback.clock import Quarter
from feedback.responses import queries as responses
from feedback.responses import receipt_operations
from feedback.responses.models import Response as Answers
from feedback.safeguarding import operations as safeguarding
from feedback.safeguarding import queries as desk
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.public.frame import INVALID, blueprint, page

DELETE = "delete"
LONGEST = 40
TOO_MANY = 429


class ReceiptForm(ComponentForm):
    """A receipt, and on the second page the wish to take the answers back."""

    code = StringField(lazy_gettext("Your receipt"), filters=[tidy], validators=[AtMost(LONGEST)])
    action = StringField()


@blueprint.route("/<lang>/receipt", methods=["GET", "POST"])
def receipt(lang: str) -> str | tuple[str, int]:  # noqa: ARG001 - every page has a language
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
    return _page(form, **_told(found))


def _told(found: Answers) -> dict[str, Any]:
    """Return all that a receipt shows."""
    quarter = Quarter.parse(found.quarter)
    return {
        "first_day": quarter.first_day,
        "last_day": quarter.last_day,
        "is_read": not desk.count_unread(db.session(), found.id),
    }


def _page(form: ReceiptForm, errors: list[tuple[str, str]] | None = None, **told: Any) -> str:
    return page(
        "public/receipt.html",
        "receipt",
        form=form,
        errors=errors or [],
        error_of=dict(errors or []),
        **told,
    )
