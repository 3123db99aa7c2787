"""What a release shows: raw counts through the gate, laid out for pages and files alike.

Everything in here has passed `disclosure`; what it withholds is None with a reason. Knows no page and no file format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from feedback.clock import Quarter
from feedback.reports import code_book, disclosure, figures
from feedback.reports.counting import SELF_REPORT, Counts, ThemeCounts
from feedback.reports.disclosure import WHOLE, Population, compare

TONES = ("positive", "neutral", "mixed", "negative", "unassessed")
THEME_TONES = ("positive", "neutral", "negative", "unassessed")


def nothing(quarter: Quarter) -> dict[str, Any]:
    """Return the figures of a quarter of which nothing may be shown."""
    return build(Counts.empty(), quarter, None)


def build(counts: Counts, quarter: Quarter, before: dict[str, Any] | None) -> dict[str, Any]:
    """Return everything that may be shown of a quarter, with the change since the figures of the one before."""
    earlier = {c["id"]: c["everyone"]["favourable"] for c in (before or {}).get("constructs", [])}
    return {
        "responses": _responses(counts),
        "constructs": [_construct(counts, each, earlier.get(each.id)) for each in code_book.constructs().values()],
        "themes": _themes(counts),
        "comments": _comments(counts),
        "compared_with": str(quarter.previous),
    }


def _responses(counts: Counts) -> dict[str, Any]:
    """Return who answered. Small groups are withheld, with enough others that none can be worked out."""
    base = disclosure.base(counts.responses)
    return {
        "base": base.value,
        "why": base.why,
        "groups": _parts(counts.by_group, SELF_REPORT, base.value),
        "languages": _parts(counts.by_language, sorted(counts.by_language), base.value),
        "event_types": _parts(counts.by_event_type, sorted(counts.by_event_type), base.value),
    }


def _parts(counted: Counter[str], names: Iterable[str], base: int | None) -> list[dict[str, Any]]:
    if base is None:
        return []
    shown = disclosure.shown_parts({name: counted[name] for name in names})
    return [{"id": name, "base": part.value, "why": part.why} for name, part in shown.items()]


def _construct(counts: Counts, construct: code_book.Construct, earlier: dict[str, Any] | None) -> dict[str, Any]:
    """Return one construct: everybody and each group side by side, protected together."""
    populations: dict[Population, figures.Distribution] = {WHOLE: counts.whole(construct.id)}
    for group in SELF_REPORT:
        populations[frozenset({("group", group)})] = counts.constructs[construct.id][group]
    shown = compare(populations, in_full=())
    everyone = shown[WHOLE]
    return {
        "id": construct.id,
        "name": construct.name,
        "measures": construct.measures,
        "everyone": everyone.as_json(),
        "groups": [
            {"id": group, "favourable": shown[frozenset({("group", group)})].favourable.as_json()}
            for group in SELF_REPORT
        ],
        "before": earlier,
        "change": disclosure.verdict(_share(earlier), everyone.favourable),
    }


def _share(shown: dict[str, Any] | None) -> disclosure.ShownShare:
    """Return a share as an earlier release showed it."""
    return disclosure.ShownShare(**shown) if shown else disclosure.withheld(disclosure.Why.NO_ENTRY)


def _themes(counts: Counts) -> list[dict[str, Any]]:
    """Return themes by volume and tone; a comment can have several, so they do not add up."""
    names = list(code_book.themes())
    table = disclosure.two_way(
        disclosure.Table(
            of="comments",
            row_variable="theme",
            column_variable="tone",
            rows=tuple(names),
            columns=THEME_TONES,
            counts=tuple(tuple(_theme(counts, name).tones[tone] for tone in THEME_TONES) for name in names),
            rows_overlap=True,
            total=counts.comments,
        )
    )
    rows = []
    for place, name in enumerate(names):
        picked = disclosure.base(_theme(counts, name).picks)
        total = table.row_totals[place]
        rows.append(
            {
                "id": name,
                "name": code_book.themes()[name].name,
                "comments": total.value,
                "why": total.why,
                "tones": {tone: cell.as_json() for tone, cell in zip(THEME_TONES, table.cells[place], strict=True)},
                "picked": picked.value,
            }
        )
    return sorted(rows, key=lambda row: -(row["comments"] or 0))


def _theme(counts: Counts, name: str) -> ThemeCounts:
    return counts.themes.get(name, ThemeCounts())


def _comments(counts: Counts) -> dict[str, Any]:
    """Return how many comments there are, and how far they are understood and read."""
    base = disclosure.base(counts.comments)
    return {
        "base": base.value,
        "why": base.why,
        "unassessed": disclosure.share(counts.unassessed, counts.comments).as_json(),
        "not_read": disclosure.share(counts.not_read, counts.comments).as_json(),
    }
