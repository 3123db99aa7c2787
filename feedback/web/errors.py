"""Exceptions become pages: a plain sentence in the reader's language that says what to do next."""

from __future__ import annotations

import structlog
from flask import Flask, g, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from feedback import i18n

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Handle what a view raises, and what routing refuses."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)


def _refused(error: HTTPException) -> tuple[str, int] | HTTPException:
    """Say what an address that is not there, or a page that is too large, means."""
    status = error.code or InternalServerError.code
    if error.response is not None or (300 <= status < 400):  # noqa: PLR2004 - a redirect is no error
        return error
    return _page(status)


def _failed(error: Exception) -> tuple[str, int]:
    """Log the kind of failure and its place, never its words, and apologise."""
    log.error("request_failed", exc_info=error, endpoint=request.endpoint, kind=type(error).__name__)
    return _page(InternalServerError.code)


def _page(status: int) -> tuple[str, int]:
    _guess_language()
    sentences = {
        403: (_("You cannot open this page"), _("Your account is not allowed to see it.")),
        404: (_("This page is not here"), _("Check the address, or go back to the start.")),
        405: (_("This page is not here"), _("Check the address, or go back to the start.")),
        413: (_("That is too much text"), _("Go back, make it shorter and try again.")),
        429: (_("Please wait a little"), _("There were too many tries. Try again in a few minutes.")),
    }
    sorry = (
        _("Sorry, something went wrong"),
        _("It is our mistake, not yours. Go back and try again in a few minutes."),
    )
    title, sentence = sentences.get(status, sorry)
    return render_template("errors/page.html", page="error", audience="public", title=title, sentence=sentence), status


def _guess_language() -> None:
    """Speak the language of the address, even when the address leads nowhere."""
    first = request.path.lstrip("/").partition("/")[0]
    if "language" not in g and first in i18n.LANGUAGES:
        i18n.use(first)
