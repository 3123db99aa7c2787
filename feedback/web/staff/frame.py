"""The frame of every staff page: the blueprint, the navigation, and `page()` that draws a template in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports.year import Year
from feedback.web import access

PeriodT = TypeVar("PeriodT", Quarter, Year)

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


class Place(NamedTuple):
    """One entry of the navigation and of the home page; `waiting` says how much waits there."""

    label: str
    endpoint: str
    permission: Permission
    sentence: str
    waiting: Callable[[], int] | None = None


PLACES: list[Place] = []
"""Every place of the staff side, in the order shown; each part adds its own when it is imported."""


def places() -> list[Place]:
    """Return the places that the person signed in may go to."""
    return [place for place in PLACES if access.may(place.permission)]


def page(template: str, **context: Any) -> str:
    """Draw a staff page. Its `data-page` is its endpoint without `staff.`."""
    name = str(request.endpoint).removeprefix("staff.")
    return render_template(template, page=name, audience="staff", **context)


def named(period: type[PeriodT], name: str) -> PeriodT:
    """Return the quarter or year that an address names; anything else is not found."""
    try:
        return period.parse(name)
    except ValueError:
        abort(404)


@blueprint.context_processor
def _frame() -> dict[str, Any]:
    """Tell the layout of a staff page who is signed in and where they may go."""
    frame: dict[str, Any] = {"demonstration": current_app.config["SETTINGS"].demo, "csrf_token": generate_csrf}
    if not current_user.is_authenticated:
        return frame
    start = {"label": "Start", "url": url_for("staff.home.start"), "current": request.endpoint == "staff.home.start"}
    here = _place_of(str(request.endpoint))
    listed = [
        {
            "label": place.label,
            "url": url_for(place.endpoint),
            "current": place == here,
            "count": place.waiting() if place.waiting else 0,
        }
        for place in places()
    ]
    idle = {
        "idle_minutes": access.IDLE_SECONDS // 60,
        "extend_url": url_for("staff.home.still_here"),
        "idle_box": "staff/_idle.html",
    }
    return frame | idle | {"navigation": [start, *listed], "signed_in_as": access.person().email}


def _place_of(endpoint: str) -> Place | None:
    """Return the place a page belongs to: its own, else that of its part."""
    own = [place for place in PLACES if place.endpoint == endpoint]
    part = endpoint.rpartition(".")[0]
    return next(iter(own or [place for place in PLACES if place.endpoint.rpartition(".")[0] == part]), None)
