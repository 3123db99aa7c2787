"""Experience question by question, fairness one split at a time, and distance travelled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.reports import code_book, figures, wording
from feedback.reports.disclosure.rules import COUNT_STEP
from feedback.web import access
from feedback.web.staff.figures.frame import blueprint, figures_page, names_of, release_of

FIRST_SPLIT = "ethnic_group"


@blueprint.get("/figures/<name>/experience")
@access.requires(Permission.READ_FIGURES)
def experience(name: str) -> str:
    """Show every question by group."""
    release = release_of(name)
    tables = [
        {"id": each["id"], "name": each["name"], "measures": each["measures"], "rows": _beside(each, each["groups"])}
        for each in release.figures["constructs"]
    ]
    return figures_page("staff/figures/experience.html", release, tables=tables)


@blueprint.get("/figures/<name>/experience/<construct>")
@access.requires(Permission.READ_FIGURES)
def construct(name: str, construct: str) -> str:
    """Show one question: every answer, by group, kind of event, both, and service."""
    if construct not in code_book.constructs():
        abort(404)
    release = release_of(name)
    found = next(each for each in release.figures["constructs"] if each["id"] == construct)
    splits, names = found["splits"], _names()
    return figures_page(
        "staff/figures/construct.html",
        release,
        construct=found,
        everyone=wording.share_row("Everybody", found["everyone"]["favourable"]),
        by_group=_beside(found, found["groups"])[1:],
        by_event=_rows(splits.get("event_type", []), names),
        by_both=_rows(splits.get("group_event_type", []), names, "group", "event_type"),
        by_service=_rows(splits.get("event_type_service", []), names, "service", "event_type"),
    )


@blueprint.get("/figures/<name>/fairness")
@access.requires(Permission.READ_FIGURES)
def fairness(name: str) -> Response:
    """Go to the first split; there is never more than one on a page."""
    return redirect(url_for("staff.figures.fairness_by", name=name, split=FIRST_SPLIT))


@blueprint.get("/figures/<name>/fairness/<split>")
@access.requires(Permission.READ_FIGURES)
def fairness_by(name: str, split: str) -> str:
    """Show every question by one equality split, within each group that was asked about it."""
    if split not in wording.SPLITS:
        abort(404)
    release, names = release_of(name), _names()
    tables = [
        {"name": each["name"], "rows": _rows(each["splits"].get(f"group_{split}", []), names, "group", split)}
        for each in release.figures["constructs"]
    ]
    return figures_page("staff/figures/fairness.html", release, split=split, tables=tables)


@blueprint.get("/figures/<name>/distance")
@access.requires(Permission.READ_FIGURES)
def distance(name: str) -> str:
    """Show how many were better, the same or worse off at the end than at the start: pairs only."""
    release = release_of(name)
    areas = [_area(each) for each in release.figures["journeys"]["areas"]]
    return figures_page("staff/figures/distance.html", release, areas=areas)


def _beside(found: dict[str, Any], groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    everyone = wording.share_row("Everybody", found["everyone"]["favourable"])
    return [everyone, *(wording.share_row(wording.GROUPS[each["id"]], each["favourable"]) for each in groups)]


def _rows(parts: Iterable[dict[str, Any]], names: dict[str, str], *variables: str) -> list[dict[str, Any]]:
    """Return one row a part, named by its values."""
    keys = variables or ("id",)
    return [
        wording.share_row(": ".join(names.get(each[key], each[key]) for key in keys), each["favourable"])
        for each in parts
    ]


def _area(area: dict[str, Any]) -> dict[str, Any]:
    """Return one area of the ladder: better or not as a bar; each way in percent and about how many people that is."""
    shown = area["favourable"]
    blocks = [
        (
            " or ".join(wording.MOVES[state] for state in block["states"]),
            block["percent"],
            figures.round_half_up(block["percent"] * (shown["base"] or 0) / 100, COUNT_STEP),
        )
        for block in area["blocks"]
    ]
    return wording.share_row(wording.AREAS.get(area["id"], area["id"]), shown) | {"blocks": blocks}


def _names() -> dict[str, str]:
    with db.database().reading() as session:
        return names_of(session)
