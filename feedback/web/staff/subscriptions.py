"""Reports by e-mail: how often somebody is told that there are figures. The letter holds a link and no figure."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, SubmitField

from feedback import db
from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.subscriptions import operations, queries
from feedback.subscriptions.models import Rhythm
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("subscriptions", __name__, url_prefix="/reports-by-e-mail")

NEVER = ""
RHYTHMS = {
    NEVER: "Never",
    Rhythm.MONTHLY: "Every month: the running quarter",
    Rhythm.QUARTERLY: "Every quarter, when its figures are final",
}
CHOICES = [(str(value), label) for value, label in RHYTHMS.items()]

PLACES.append(
    Place(
        "Reports by e-mail",
        "staff.subscriptions.mine",
        Permission.READ_FIGURES,
        "Choose how often you are told that there are figures to read.",
    )
)
PLACES.append(
    Place(
        "Who gets reports",
        "staff.subscriptions.everybody",
        Permission.ADMINISTER,
        "Choose who is told by e-mail, each month or quarter, that there are figures to read.",
    )
)


class RhythmForm(ComponentForm):
    """How often."""

    rhythm = RadioField("How often", choices=CHOICES)
    submit = SubmitField("Save")

    def chosen(self) -> Rhythm | None:
        """Return the rhythm, None for never."""
        return Rhythm(self.rhythm.data) if self.rhythm.data else None


class ReaderForm(RhythmForm):
    """How often, in one line of a list."""

    rhythm = SelectField("How often", choices=CHOICES)


@blueprint.route("/", methods=["GET", "POST"])
@access.requires(Permission.READ_FIGURES)
def mine() -> str | Response:
    """Choose for oneself."""
    me = access.person()
    form = RhythmForm(rhythm=str(queries.find_rhythm(db.session(), me.id) or NEVER))
    if form.validate_on_submit():
        operations.subscribe(db.session(), person=me, rhythm=form.chosen(), by=me)
        flash("Saved.")
        return redirect(url_for("staff.subscriptions.mine"), 303)
    return page("staff/subscriptions/mine.html", form=form, address=me.email)


@blueprint.get("/everybody")
@access.requires(Permission.ADMINISTER)
def everybody() -> str:
    """List everybody who may read figures, each with a form of their own."""
    readers = [
        (person, ReaderForm(formdata=None, rhythm=str(rhythm or NEVER), prefix=f"p{person.id}"))
        for person, rhythm in queries.list_readers(db.session())
    ]
    return page("staff/subscriptions/everybody.html", readers=readers)


@blueprint.post("/everybody/<int:person_id>")
@access.requires(Permission.ADMINISTER)
def change(person_id: int) -> Response:
    """Choose for somebody who may read figures."""
    reader = _reader(person_id)
    form = ReaderForm(prefix=f"p{person_id}")
    if not form.validate_on_submit():
        abort(400)
    operations.subscribe(db.session(), person=reader, rhythm=form.chosen(), by=access.person())
    flash(f"{reader.email}: {RHYTHMS[form.rhythm.data]}.")
    return redirect(url_for("staff.subscriptions.everybody"), 303)


def _reader(person_id: int) -> Person:
    try:
        person = accounts.get_person(db.session(), person_id)
    except NotFound:
        abort(404)
    if Permission.READ_FIGURES not in accounts.permissions_of(person):
        abort(404)
    return person
