"""Events: adding one, and recording in under a minute who by role should have had a say in it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.events import operations, queries
from feedback.events.models import Event
from feedback.events.operations import AlreadyThere, DoesNotFit
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.staff.event_forms import EventForm, PeopleForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("events", __name__, url_prefix="/events")

INVALID = 422

PLACES.append(
    Place(
        "Events",
        "staff.events.overview",
        Permission.ADMINISTER,
        "Add conferences, meetings, assessments and help, and record who was asked.",
    )
)


@blueprint.route("/", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def overview() -> str | Response | tuple[str, int]:
    """List the newest events, those with nobody recorded first, and add one."""
    form, session = EventForm(), db.session()
    form.offer(settings.list_event_types(session), settings.list_services(session))
    errors: list[tuple[str, str]] = []
    if form.validate_on_submit():
        try:
            added = operations.add_event(session, **form.facts(), by=access.person().actor)
        except AlreadyThere as refusal:
            errors = [(form.reference.id, str(refusal))]
        else:
            return redirect(url_for("staff.events.record", event_id=added.id), 303)
    names = {each.code: each.name for each in settings.list_event_types(session)}
    shown = page(
        "staff/events/overview.html", form=form, listed=queries.list_events(session), names=names, errors=errors
    )
    return shown, INVALID if errors or form.errors else 200


@blueprint.route("/<int:event_id>", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def record(event_id: int) -> str | Response | tuple[str, int]:
    """Record who by role should have had a say in an event; saving again replaces what was there."""
    found, session = _event(event_id), db.session()
    form = PeopleForm.of(queries.list_people(session, found.id))
    errors = form.missing() if form.is_submitted() else []
    if not errors and form.validate_on_submit():
        try:
            operations.record_participation(session, event=found, people=form.had(), by=access.person())
        except DoesNotFit as refusal:
            errors = [("", str(refusal))]
        else:
            flash(f"Recorded for {found.reference}.")
            return redirect(url_for("staff.events.overview"), 303)
    kind = settings.get_event_type(session, found.event_type).name
    shown = page("staff/events/record.html", form=form, event=found, kind=kind, errors=errors)
    return shown, INVALID if errors or form.errors else 200


def _event(event_id: int) -> Event:
    try:
        return queries.get_event(db.session(), event_id)
    except NotFound:
        abort(404)
