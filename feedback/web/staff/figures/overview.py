"""The manager's overview: five sentences, what to look at first, who answered, every question and theme."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import headlines, participation, quotes, releases, wording
from feedback.web import access
from feedback.web.staff.figures.frame import blueprint, figures_page, release_of

QUOTES = 4
"""Quotes on the overview; the others are on the pages of their themes."""


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
        theme_rows=[_theme_row(each, name) for each in shown["themes"]],
        tone_rows=[wording.theme_row(each)[:-1] for each in shown["themes"]] if release.is_frozen else [],
        quotes=quoted[:QUOTES],
        told=_told(participation.current(db.database(), asked)),
    )


def _linked(pointer: headlines.Pointer, name: str) -> dict[str, Any]:
    if pointer.kind == "themes":
        url = url_for("staff.figures.theme", name=name, theme=pointer.id)
    else:
        url = url_for("staff.figures.construct", name=name, construct=pointer.id)
    return {"name": pointer.name, "why": pointer.why, "sure": pointer.sure, "url": url}


def _told(figures: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return how many of each group staff told about their event: who was never asked cannot have answered."""
    measures = figures["measures"] if figures else []
    parts = [part for each in measures if each["id"] == "told" for part in each["splits"]["group"]]
    return [wording.share_row(wording.GROUPS[part["group"]], part["share"]) for part in parts]


def _theme_row(theme: dict[str, Any], name: str) -> list[str]:
    """Return a row of the table of themes: its name as a link to its page, people, unhappy people, how often picked."""
    url = url_for("staff.figures.theme", name=name, theme=theme["id"])
    link = Markup('<a class="govuk-link" href="{}">{}</a>').format(url, theme["name"])
    return [link, *map(wording.count, (theme["people"], theme["tones"]["negative"]["value"], theme["picked"]))]


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
