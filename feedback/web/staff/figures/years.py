"""The council's year: four fixed quarters together."""

from __future__ import annotations

from flask import abort

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.reports import wording, years
from feedback.reports.year import Year
from feedback.web import access
from feedback.web.staff.figures.frame import BeingCounted, blueprint
from feedback.web.staff.frame import named, page


@blueprint.get("/figures/years/<name>")
@access.requires(Permission.READ_FIGURES)
def year(name: str) -> str:
    """Show a year's release; one that is not over yet is not found."""
    asked = named(Year, name)
    with db.database().reading() as session:
        if years.is_settled(asked) and not years.are_quarters_there(session, asked):
            raise BeingCounted(asked)
    release = years.current(db.database(), asked) or abort(404)
    rows = [wording.share_row(each["name"], each["everyone"]["favourable"]) for each in release.figures["constructs"]]
    return page("staff/figures/year.html", release=release, figures=release.figures, rows=rows, wording=wording)
