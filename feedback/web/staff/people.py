"""People: who may sign in, with which roles. A password is shown once, to whoever makes the account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectMultipleField, StringField, SubmitField
from wtforms.validators import InputRequired

from feedback import db
from feedback.accounts import operations, passwords, queries
from feedback.accounts.models import Person
from feedback.accounts.operations import AlreadyThere, NotAnAddress, RolesForbidden
from feedback.accounts.passwords import TooBusy
from feedback.accounts.permissions import Permission, Role
from feedback.errors import NotFound
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("people", __name__, url_prefix="/people")

INVALID, LONGEST = 422, 254
ROLES = {
    Role.READER: "Reader: reads what families write",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead: acts on alerts, may ask for an opening",
    Role.SECOND_APPROVER: "Second approver: agrees to openings",
    Role.MANAGER: "Manager: figures, quotes, improvements",
    Role.ADVOCATE: "Advocate: helps children to answer",
    Role.ADMINISTRATOR: "Administrator: people, events, settings",
    Role.AUDITOR: "Auditor: the audit log",
}
DO_ANEW, DO_CLOSE = "anew", "close"
Answer = str | Response | tuple[str, int]

PLACES.append(Place("People", "staff.people.people", Permission.ADMINISTER, "Say who may sign in, and in which role."))


class RolesForm(ComponentForm):
    """Somebody's roles, or one of the two other things that can be done to an account."""

    roles = SelectMultipleField("Roles", choices=[(str(role), label) for role, label in ROLES.items()])
    services = SelectMultipleField("Figures of these services only")
    action = StringField()
    submit = SubmitField("Save the roles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services.choices = [(each.code, each.name) for each in settings.list_services(db.session())]


class PersonForm(RolesForm):
    """A new account."""

    email = EmailField(
        "E-mail address", filters=[tidy], validators=[InputRequired("Enter an address"), AtMost(LONGEST)]
    )
    submit = SubmitField("Add this person")


@blueprint.route("/", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def people() -> Answer:
    """List who may sign in, and add somebody with a password that is shown this once."""
    form, password = PersonForm(), ""
    wrong: list[tuple[str, str]] = []
    if form.validate_on_submit():
        password = passwords.invented()
        try:
            operations.add_person(
                db.session(),
                email=form.email.data,
                roles=[Role(role) for role in form.roles.data],
                password=password,
                by=access.person().actor,
                is_temporary=True,
            )
        except (AlreadyThere, NotAnAddress, RolesForbidden, TooBusy) as refusal:
            wrong = [("email" if isinstance(refusal, AlreadyThere | NotAnAddress) else "roles", str(refusal))]
    shown = page(
        "staff/people/people.html",
        form=form,
        listed=[(each, sorted(queries.roles_of(each))) for each in queries.list_people(db.session())],
        password="" if wrong else password,
        errors=wrong or form.sentences(),
    )
    return (shown, INVALID) if wrong or form.errors else shown


@blueprint.route("/<int:person_id>", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def person(person_id: int) -> Answer:
    """Show an account; give it other roles, a new start, or close it."""
    found = _person(person_id)
    if request.method == "GET":
        held = {"roles": sorted(queries.roles_of(found)), "services": found.services or []}
        return _show(found, RolesForm(data=held))
    form, by = RolesForm(), access.person().actor
    if not form.validate() or found.id == access.person().id:
        return _show(found, form, [("", "Somebody else has to change your own account.")]), INVALID
    if form.action.data == DO_CLOSE:
        operations.deactivate(db.session(), person=found, by=by)
        flash("The account is closed, and its sessions have ended.")
    elif form.action.data == DO_ANEW:
        password = passwords.invented()
        operations.start_anew(db.session(), person=found, password=password, by=by)
        return _show(found, form, password=password)
    else:
        try:
            roles, services = [Role(role) for role in form.roles.data], form.services.data or []
            operations.change_roles(db.session(), person=found, roles=roles, by=by, services=services)
        except RolesForbidden as refusal:
            return _show(found, form, [("roles", str(refusal))]), INVALID
        flash("The roles are saved. The person has to sign in again.")
    return redirect(url_for("staff.people.person", person_id=found.id), 303)


def _show(found: Person, form: RolesForm, errors: list[tuple[str, str]] | None = None, password: str = "") -> str:
    return page("staff/people/person.html", person=found, form=form, errors=errors or [], password=password)


def _person(person_id: int) -> Person:
    try:
        return queries.get_person(db.session(), person_id)
    except NotFound:
        abort(404)
