"""A poster for a waiting room: the newest replies to families, in one language for one age, as a PDF on one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import segno
from flask import Blueprint, abort, current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.accounts.permissions import Permission
from feedback.reports import evidence
from feedback.reports.evidence import NoLetters
from feedback.settings import queries as settings
from feedback.web import access, replies

blueprint = Blueprint("poster", __name__, url_prefix="/poster")

STYLE = Path(evidence.__file__).with_name("poster.css")
MOST = 4
"""Replies on a sheet, where they are short enough: who waits reads no more."""


@blueprint.get("/<language>/<version>")
@access.requires(Permission.IMPROVE)
def poster(language: str, version: str) -> Response:
    """Send the poster; what has no words in its language is left out, for a wall cannot be switched to English."""
    if language not in i18n.available() or version not in replies.VERSIONS or not evidence.is_possible():
        abort(404)
    i18n.use(language)
    shown = [
        each for each in replies.list_replies(db.session(), language, version) if each["language"].code == language
    ]
    if not shown:
        abort(404)
    try:
        answer = make_response(evidence.to_pdf(_fitting(shown, version), STYLE, in_full=True))
    except NoLetters as refusal:
        flash(str(refusal))
        return redirect(url_for("staff.improvements.overview"), 303)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="poster-{language}-{version}.pdf"'
    return answer


def _fitting(shown: list[dict[str, Any]], version: str) -> str:
    """Return the page with as many of the newest replies as one sheet holds; one reply may run over."""
    for number in range(min(MOST, len(shown)), 1, -1):
        page = _page(shown[:number], version)
        if evidence.count_sheets(page, STYLE) == 1:
            return page
    return _page(shown[:1], version)


def _page(shown: list[dict[str, Any]], version: str) -> str:
    address = f"{current_app.config['SETTINGS'].public_url}/{i18n.current().code}/"
    drawing = segno.make(address, micro=False).svg_inline(border=0, omitsize=True, title=_("Tell us what it was like"))
    return render_template(
        "public/poster.html",
        replies=shown,
        version=version,
        address=address,
        code=Markup(drawing),  # noqa: S704 - drawn by us
        demonstration=current_app.config["SETTINGS"].demo,
        council=settings.get_values(db.session())["council_name"],
    )
