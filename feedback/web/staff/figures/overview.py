"""The manager's overview: five sentences, what to look at first, who answered, every question and theme."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import headlines, quotes, releases, wording
from feedback.web import access
from feedback.web.staff.figures.frame import blueprint, figures_page, release_of


@blueprint.get("/figures/")
@access.requires(Permission.READ_FIGURES)
def newest() -> Response:
    """Go to the running quarter."""
    return redirect(url_for("staff.figures.quarter", name=str(Quarter.current())))


@blueprint.get("/figures/<name>")
@access.requires(Permission.READ_FIGURES)
def quarter(name: str) -> str:
    """Show a quarter's release at a glance."""
    release = release_of(name)
    asked = Quarter.parse(name)
    with db.database().reading() as session:
        (_, before), _ = releases.list_latest(session, asked, 2)
        quoted = quotes.list_quotes(session, asked, release.figures)
    shown = release.figures
    return figures_page(
        "staff/figures/quarter.html",
        release,
        sentences=headlines.sentences(shown, frozen=release.is_frozen),
        pointers=[_linked(each, name) for each in headlines.look_first(shown, before)],
        constructs=[_construct_row(each, shown["responses"]["base"]) for each in shown["constructs"]],
        changes=[_change_row(each) for each in shown["constructs"]],
        theme_rows=[wording.theme_row(each) for each in shown["themes"]],
        quotes=quoted,
    )


def _linked(pointer: headlines.Pointer, name: str) -> dict[str, Any]:
    if pointer.kind == "themes":
        url = url_for("staff.figures.theme", name=name, theme=pointer.id)
    else:
        url = url_for("staff.figures.construct", name=name, construct=pointer.id)
    return {"name": pointer.name, "why": pointer.why, "sure": pointer.sure, "url": url}


def _construct_row(construct: dict[str, Any], base: int | None) -> dict[str, Any]:
    """Return a row of the chart: everybody's share favourable, in words that fit what may be shown."""
    row = wording.share_row(construct["name"] + wording.stands_on(construct, base), construct["everyone"]["favourable"])
    row |= {"measures": construct["measures"], "id": construct["id"]}
    return row | {"blocks": wording.blocks(construct), "unanswered": wording.unanswered(construct)}


def _change_row(construct: dict[str, Any]) -> list[str]:
    """Return a row of the comparison; only headline questions get a verdict in words."""
    before = wording.percent_words(construct["before"]) if construct["before"] else "no figures"
    verdict = wording.CHANGES[construct["change"]] if construct["id"] in headlines.HEADLINE else "not judged"
    return [construct["name"], before, wording.percent_words(construct["everyone"]["favourable"]), verdict]
