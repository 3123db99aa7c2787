"""An advocate's tick: "I am worried", about the answers they have just helped somebody to send."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.responses import queries as responses
from feedback.responses import receipt_operations
from feedback.safeguarding import operations
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("worries", __name__, url_prefix="/worries")

INVALID, TOO_MANY = 422, 429
LONGEST_RECEIPT, LONGEST_NOTE = 40, 4000
LEVELS = {
    "2": "Somebody may come to harm",
    "3": "Somebody is in danger now: I am calling 999 or children's services as well",
}

PLACES.append(
    Place(
        "I am worried",
        "staff.worries.tell",
        Permission.ASSIST,
        "Put answers you helped with before the safeguarding lead.",
    )
)


class WorryForm(ComponentForm):
    """Which answers, how urgent, what the advocate saw."""

    code = StringField(
        "The receipt from the last page",
        filters=[tidy],
        validators=[InputRequired("Write the receipt"), AtMost(LONGEST_RECEIPT)],
    )
    level = RadioField(
        "How urgent is it?", choices=list(LEVELS.items()), validators=[InputRequired("Choose how urgent it is")]
    )
    note = TextAreaField(
        "What worries you?",
        description="What you saw and heard. Kept sealed, for the safeguarding lead.",
        filters=[tidy],
        validators=[InputRequired("Write what worries you"), AtMost(LONGEST_NOTE)],
    )
    submit = SubmitField("Tell the safeguarding lead")


@blueprint.route("/", methods=["GET", "POST"])
@access.requires(Permission.ASSIST)
def tell() -> str | Response | tuple[str, int]:
    """Take an advocate's worry; a wrong and an unknown receipt get the same answer, and tries are counted."""
    form = WorryForm()
    if not form.is_submitted():
        return _show(form)
    if not form.validate():
        return _show(form, form.sentences()), INVALID
    db.session().rollback()  # nothing is changed yet, and the count must outlive a refusal
    with db.database().transaction() as own:
        may_try = receipt_operations.count_try(own, address=request.remote_addr or "")
    if not may_try:
        return _show(form, [("code", "There were too many tries. Ring the safeguarding lead.")]), TOO_MANY
    found = responses.find_by_receipt(db.session(), form.code.data)
    if found is None:
        return _show(form, [("code", "We know no such receipt. Check each letter and number.")]), INVALID
    operations.raise_worry(
        db.session(), response_id=found.id, level=int(form.level.data), note=form.note.data, by=access.person()
    )
    flash("The safeguarding lead has been told. This is not a referral: follow your own procedure now.")
    return redirect(url_for("staff.worries.tell"), 303)


def _show(form: WorryForm, errors: list[tuple[str, str]] | None = None) -> str:
    numbers = settings.map_help_numbers(db.session())
    return page("staff/worries/tell.html", form=form, errors=errors or [], numbers=numbers)
