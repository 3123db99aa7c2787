"""Files of a release: the same gated figures as the pages, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from feedback.reports import wording
from feedback.reports.releases import Released

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell as a formula when it comes first."""

SHARE = ("percent", "at_least", "at_most", "low", "high", "base")
"""What is said of a share, in the order of columns."""

HEADER = ("part", "item", "group", "figure", "value", "why")


def to_json(release: Released) -> str:
    """Return a release as one JSON document."""
    return json.dumps(release.as_json() | {"not_for": wording.NOT_FOR}, ensure_ascii=False, indent=2) + "\n"


def to_csv(release: Released) -> str:
    """Return a release as rows of (part, item, group, figure, value, why), with the mark that spreadsheets need."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([harmless(cell) for cell in row] for row in rows(release))
    return "\ufeff" + out.getvalue()


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def rows(release: Released) -> Iterator[tuple[Any, ...]]:
    """Yield every figure of a release as one row."""
    shown = release.figures
    yield ("about", "", "", "not for", wording.NOT_FOR, "")
    yield ("responses", "", "", "base", shown["responses"]["base"], shown["responses"]["why"])
    for kind in ("groups", "languages", "event_types", "company"):
        for part in shown["responses"][kind]:
            yield ("responses", kind, part["id"], "base", part["base"], part["why"])
    for construct in shown["constructs"]:
        yield from _question(construct)
    for theme in shown["themes"]:
        yield from _theme(theme)
    for area in shown["journeys"]["areas"]:
        yield from _share("distance", area["id"], "everyone", area["favourable"])
        for block in area["blocks"]:
            yield ("distance", area["id"], "everyone", "|".join(block["states"]), block["percent"], "")
    for who, share in _cards(shown.get("cards")):
        yield from _share("cards", "answers that came with one", who, share)
    for name in ("unassessed", "not_read"):
        yield from _share("comments", name, "", shown["comments"][name])


def shares(construct: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield (who, share) of a question: everybody (nobody named), each group, every part of every split."""
    yield (), construct["everyone"]["favourable"]
    for group in construct["groups"]:
        yield (group["id"],), group["favourable"]
    for parts in construct["splits"].values():
        for part in parts:
            yield tuple(value for name, value in part.items() if name != "favourable"), part["favourable"]


def _cards(cards: dict[str, Any] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (who, share); releases made before cards were counted have none."""
    if cards:
        yield "everyone", cards["everyone"]
        yield from ((part["id"], part["share"]) for parts in cards["splits"].values() for part in parts)


def _question(construct: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for who, share in shares(construct):
        yield from _share("constructs", construct["id"], "/".join(who) or "everyone", share)
    yield ("constructs", construct["id"], "everyone", "change", wording.CHANGES[construct["change"]], "")
    for block in construct["everyone"]["blocks"]:
        yield ("constructs", construct["id"], "everyone", "|".join(block["states"]), block["percent"], "")


def _theme(theme: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    yield ("themes", theme["id"], "", "people", theme["people"], theme["why"])
    yield from _share("themes", theme["id"], "share", theme["share"])
    for tone, cell in theme["tones"].items():
        yield ("themes", theme["id"], "", tone, cell["value"], cell["why"])
    for kind in ("groups", "event_types"):
        for cell in theme[kind]:
            yield ("themes", theme["id"], cell["id"], "people", cell["value"], cell["why"])


def _share(part: str, item: str, group: str, shown: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name in SHARE:
        if shown[name] is not None or name == "percent":
            yield (part, item, group, name, shown[name], shown["why"] if shown[name] is None else "")
