"""Who was asked, and whom did we never ask: released figures on participation, and nothing else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import cards, participation, reach, releases, wording
from feedback.reports.participation import ASKED_THEMSELVES
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.staff.event_forms import REASONS
from feedback.web.staff.frame import PLACES, Place, named, page

blueprint = Blueprint("participation", __name__, url_prefix="/participation")

QUARTERS = 8
MORE = "more than are recorded"
SAID_BELOW = 95
"""Told less often than this (percent), a group stands on the list of those to be asked first."""

PLACES.append(
    Place(
        "Who was asked",
        "staff.participation.newest",
        Permission.READ_FIGURES,
        "See who was told, offered an advocate, came and took part, and whom nobody asked.",
    )
)


@blueprint.get("/")
@access.requires(Permission.READ_FIGURES)
def newest() -> Response:
    """Go to the newest quarter that has settled."""
    return redirect(url_for("staff.participation.quarter", name=str(releases.newest_settled())))


@blueprint.get("/<name>")
@access.requires(Permission.READ_FIGURES)
def quarter(name: str) -> str:
    """Show a quarter's participation."""
    asked = named(Quarter, name)
    figures = participation.current(db.database(), asked)
    release, names = releases.find_latest(db.session(), asked), _names()
    released = release.figures if release else None
    return page(
        "staff/participation/quarter.html",
        quarter=asked,
        quarters=[str(Quarter.current().shifted(-back)) for back in range(1, QUARTERS + 1)],
        figures=figures,
        names=names,
        measures=[_measure(each, names) for each in figures["measures"]] if figures else [],
        least=_least(figures, names) if figures else [],
        answered=_answered(figures, released, names) if figures and released else [],
        said=_said(figures, released) if figures and released else [],
        cards=_cards(figures, released, names) if figures else [],
        reasons=[[REASONS[each["id"]], _shown(each)] for each in figures["reasons"]] if figures else [],
        unrecorded=[[names[each["id"]], _shown(each)] for each in figures["unrecorded"]] if figures else [],
    )


def _names() -> dict[str, str]:
    event_types = {each.code: each.name for each in settings.list_event_types(db.session())}
    return wording.GROUPS | event_types


def _measure(measure: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return one measure's charts: everybody, then each split."""
    return {
        "name": reach.MEASURES[measure["id"]],
        "everyone": [wording.share_row("Everybody", measure["everyone"])],
        "splits": [
            (
                label,
                [
                    wording.share_row(reach.label(part, names), part["share"])
                    for part in measure["splits"].get(split, [])
                ],
            )
            for split, label in reach.SPLITS.items()
        ],
    }


def _answered(figures: dict[str, Any], released: dict[str, Any], names: dict[str, str]) -> list[list[str]]:
    """Return how many answered this service's questions beside how many could have, where both are released."""
    told: dict[str, Any] = next((each["splits"] for each in figures["measures"] if each["id"] == "told"), {})
    rows = []
    for split in reach.SPLITS:
        counted = participation.answered(released, split)
        for part in told.get(split, []) if split not in ASKED_THEMSELVES else ():
            could = part["share"]["base"]
            number = counted.get(frozenset((name, value) for name, value in part.items() if name != "share"))
            if could and number:
                rows.append([reach.label(part, names), str(could), str(number), _about(number, could)])
    return rows


def _said(figures: dict[str, Any], released: dict[str, Any]) -> list[list[str]]:
    """Return the same by what people say of themselves, without children, who are not asked about it."""
    rows = []
    for split, parts in figures.get("could_say", {}).items():
        counted = participation.answered(released, split)
        for part in parts:
            number = counted.get(frozenset({(split, part["id"])}))
            if part["value"] and number:
                label = reach.PARTS[split].get(part["id"], part["id"])
                rows.append([label, str(part["value"]), str(number), _at_least(number, part["value"])])
    return rows


def _cards(figures: dict[str, Any], released: dict[str, Any] | None, names: dict[str, str]) -> list[list[str]]:
    """Return how many answers came with a card beside how many cards were made, where both may be shown."""
    came = (released or {}).get("cards")
    pairs = cards.beside_each_other(figures.get("cards", {}), came) if came else []
    return [[names.get(name, name), str(made), str(number), _about(number, made)] for name, made, number in pairs]


def _about(number: int, could: int) -> str:
    """Return a rate of two rounded numbers, to the nearest 5."""
    return f"about {5 * round(20 * number / could)}%" if number <= could else MORE


def _at_least(number: int, could: int) -> str:
    """Return a rate that may be higher, for others may have left the question blank."""
    return f"at least {_about(number, could)}" if number <= could else MORE


def _least(figures: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return those told least often, the least first: the answer to "whom did we never ask?"."""
    told = next((each for each in figures["measures"] if each["id"] == "told"), None)
    parts = [part for split in reach.SPLITS for part in told["splits"].get(split, [])] if told else []
    known = [part for part in parts if part["share"]["percent"] is not None and part["share"]["percent"] < SAID_BELOW]
    few = [part for part in parts if part["share"]["percent"] is None and part["share"]["at_least"] == 0]
    listed = few + sorted(known, key=lambda part: part["share"]["percent"])
    return [wording.share_row(reach.label(part, names), part["share"]) for part in listed]


def _shown(part: dict[str, Any]) -> str:
    return str(part["value"]) if part["value"] is not None else f"not shown: {part['why']}"
