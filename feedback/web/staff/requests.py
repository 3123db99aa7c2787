"""Requests for help: who waits for an advocate, an interpreter or a call, and how to reach them safely."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import SubmitField

from feedback import db, i18n
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.safeguarding import help_operations, queries
from feedback.safeguarding.models import HelpKind, HelpRequest
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("requests", __name__, url_prefix="/requests")

KINDS = {
    HelpKind.ADVOCATE: "Someone to speak up for them",
    HelpKind.INTERPRETER: "An interpreter",
    HelpKind.CALL: "A call",
}
LABELS = {
    "name": "What to call them",
    "way": "How to reach them",
    "when": "When it is safe",
    "message": "Safe to leave a message",
    "language": "Safe to use that language",
}

PLACES.append(
    Place(
        "Requests for help",
        "staff.requests.overview",
        Permission.HANDLE_ALERTS,
        "Get people the advocate, the interpreter or the call they asked for.",
        lambda: queries.count_help_requests(db.session()),
    )
)


class DoneForm(ComponentForm):
    """The word that a request was answered."""

    submit = SubmitField("They have been reached: remove this request")


@blueprint.get("/")
@access.requires(Permission.HANDLE_ALERTS)
def overview() -> str:
    """List who waits, oldest first. Not how to reach them."""
    return page("staff/requests/overview.html", listed=queries.list_help_requests(db.session()), kinds=KINDS)


@blueprint.route("/<int:request_id>", methods=["GET", "POST"])
@access.requires(Permission.HANDLE_ALERTS, writes=True)
def request_(request_id: int) -> str | Response:
    """Show how to reach somebody; once that is done, remove it."""
    found, form = _request(request_id), DoneForm()
    if form.validate_on_submit():
        help_operations.finish(db.session(), request=found, by=access.person())
        flash("The request is done, and how to reach the person has been removed.")
        return redirect(url_for("staff.requests.overview"), 303)
    help_operations.note_opened(db.session(), request=found, by=access.person())
    details = queries.open_details(db.session(), found)
    rows = [{"question": LABELS[name], "answer": details.get(name) or "–"} for name in LABELS]
    language = i18n.LANGUAGES[found.language].for_staff
    return page(
        "staff/requests/request.html", kind=KINDS[HelpKind(found.kind)], language=language, rows=rows, form=form
    )


def _request(request_id: int) -> HelpRequest:
    try:
        return queries.get_help_request(db.session(), request_id)
    except NotFound:
        abort(404)
