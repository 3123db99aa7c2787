"""Alerts: what has to be acted on, gravest first, each taken step by step to an end that is written down."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from feedback import clock, db
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.outbox import queries as outbox
from feedback.responses.models import Response as Answers
from feedback.safeguarding import moves, operations, queries, word_operations
from feedback.safeguarding.models import Alert, AlertMove, AlertState, Level
from feedback.safeguarding.moves import Missing, NotAllowed
from feedback.safeguarding.operations import NotRead
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.staff.alert_forms import KINDS, REASONS, STATES, MoveForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")

INVALID = 422

PLACES.append(
    Place(
        "Alerts",
        "staff.alerts.overview",
        Permission.HANDLE_ALERTS,
        "Act on what may be harm, and write down what was done.",
        lambda: queries.count_open_alerts(db.session()),
    )
)


@blueprint.get("/")
@access.requires(Permission.HANDLE_ALERTS)
def overview() -> str:
    """List the alerts that are open, gravest first, with their clocks. No words here."""
    session = db.session()
    return page(
        "staff/alerts/overview.html",
        open_alerts=queries.list_open_alerts(session),
        closed=queries.list_closed_alerts(session),
        stuck=outbox.count_stuck(session),
        waiting=outbox.list_waiting(session),
        kinds=KINDS,
        states=STATES,
    )


@blueprint.route("/<int:alert_id>", methods=["GET", "POST"])
@access.requires(Permission.HANDLE_ALERTS, writes=True)
def alert(alert_id: int) -> str | Response | tuple[str, int]:
    """Show one alert with its history, and take it one step further."""
    found, form = _alert(alert_id), MoveForm()
    form.offer(found)
    if not form.is_submitted():
        return _show(found, form)
    if not form.validate():
        return _show(found, form, form.sentences()), INVALID
    try:
        operations.move_alert(
            db.session(),
            alert=found,
            to=AlertState(form.to.data),
            by=access.person(),
            reason=form.reason.data or None,
            note=form.note.data or "",
            outcome=form.outcome_of(found),
        )
    except (NotAllowed, Missing, NotRead) as refusal:
        return _show(found, form, [("", str(refusal))]), INVALID
    flash(f"The alert is now: {STATES[AlertState(found.state)].lower()}.")
    return redirect(url_for("staff.alerts.alert", alert_id=found.id), 303)


def _show(found: Alert, form: MoveForm, errors: list[tuple[str, str]] | None = None) -> str:
    """Draw an alert; its notes may tell what somebody wrote, so that drawing it leaves a line."""
    session, response = db.session(), db.session().get_one(Answers, found.response_id)
    word_operations.note_alert_opened(session, alert=found, by=access.person())
    level = moves.level_of(found.code, found.level)
    return page(
        "staff/alerts/alert.html",
        alert=found,
        response=response,
        deadline=queries.alert_deadline(queries.get_desk_settings(session), found, clock.now()),
        others=[other for other in queries.list_alerts(session, response.id) if other.id != found.id],
        unread=queries.count_unread(session, response.id),
        history=[_step(move) for move in found.moves],
        facts=[fact.name for fact in moves.OUTCOMES[level]],
        level=level,
        is_urgent=level == Level.DANGER and found.state not in moves.CLOSED,
        numbers=settings.map_help_numbers(session),
        form=form,
        kinds=KINDS,
        states=STATES,
        errors=errors or [],
    )


def _step(move: AlertMove) -> dict[str, Any]:
    """Return one step of an alert's history in words."""
    person = accounts.find_by_id(db.session(), move.by)
    labels = {fact.name: fact.label for facts in moves.OUTCOMES.values() for fact in facts} | {"note": "Note"}
    return {
        "at": move.at,
        "by": person.email if person else "somebody whose account is gone",
        "state": STATES[AlertState(move.after)],
        "reason": REASONS.get(move.reason or "", ""),
        "notes": [(labels.get(name, name), text) for name, text in queries.open_note(db.session(), move).items()],
    }


def _alert(alert_id: int) -> Alert:
    try:
        return queries.get_alert(db.session(), alert_id)
    except NotFound:
        abort(404)
