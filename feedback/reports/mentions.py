"""What a release shows of words: themes by volume, tone, group and kind of event, and how far comments are read.

Counts are people; tables that are shown together are protected together. Knows no page and no file format.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedback.reports import code_book, disclosure
from feedback.reports.counting.slices import SELF_REPORT
from feedback.reports.counting.words import By, ThemeCounts, Words
from feedback.reports.disclosure import Released, ShownTable, Table, Why

TONES = ("positive", "neutral", "mixed", "negative", "unassessed")
NOT_SAID = "not_said"
"""Whoever said nothing about it, and kinds of event at which fewer than ten wrote: never listed."""


def themes(words: Words, *, is_final: bool) -> list[dict[str, Any]]:
    """Return themes, the most mentioned first. Of a running quarter only how many people mentioned each.

    Rounded to five and never adding up, those can be looked at from step to step; tones and groups could not.
    """
    event_types = sorted(name for name, people in words.by_event_type.items() if not disclosure.base(people).why)
    tables = [
        _table(words, "tone", TONES, lambda theme: theme.tones),
        _table(words, "group", SELF_REPORT, lambda theme: theme.groups, words.by_group),
        _table(words, "event_type", (*event_types, NOT_SAID), lambda theme: theme.event_types, words.by_event_type),
    ]
    shown = disclosure.two_way_together(tables if is_final else tables[:1])
    rows = [_row(words, place, shown, is_final=is_final) for place in range(len(code_book.themes()))]
    return sorted(rows, key=lambda row: -(row["people"] or 0))


def comments(words: Words) -> dict[str, Any]:
    """Return how many comments there are, by how many people, and how far they are understood and read."""
    base, people = disclosure.base(words.comments), disclosure.base(words.people)
    return {
        "base": base.value,
        "why": base.why,
        "people": people.value,
        "unassessed": disclosure.share(words.unassessed, words.comments).as_json(),
        "not_read": disclosure.share(words.not_read, words.comments).as_json(),
    }


def _table(
    words: Words, variable: str, columns: tuple[str, ...], by: Callable[[ThemeCounts], By], sizes: By | None = None
) -> Table:
    names = tuple(code_book.themes())
    held = {name: _complete(by(_theme(words, name)), _theme(words, name).people, columns) for name in names}
    whole = None if sizes is None else _complete(sizes, words.people, columns)
    return Table(
        of="people who wrote",
        row_variable="theme",
        column_variable=variable,
        rows=names,
        columns=columns,
        counts=tuple(held[name] for name in names),
        rows_overlap=True,
        total=words.people,
        column_sizes=whole,
    )


def _complete(counted: By, people: int, columns: tuple[str, ...]) -> tuple[int, ...]:
    """Return counts by column; those who said nothing about it are what is left."""
    unsaid = people - sum(counted[name] for name in columns if name != NOT_SAID)
    return tuple(unsaid if name == NOT_SAID else counted[name] for name in columns)


def _row(words: Words, place: int, shown: list[ShownTable], *, is_final: bool) -> dict[str, Any]:
    theme = list(code_book.themes().values())[place]
    counts, tones = _theme(words, theme.id), shown[0]
    total, picked = tones.row_totals[place], disclosure.base(counts.picks)
    row: dict[str, Any] = {
        "id": theme.id,
        "name": theme.name,
        "people": total.value,
        "why": total.why,
        "share": _share(counts.people, words.people, total),
        "tones": {tone: {"value": None, "why": Why.NOT_OFFERED.value} for tone in TONES},
        "picked": picked.value,
        "by_person": disclosure.withheld(Why.NOT_OFFERED).as_json(),
        "groups": [],
        "event_types": [],
    }
    if not is_final:
        return row
    return row | {
        "tones": {tone["id"]: {"value": tone["value"], "why": tone["why"]} for tone in _cells(tones, place)},
        "by_person": _share(counts.by_person, counts.people, total),
        "groups": _cells(shown[1], place),
        "event_types": _cells(shown[2], place),
    }


def _cells(table: ShownTable, place: int) -> list[dict[str, Any]]:
    return [{"id": name, **cell.as_json()} for name, cell in zip(table.columns, table.cells[place], strict=True)]


def _share(count: int, base: int, total: Released[int]) -> dict[str, Any]:
    """Return a share of those whose number is shown; of others nothing is said."""
    return (disclosure.withheld(total.why) if total.why else disclosure.share(count, base)).as_json()


def _theme(words: Words, name: str) -> ThemeCounts:
    return words.themes.get(name, ThemeCounts())
