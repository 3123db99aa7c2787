"""Who is signed in, and what they may open. A page of the signed-in sides that declares nothing opens to nobody.

A page says what it needs by `requires(Permission.X)`, by `signed_in` (anybody with an account), or by `open_to_all`
(the way in). A refusal leaves an audit line.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import structlog
from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts import queries
from feedback.accounts.datastore import end_session
from feedback.accounts.models import Person
from feedback.accounts.permissions import Permission
from feedback.audit import operations as audit
from feedback.audit.actions import Action

IDLE_SECONDS = 30 * 60
"""A screen left alone with children's words on it closes after half an hour."""

View = TypeVar("View", bound=Callable[..., Any])
log = structlog.get_logger()


class Need(NamedTuple):
    """What a page asks of its reader: a permission, an account, or nothing; `writes` marks a GET that leaves a line."""

    permission: Permission | None
    account: bool = True
    writes: bool = False


def requires(permission: Permission, *, writes: bool = False) -> Callable[[View], View]:
    """Open a page to people with a permission; `writes` for a page whose very showing leaves an audit line."""
    return _declare(Need(permission, writes=writes))


def signed_in(view: View) -> View:
    """Open a page to everybody with an account."""
    return _declare(Need(None))(view)


def open_to_all(view: View) -> View:
    """Open a page without an account: the way in."""
    return _declare(Need(None, account=False))(view)


def _declare(need: Need) -> Callable[[View], View]:
    def _declared(view: View) -> View:
        view.need = need  # type: ignore[attr-defined]
        return view

    return _declared


def need_of(view: Callable[..., Any]) -> Need | None:
    """Return what a view declares; None means that it is closed."""
    return cast("Need | None", getattr(view, "need", None))


def close(blueprint: Blueprint) -> None:
    """Close a blueprint, with everything inside it, to whoever a page has not been opened to."""
    blueprint.before_request(_guard)


def person() -> Person:
    """Return who is signed in; only for pages that need an account."""
    return cast("Person", current_user._get_current_object())  # noqa: SLF001 - what stands behind the proxy


def may(permission: Permission) -> bool:
    """Whether the person signed in has a permission."""
    if "permissions" not in g:
        g.permissions = queries.permissions_of(person())
    return permission in g.permissions


def must_set_second_factor(someone: Person) -> bool:
    """Whether a person has to set up a second factor before they see anything (never in the demonstration)."""
    demonstration = current_app.config["SETTINGS"].demo
    return not demonstration and queries.must_have_second_factor(someone) and not queries.has_second_factor(someone)


def _guard() -> Response | None:
    """Let a request through, send it to the way in, or refuse it."""
    need = need_of(current_app.view_functions[str(request.endpoint)])
    if need and not need.account:
        return None
    if need and need.writes:
        db.will_write()
    if not current_user.is_authenticated or _has_left():
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("staff.account.sign_in", next=here), 303)
    if must_set_second_factor(person()):
        # A role was given while they were signed in: through the way in again.
        end_session()
        return redirect(url_for("staff.account.sign_in"), 303)
    if person().password_is_temporary and request.endpoint not in {"staff.account.password", "staff.account.sign_out"}:
        return redirect(url_for("staff.account.password"), 303)
    if need is None or (need.permission and not may(need.permission)):
        refuse()
    return None


def _has_left() -> bool:
    """Sign out whoever has done nothing for half an hour; return whether that was so."""
    now = int(time.time())
    if now - session.get("seen", now) > IDLE_SECONDS:
        end_session()
        return True
    session["seen"] = now
    return False


def refuse() -> None:
    """Refuse this request to the person signed in, with an audit line that survives the roll-back."""
    by, endpoint = person().actor, str(request.endpoint)
    db.session().rollback()
    with db.database().transaction() as own:
        audit.record(own, Action.ACCESS_REFUSED, by=by, endpoint=endpoint)
    log.warning("access_refused", endpoint=endpoint, by=by)
    abort(403)
