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
from feedback.reports.year import Year
from feedback.settings import queries as settings
from feedback.web.staff.frame import PLACES, Place, named, page
from feedback.web.staff.frame import blueprint as staff

blueprint = Blueprint("figures", __name__)

ACCEPTED = 202
LOOK_AGAIN_SECONDS, MOST_LOOKS = 20, 15
"""A page that waits for the worker looks again this often: five minutes in all."""

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


class BeingCounted(Exception):
    """There are no figures yet: the worker is counting them, which takes longer than a page may."""

    def __init__(self, period: Quarter | Year) -> None:
        super().__init__(str(period))
        self.period = period


@staff.errorhandler(BeingCounted)
def being_counted(waits: BeingCounted) -> tuple[str, int, dict[str, str]]:
    """Say that the figures are being counted, and look again by itself, but not for ever: that keeps a session open."""
    looks = request.args.get("looks", 0, type=int)
    is_late = looks >= MOST_LOOKS
    again = {} if is_late else {"Refresh": f"{LOOK_AGAIN_SECONDS}; url={request.path}?looks={looks + 1}"}
    return page("staff/figures/counting.html", period=waits.period, is_late=is_late), ACCEPTED, again


def release_of(name: str) -> Released:
    """Return the newest release of the quarter that an address names; anything else is not found.

    Raise BeingCounted while there is none that could be shown at once.
    """
    quarter = named(Quarter, name)
    release = releases.at_once(db.database(), quarter)
    if release is None:
        raise BeingCounted(quarter)
    return release


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
