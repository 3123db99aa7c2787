"""Signing in and out, the second factor, one's own password."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts import attempts, datastore, operations, queries
from feedback.accounts.attempts import MustWait, Refused
from feedback.accounts.models import Person
from feedback.accounts.passwords import TooBusy, WeakPassword
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import LONDON
from feedback.web import access
from feedback.web.staff.account_forms import CodeForm, PasswordForm, RecoveryCodesForm, SignInForm, SignOutForm
from feedback.web.staff.frame import page

blueprint = Blueprint("account", __name__)

INVALID, WAIT = 422, 429
PENDING, SECRET = "pending", "second_factor"
PENDING_SECONDS = 10 * 60
"""How long a right password waits for its second factor."""

Answer = str | Response | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.open_to_all
def sign_in() -> Answer:
    """Take an address and a password; where a second factor is due, go on to it."""
    if current_user.is_authenticated:
        return redirect(url_for("staff.home.start"), 303)
    form = SignInForm(next=_safe(request.args.get("next")))
    if not form.validate_on_submit():
        return page("staff/account/sign_in.html", form=form), INVALID if request.method == "POST" else 200
    db.session().rollback()  # an old cookie may have been looked up; no lock is held while a password is hashed
    try:
        person_id = attempts.try_password(
            db.database(),
            email=form.email.data,
            password=form.password.data,
            allow_demo=current_app.config["SETTINGS"].demo,
        )
    except (Refused, MustWait, TooBusy) as refusal:
        return _refused("staff/account/sign_in.html", refusal, form=form)
    person = queries.get_person(db.session(), person_id)
    if not (queries.has_second_factor(person) or access.must_set_second_factor(person)):
        return _enter(person, form.next.data)
    session.clear()
    session[PENDING] = [person.fs_uniquifier, int(time.time()), _safe(form.next.data)]
    way = "second_factor" if queries.has_second_factor(person) else "set_second_factor"
    return redirect(url_for(f"staff.account.{way}"), 303)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@access.open_to_all
def second_factor() -> Answer:
    """Take a code from the authenticator, or a recovery code."""
    person = _pending()
    if person is None or not queries.has_second_factor(person):
        return redirect(url_for("staff.account.sign_in"), 303)
    form = CodeForm()
    if not form.validate_on_submit():
        return page("staff/account/second_factor.html", form=form), INVALID if request.method == "POST" else 200
    secret = person.tf_totp_secret or ""
    code = form.code.data

    try:
        attempts.try_code(
            db.database(),
            db.session(),
            person=person,
            check=lambda: datastore.fits(person, code, secret) or datastore.spend_recovery_code(person, code),
        )
    except (Refused, MustWait) as refusal:
        return _refused("staff/account/second_factor.html", refusal, form=form)
    return _enter(person, session[PENDING][2])


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@access.open_to_all
def set_second_factor() -> Answer:
    """Set up an authenticator: with a right password and a role that needs one, nothing else opens before it."""
    person = _pending()
    if person is None or queries.has_second_factor(person):
        return redirect(url_for("staff.account.sign_in"), 303)
    form = CodeForm()
    secret = session.setdefault(SECRET, datastore.new_secret())
    drawing, key = datastore.drawing(person, secret)
    shown: dict[str, Any] = {"form": form, "drawing": drawing, "key": key}
    if not form.validate_on_submit():
        return page("staff/account/set_second_factor.html", **shown), INVALID if request.method == "POST" else 200
    try:
        attempts.try_code(
            db.database(), db.session(), person=person, check=lambda: datastore.fits(person, form.code.data, secret)
        )
    except (Refused, MustWait) as refusal:
        return _refused("staff/account/set_second_factor.html", refusal, **shown)
    datastore.set_second_factor(person, secret)
    audit.record(db.session(), Action.SECOND_FACTOR_SET, by=person.actor, person=person.id)
    return _enter(person, url_for("staff.account.recovery_codes"))


@blueprint.route("/recovery-codes", methods=["GET", "POST"])
@access.signed_in
def recovery_codes() -> Answer:
    """Make recovery codes for a lost phone and show them this once; the old ones end."""
    form, person = RecoveryCodesForm(), access.person()
    codes: list[str] = []
    if queries.has_second_factor(person) and form.validate_on_submit():
        codes = datastore.new_recovery_codes(person)
        audit.record(db.session(), Action.RECOVERY_CODES_MADE, by=person.actor, person=person.id)
    return page("staff/account/recovery_codes.html", form=form, codes=codes, has=queries.has_second_factor(person))


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End the session."""
    if SignOutForm().validate():
        person = access.person()
        audit.record(db.session(), Action.SIGNED_OUT, by=person.actor, person=person.id)
        datastore.end_session()
    return redirect(url_for("staff.account.sign_in"), 303)


@blueprint.route("/password", methods=["GET", "POST"])
@access.signed_in
def password() -> Answer:
    """Choose another password; the one that came with the account has to be changed first of all."""
    form, person = PasswordForm(), access.person()
    shown = {"form": form, "is_temporary": person.password_is_temporary}
    if not form.validate_on_submit():
        return page("staff/account/password.html", **shown), INVALID if request.method == "POST" else 200
    email = person.email
    db.session().rollback()  # nothing is written yet, and no lock is held while a password is hashed
    try:
        attempts.try_password(db.database(), email=email, password=form.present.data, allow_demo=True)
        operations.change_password(db.session(), person=person, password=form.new.data)
    except (Refused, MustWait, TooBusy, WeakPassword) as refusal:
        return _refused("staff/account/password.html", refusal, **shown)
    datastore.start_session(person)
    flash("Your password has been changed. Other browsers where you were signed in have been signed out.")
    return redirect(url_for("staff.home.start"), 303)


def _pending() -> Person | None:
    """Return whose password was right a moment ago."""
    uniquifier, at, _next = session.get(PENDING) or ("", 0, "")
    if time.time() - at > PENDING_SECONDS:
        return None
    return queries.find_by_session(db.session(), uniquifier)


def _enter(person: Person, wanted: str | None) -> Response:
    """Start the session, leave a line, and go where the person wanted to go."""
    db.will_write()
    operations.forget_refusals(db.session(), email=person.email)
    audit.record(db.session(), Action.SIGNED_IN, by=person.actor, person=person.id)
    datastore.start_session(person)
    return redirect(_safe(wanted) or url_for("staff.home.start"), 303)


def _refused(template: str, refusal: Exception, *, form: Any, **shown: Any) -> tuple[str, int]:
    """Say that it did not work, and nothing about why, except for how long to wait."""
    sentence = str(refusal)
    if isinstance(refusal, MustWait):
        sentence = f"There were too many tries. Try again after {refusal.until.astimezone(LONDON):%H:%M}."
    elif isinstance(refusal, Refused):
        sentence = form.refusal
    status = WAIT if isinstance(refusal, MustWait | TooBusy) else INVALID
    return page(template, form=form, **shown, errors=[("", sentence)]), status


def _safe(wanted: str | None) -> str:
    """Return an address within the staff side, or nothing: a sign-in must not lead elsewhere."""
    parts = urlsplit(wanted or "")
    inside = not parts.scheme and not parts.netloc and parts.path.startswith(("/staff/", "/advocate/", "/kit/"))
    return wanted or "" if inside and "\\" not in parts.path else ""
