"""Openings of the sealed link: asked for from an alert, decided by somebody else, shown for half an hour."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SubmitField, TextAreaField
from wtforms.validators import InputRequired

from feedback import clock, db
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.identity import opening_operations as operations
from feedback.identity import queries
from feedback.identity.opening_operations import NoLink, NotOpen, OneselfNever, Opening, OpeningReason, Shown, Standing
from feedback.safeguarding import queries as desk
from feedback.safeguarding.models import Level
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("openings", __name__, url_prefix="/openings")

INVALID = 422
LONGEST = 2000
REASONS = {
    OpeningReason.HARM: "Possible harm: the child or adult has to be found",
    OpeningReason.DANGER: "Immediate danger (level 3): it opens at once and is reviewed within one working day",
    OpeningReason.BREACH: "A data breach: whoever is affected has to be told",
    OpeningReason.STAFF: "About a member of staff: the LADO has to know the case",
}
OUTCOMES = {
    Standing.WAITS: ("waits for the second person", "yellow"),
    Standing.OPEN: ("open to you", "green"),
    Standing.OVER: ("expired: the half hour is over", "grey"),
    Standing.REFUSED: ("refused", "red"),
}
Answer = str | Response | tuple[str, int]

PLACES.append(
    Place(
        "Openings",
        "staff.openings.overview",
        Permission.APPROVE_OPENING,
        "Decide whether a sealed link may be opened, and review those opened at once.",
        lambda: len(queries.list_undecided(db.session(), person_id=access.person().id)),
    )
)
PLACES.append(
    Place(
        "My openings",
        "staff.openings.mine",
        Permission.ASK_FOR_OPENING,
        "See what became of the openings you asked for.",
        lambda: sum(row["standing"] is Standing.OPEN for row in _asked()),
    )
)


class AskForm(ComponentForm):
    """Why a link should be opened."""

    reason = RadioField(
        "Why?", choices=[(str(k), v) for k, v in REASONS.items()], validators=[InputRequired("Choose a reason")]
    )
    words = TextAreaField(
        "In your own words, without the family's",
        filters=[tidy],
        validators=[InputRequired("Write why it is needed"), AtMost(LONGEST)],
    )
    submit = SubmitField("Ask for the opening")


class DecideForm(ComponentForm):
    """Yes or no."""

    decision = RadioField(
        "May it be opened?",
        choices=[("yes", "Yes"), ("no", "No")],
        validators=[InputRequired("Choose yes or no")],
    )
    submit = SubmitField("Save the decision")


class LookForm(ComponentForm):
    """The wish to look now."""

    submit = SubmitField("Show which event it is about")


@blueprint.get("/")
@access.requires(Permission.APPROVE_OPENING)
def overview() -> str:
    """List what waits for a decision or a review. Nothing of the words, nothing of the event."""
    settings, now = desk.get_desk_settings(db.session()), clock.now()
    waiting = queries.list_undecided(db.session(), person_id=access.person().id)
    rows = [(opening, desk.opening_deadline(settings, opening, now)) for opening in waiting]
    return page("staff/openings/overview.html", rows=rows)


@blueprint.get("/mine")
@access.requires(Permission.ASK_FOR_OPENING)
def mine() -> str:
    """List what one has asked for oneself, and what became of it. Not which event, not which answer."""
    return page("staff/openings/mine.html", rows=_asked(), reasons=REASONS)


@blueprint.route("/ask/<int:alert_id>", methods=["GET", "POST"])
@access.requires(Permission.ASK_FOR_OPENING)
def ask(alert_id: int) -> Answer:
    """Ask to open the link of the response behind an alert."""
    try:
        alert = desk.get_alert(db.session(), alert_id)
    except NotFound:
        abort(404)
    form, person = AskForm(), access.person()
    # The engine's own alert stands beside the reader's: whichever of them one comes from, the reader's level counts.
    is_danger = any(other.code == Level.DANGER for other in desk.list_alerts(db.session(), alert.response_id))
    if form.validate_on_submit():
        opening = operations.ask(
            db.session(),
            response_id=alert.response_id,
            reason=OpeningReason(form.reason.data),
            words=form.words.data,
            by=person,
            is_danger=is_danger,
        )
        return redirect(url_for("staff.openings.look", opening_id=opening.id), 303)
    shown = page(
        "staff/openings/ask.html",
        alert=alert,
        form=form,
        rows=_asked(alert.response_id),
        reasons=REASONS,
        is_danger=is_danger,
    )
    return (shown, INVALID) if form.errors else shown


@blueprint.route("/<int:opening_id>/decide", methods=["GET", "POST"])
@access.requires(Permission.APPROVE_OPENING)
def decide(opening_id: int) -> Answer:
    """Agree or refuse; the words and the event stay unseen."""
    opening, form = _opening(opening_id), DecideForm()
    if not form.validate_on_submit():
        asker = accounts.find_by_id(db.session(), opening.asked_by)
        words = queries.open_words(db.session(), opening)
        return page("staff/openings/decide.html", opening=opening, asker=asker, words=words, form=form, reasons=REASONS)
    try:
        agreed = form.decision.data == "yes"
        operations.decide(db.session(), opening=opening, is_agreed=agreed, by=access.person())
        flash("Your decision is kept.")
    except OneselfNever as refusal:
        flash(str(refusal))
    return redirect(url_for("staff.openings.overview"), 303)


@blueprint.route("/<int:opening_id>", methods=["GET", "POST"])
@access.requires(Permission.ASK_FOR_OPENING)
def look(opening_id: int) -> Answer:
    """Show how one's own opening stands; asked by the button, which event it is about."""
    opening, form = _opening(opening_id), LookForm()
    if opening.asked_by != access.person().id:
        abort(404)
    shown: Shown | None = None
    if form.validate_on_submit():
        try:
            shown = operations.open_link(db.session(), opening=opening, by=access.person())
        except (NotOpen, NoLink) as refusal:
            return page("staff/openings/look.html", opening=opening, form=form, errors=[("", str(refusal))]), INVALID
    standing = opening.standing(clock.now())
    return page("staff/openings/look.html", opening=opening, form=form, shown=shown, standing=standing)


def _asked(response_id: str | None = None) -> list[dict[str, Any]]:
    """Return what the person signed in asked for, with its outcome in words and the colour of its tag."""
    now, rows = clock.now(), []
    for opening in queries.list_asked(db.session(), person_id=access.person().id, response_id=response_id):
        standing = opening.standing(now)
        rows.append({"opening": opening, "standing": standing, "outcome": OUTCOMES[standing]})
    return rows


def _opening(opening_id: int) -> Opening:
    try:
        return queries.get_opening(db.session(), opening_id)
    except NotFound:
        abort(404)
