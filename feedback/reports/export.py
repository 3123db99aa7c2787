"""Files of a release: the same gated figures as the pages, as JSON, CSV and a spreadsheet."""

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

HEADER = ("part", "item", "group", "figure", "value", "why")


def to_json(release: Released) -> str:
    """Return a release as one JSON document."""
    return json.dumps(release.as_json(), ensure_ascii=False, indent=2) + "\n"


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
    figures = release.figures
    yield ("release", str(release.quarter), "", "frozen", "yes" if release.is_frozen else "no", "")
    yield ("responses", "", "", "base", figures["responses"]["base"], figures["responses"]["why"])
    for kind in ("groups", "languages", "event_types"):
        for part in figures["responses"][kind]:
            yield ("responses", kind, part["id"], "base", part["base"], part["why"])
    for construct in figures["constructs"]:
        yield from _share("constructs", construct["id"], "everyone", construct["everyone"]["favourable"])
        yield ("constructs", construct["id"], "everyone", "change", wording.CHANGES[construct["change"]], "")
        for block in construct["everyone"]["blocks"]:
            yield ("constructs", construct["id"], "everyone", "|".join(block["states"]), block["percent"], "")
        for group in construct["groups"]:
            yield from _share("constructs", construct["id"], group["id"], group["favourable"])
    for theme in figures["themes"]:
        yield ("themes", theme["id"], "", "comments", theme["comments"], theme["why"])
        for tone, cell in theme["tones"].items():
            yield ("themes", theme["id"], "", tone, cell["value"], cell["why"])


def _share(part: str, item: str, group: str, shown: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name in ("percent", "at_least", "at_most", "low", "high", "base"):
        if shown[name] is not None or name == "percent":
            yield (part, item, group, name, shown[name], shown["why"] if shown[name] is None else "")
