"""The manager's quarter: released figures as words, tables and bars. Sees releases and nothing else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import quotes, releases, wording
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("figures", __name__)

PLACES.append(
    Place(
        "Figures",
        "staff.figures.newest",
        Permission.READ_FIGURES,
        "What families said, quarter by quarter, in numbers nobody can be recognised in.",
    )
)


@blueprint.get("/figures/")
@access.requires(Permission.READ_FIGURES)
def newest() -> Response:
    """Go to the running quarter."""
    return redirect(url_for("staff.figures.quarter", name=str(Quarter.current())))


@blueprint.get("/figures/<name>")
@access.requires(Permission.READ_FIGURES)
def quarter(name: str) -> str:
    """Show a quarter's release."""
    try:
        asked = Quarter.parse(name)
    except ValueError:
        abort(404)
    release = releases.current(db.database(), asked)
    with db.database().reading() as session:
        quarters = [str(each) for each in releases.list_quarters(session)]
        quoted = quotes.list_quotes(session, asked, release.figures["responses"])
        event_types = {each.code: each.name for each in settings.list_event_types(session)}
    names = wording.GROUPS | event_types | {code: each.name for code, each in i18n.LANGUAGES.items()}
    constructs = release.figures["constructs"]
    return page(
        "staff/figures/quarter.html",
        release=release,
        figures=release.figures,
        quarters=quarters,
        names=names,
        constructs=[_construct_row(each) for each in constructs],
        changes=[[each["name"], wording.CHANGES[each["change"]]] for each in constructs],
        groups=[_group_rows(each) for each in constructs],
        theme_rows=[wording.theme_row(each) for each in release.figures["themes"]],
        quotes=quoted,
        wording=wording,
    )


def _construct_row(construct: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the chart: everybody's share favourable, in words that fit what may be shown."""
    shown = construct["everyone"]["favourable"]
    row = wording.share_row(construct["name"], shown) | {"measures": construct["measures"]}
    row["blocks"] = wording.blocks(construct)
    row["unanswered"] = wording.unanswered(construct)
    return row


def _group_rows(construct: dict[str, Any]) -> dict[str, Any]:
    rows = [wording.share_row(wording.GROUPS[each["id"]], each["favourable"]) for each in construct["groups"]]
    return {"name": construct["name"], "rows": rows}
