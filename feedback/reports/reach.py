"""Participation in words: what each measure, split and part is called, for pages, packs and files alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from feedback.reports import wording
from feedback.reports.participation import NOT_RECORDED

MEASURES = {
    "told": "Told about it",
    "advocate": "Offered an advocate",
    "came": "Came, or by phone",
    "took_part": "Took part in some way",
}
SPLITS = {
    "group": "By group",
    "event_type": "By kind of event",
    "ethnic_group": "By ethnic group",
    "language_need": "By need of another language",
    "disability": "By disability",
    "group_age_band": "By age",
}
PARTS = {
    "ethnic_group": wording.VALUES | {NOT_RECORDED: "Ethnic group not recorded"},
    "language_need": {"interpreter": "Needing another language", "no_need": "English is enough"},
    "disability": {"disability": "Disabled or special needs", "no_disability": "No disability recorded"},
}
"""What parts are called that have no name of the council's."""


Tables: TypeAlias = list[tuple[str, list[tuple[str, dict[str, Any]]]]]
"""For each measure its name and its lines: who, and their share as released."""


def label(part: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return who a part is, in words; `names` are those of groups and kinds of event."""
    if "age_band" in part:
        age = wording.VALUES.get(part["age_band"], "age not recorded")
        return f"{names[part['group']].partition(',')[0]}: {age}"
    (variable,) = part.keys() - {"share"}
    value = str(part[variable])
    return PARTS.get(variable, names).get(value, value)


def tables(figures: Mapping[str, Any], names: Mapping[str, str]) -> Tables:
    """Return everybody and every part of every split, measure by measure, in the order of the page."""
    return [(MEASURES[measure["id"]], [*_lines(measure, names)]) for measure in figures["measures"]]


def side_by_side(tables: Tables) -> list[list[str]]:
    """Return one row for each part of which anything is shown: who, a cell for each measure, and how many people."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for _measure, lines in tables:
        for who, share in lines:
            rows.setdefault(who, []).append(share)
    return [
        [who, *map(_cell, shares), str(max(share["base"] or 0 for share in shares))]
        for who, shares in rows.items()
        if any(share["low"] is not None for share in shares)
    ]


def _cell(share: Mapping[str, Any]) -> str:
    """Return a share with its likely range, in as few words as a narrow column has room for."""
    if share["low"] is None:
        return "not shown"
    bound = f"{share['at_least']}% or more" if (share["at_least"] or 0) > 0 else f"{share['at_most']}% or fewer"
    said = f"{share['percent']}%" if share["percent"] is not None else bound
    return f"{said} ({share['low']} to {share['high']})"


def _lines(measure: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Everybody", measure["everyone"]
    for split in SPLITS:
        for part in measure["splits"].get(split, []):
            yield label(part, names), part["share"]
