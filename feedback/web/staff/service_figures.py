"""Figures for whoever is limited to some services: of a final release, what is shown of these services, and no more.

Takes rows out of released tables and computes nothing: figures worked out for one reader could be subtracted from the
whole council's by another.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import releases, wording
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.staff.figures.frame import release_of
from feedback.web.staff.frame import PLACES, Place, named, page

blueprint = Blueprint("service_figures", __name__, url_prefix="/service-figures")

SPLIT = "event_type_service"

PLACES.append(
    Place(
        "Figures of my service",
        "staff.service_figures.newest",
        Permission.READ_SERVICE_FIGURES,
        "What families said about your service, quarter by quarter, in numbers nobody can be recognised in.",
    )
)


@blueprint.get("/")
@access.requires(Permission.READ_SERVICE_FIGURES)
def newest() -> Response:
    """Go to the newest quarter that may be final."""
    return redirect(url_for("staff.service_figures.quarter", name=str(releases.newest_settled())))


@blueprint.get("/<name>")
@access.requires(Permission.READ_SERVICE_FIGURES)
def quarter(name: str) -> str:
    """Show what a quarter's release says of the reader's services, question by question."""
    asked = named(Quarter, name)
    release, limits = release_of(name), access.person().services or []
    names = _names()
    return page(
        "staff/service_figures/quarter.html",
        quarter=asked,
        quarters=[str(each) for each in releases.list_quarters(db.session())],
        services=wording.listed([names.get(each, each) for each in limits]),
        is_frozen=release.is_frozen,
        tables=[(each["name"], _rows(each, limits, names)) for each in release.figures["constructs"]],
        wording=wording,
    )


def _rows(construct: dict[str, Any], limits: list[str], names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        wording.share_row(f"{names.get(part['event_type'])}: {names.get(part['service'])}", part["favourable"])
        for part in construct["splits"].get(SPLIT, [])
        if part["service"] in limits
    ]


def _names() -> dict[str, str]:
    services = {each.code: each.name for each in settings.list_services(db.session())}
    return services | {each.code: each.name for each in settings.list_event_types(db.session())}
