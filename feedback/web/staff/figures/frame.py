"""What every page of figures shares: the blueprint, the quarter asked for, its tabs, and the names of things."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session

from feedback import db, i18n
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import releases, wording, years
from feedback.reports.releases import Released
from feedback.settings import queries as settings
from feedback.web.staff.frame import PLACES, Place, named, page

blueprint = Blueprint("figures", __name__)

PLACES.append(
    Place(
        "Figures",
        "staff.figures.newest",
        Permission.READ_FIGURES,
        "What families said, quarter by quarter, in numbers nobody can be recognised in.",
    )
)

TABS = (
    ("overview", "staff.figures.quarter"),
    ("experience", "staff.figures.experience"),
    ("fairness", "staff.figures.fairness"),
    ("distance travelled", "staff.figures.distance"),
    ("evidence pack and files", "staff.figures.evidence_pack"),
)


def release_of(name: str) -> Released:
    """Return the newest release of the quarter that an address names; anything else is not found."""
    return releases.current(db.database(), named(Quarter, name))


def figures_page(template: str, release: Released, **context: Any) -> str:
    """Draw a page of one release, with its tabs and the other quarters."""
    with db.database().reading() as session:
        quarters = [str(each) for each in releases.list_quarters(session)]
        listed = [str(each) for each in years.list_years(session)]
        names = names_of(session)
    endpoint = str(request.endpoint)
    tabs = [
        {"label": label.capitalize(), "url": url_for(target, name=str(release.quarter)), "current": target == endpoint}
        for label, target in TABS
    ]
    return page(
        template,
        release=release,
        figures=release.figures,
        quarters=quarters,
        years=listed,
        tabs=tabs,
        names=names,
        wording=wording,
        **context,
    )


def names_of(session: Session) -> dict[str, str]:
    """Return what groups, kinds of event, services, languages and answers about oneself are called."""
    event_types = {each.code: each.name for each in settings.list_event_types(session)}
    services = {each.code: each.name for each in settings.list_services(session)}
    languages = {code: each.name for code, each in i18n.LANGUAGES.items()}
    return wording.VALUES | wording.COMPANY | languages | services | event_types | wording.GROUPS
