"""What the machine has learnt here, for administrators: versions of the themes model, learning another, going back.

Asks for a version and chooses one; the worker learns it. Shows figures and no words.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from feedback import db
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.analysis import theme_operations as operations
from feedback.analysis import theme_queries as queries
from feedback.analysis.models import ModelState, ThemeModel
from feedback.analysis.theme_operations import AskedAlready, NotUsable
from feedback.errors import NotFound
from feedback.text import corrections
from feedback.text.analyse import ENGINE
from feedback.text.training import UnusableLabels
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("learning", __name__, url_prefix="/engine/learning")

SHIPPED, LARGEST = 0, 2**31 - 1
STATES = {
    ModelState.ASKED: ("Asked for", "grey"),
    ModelState.LEARNING: ("Being learnt", "yellow"),
    ModelState.ACTIVE: ("In use", "green"),
    ModelState.KEPT: ("Kept", "blue"),
    ModelState.REFUSED: ("Refused", "orange"),
}

PLACES.append(
    Place(
        "What the machine has learnt",
        "staff.learning.versions",
        Permission.ADMINISTER,
        "Let it learn themes from what readers corrected, see whether that helped, and go back.",
    )
)


class ChoiceForm(ComponentForm):
    """Which version to take into use; 0 is the one that the service comes with."""

    number = IntegerField(validators=[InputRequired(), NumberRange(SHIPPED, LARGEST)])


@blueprint.get("/")
@access.requires(Permission.ADMINISTER)
def versions() -> str:
    """Show what is in use, what there is to learn from, and every version with its figures."""
    session = db.session()
    listed, active = queries.list_models(session), queries.find_active(session)
    number = queries.count_corrections(session)
    return page(
        "staff/learning/versions.html",
        in_use=queries.find_in_use(session),
        active=active,
        unfinished=queries.find_unfinished(session),
        number=number,
        missing=_missing(number),
        versions=[(version, _maker(version), *STATES[ModelState(version.state)]) for version in listed],
        usable=[each for each in listed if each.state == ModelState.KEPT and each.engine == ENGINE],
        judged=queries.count_findings(session),
        form=ComponentForm(formdata=None),
    )


@blueprint.post("/learn")
@access.requires(Permission.ADMINISTER)
def learn() -> Response:
    """Ask the worker for a new version."""
    if not ComponentForm().validate_on_submit():
        abort(400)
    try:
        version = operations.ask(db.session(), by=access.person())
    except (AskedAlready, UnusableLabels) as refusal:
        flash(str(refusal))
    else:
        flash(f"Version {version.number} will be learnt. Load this page again in a few minutes to see what came of it.")
    return redirect(url_for("staff.learning.versions"), 303)


@blueprint.post("/use")
@access.requires(Permission.ADMINISTER)
def use() -> Response:
    """Take a kept version into use again, or the one that the service comes with."""
    form = ChoiceForm()
    if not form.validate_on_submit():
        abort(400)
    number = form.number.data
    try:
        if number == SHIPPED:
            operations.use_shipped(db.session(), by=access.person())
        else:
            operations.use(db.session(), number=number, by=access.person())
    except NotFound:
        abort(404)
    except NotUsable as refusal:
        flash(str(refusal))
    else:
        name = "The model that the service comes with" if number == SHIPPED else f"Version {number}"
        flash(f"{name} judges what comes in from now on.")
    return redirect(url_for("staff.learning.versions"), 303)


def _missing(number: int) -> str:
    """Return the sentence that says what is missing, nothing when there is enough."""
    try:
        corrections.check_enough(number)
    except UnusableLabels as refusal:
        return str(refusal)
    return ""


def _maker(version: ThemeModel) -> str:
    """Return who asked for a version; nobody did for one learnt by the command or whose asker's account is gone."""
    person = accounts.find_by_id(db.session(), version.made_by)
    return person.email if person else "–"
