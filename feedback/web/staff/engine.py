"""How well the machine reads, for administrators: measured on comments it had not seen, per language and group."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from feedback import i18n
from feedback.accounts.permissions import Permission
from feedback.text import measured
from feedback.text.analyse import ENGINE
from feedback.web import access
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("engine", __name__)

PLACES.append(
    Place(
        "How well the machine reads",
        "staff.engine.figures",
        Permission.ADMINISTER,
        "Measured per language and group, beside the languages whose tone it leaves to people.",
    )
)


@blueprint.get("/engine/")
@access.requires(Permission.ADMINISTER)
def figures() -> str:
    """Show the evaluation that was kept with the shipped models."""
    kept = measured.shipped()
    judged = {i18n.LANGUAGES[code].name for code in kept["tone"]["chosen"]["assessed"]}
    return page(
        "staff/engine/figures.html",
        engine=ENGINE,
        own=kept["own comments"],
        public=kept["public comments"],
        rows=[_row(name, kept) for name in sorted(kept["tone"]["table"])],
        others=[
            [name, each["n"], _percent(each["accuracy"])] for name, each in kept["tone"]["others in English"].items()
        ],
        worries=[_worries(code, row) for code, row in measured.concerns().items()],
        encoder=measured.with_encoder(),
        with_encoder=_with_encoder(measured.with_encoder()),
        left_to_people=[each.name for each in i18n.LANGUAGES.values() if each.name not in judged],
    )


def _row(name: str, kept: dict[str, Any]) -> list[str]:
    """Return one line of the table: whose comments, how many, tone and themes with their 95 % ranges."""
    tone, themes = kept["tone"]["table"][name], kept["themes"]["table"][name]
    code = name.removeprefix("in ")
    label = i18n.LANGUAGES[code].name if code in i18n.LANGUAGES else name
    low, high = tone["accuracy 95 %"]
    bottom, top = themes["micro 95 %"]
    return [
        label,
        str(tone["n"]),
        f"{_percent(tone['accuracy'])} ({_percent(low)} to {_percent(high)})",
        f"{tone['macro F1']:.2f}",
        f"{themes['micro']:.2f} ({bottom:.2f} to {top:.2f})",
    ]


def _with_encoder(tried: dict[str, Any] | None) -> list[list[str]]:
    """Return lines about the same comments read without a sentence encoder and with the one that was tried."""
    if tried is None:
        return []
    both = (tried["without"], tried["with"])
    return [
        [
            i18n.LANGUAGES[name.removeprefix("in ")].name if name.startswith("in ") else name,
            *(_percent(one["tone"]["table"][name]["accuracy"]) for one in both),
            *(f"{one['themes']['table'][name]['micro']:.2f}" for one in both),
        ]
        for name in sorted(tried["with"]["tone"]["table"])
    ]


def _worries(code: str, row: dict[str, Any]) -> list[str]:
    """Return one line about worries: how many are flagged, and how many ordinary and alarming harmless comments are."""
    low, high = row["recall 95 %"]
    found = f"{_percent(row['recall'])} ({_percent(low)} to {_percent(high)})"
    return [
        i18n.LANGUAGES[code].name,
        str(row["n"]),
        found,
        str(row["n without"]),
        _percent(row["false alarms"]),
        str(row["n alarming"]),
        _percent(row["false alarms, alarming"]),
    ]


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"
