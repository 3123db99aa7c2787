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

    Rounded down to five from ten on, that can be looked at from step to step: whoever came between stays unknown by
    four or more. A share beside it would narrow that to one or two; tones and groups would have to be unsubtractable
    as well.
    """
    rows = _final(words) if is_final else [_running(words, theme) for theme in code_book.themes().values()]
    return sorted(rows, key=lambda row: -(row["people"] or 0))


def comments(words: Words, *, is_final: bool) -> dict[str, Any]:
    """Return how many comments there are, by how many people, and how far they are understood and read.

    Of a running quarter worked out from numbers rounded down to five, for the same reason as themes.
    """
    base, people = disclosure.base(words.comments), disclosure.base(words.people)
    held = (words.comments, words.unassessed, words.not_read)
    whole, unassessed, not_read = held if is_final else (each // 5 * 5 for each in held)
    return {
        "base": base.value,
        "why": base.why,
        "people": people.value,
        "unassessed": disclosure.share(unassessed, whole).as_json(),
        "not_read": disclosure.share(not_read, whole).as_json(),
    }


def _final(words: Words) -> list[dict[str, Any]]:
    event_types = sorted(name for name, people in words.by_event_type.items() if not disclosure.base(people).why)
    shown = disclosure.two_way_together(
        [
            _table(words, "tone", TONES, lambda theme: theme.tones),
            _table(words, "group", SELF_REPORT, lambda theme: theme.groups, words.by_group),
            _table(words, "event_type", (*event_types, NOT_SAID), lambda theme: theme.event_types, words.by_event_type),
        ]
    )
    return [_row(words, place, shown) for place in range(len(code_book.themes()))]


def _running(words: Words, theme: code_book.Theme) -> dict[str, Any]:
    counts = _theme(words, theme.id)
    people, gone = disclosure.base(counts.people), disclosure.withheld(Why.NOT_YET).as_json()
    return _named(theme, counts, people) | {
        "share": gone,
        "tones": {tone: {"value": None, "why": Why.NOT_YET.value} for tone in TONES},
        "by_person": gone,
        "groups": [],
        "event_types": [],
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


def _row(words: Words, place: int, shown: list[ShownTable]) -> dict[str, Any]:
    theme, tones = list(code_book.themes().values())[place], shown[0]
    counts, total = _theme(words, theme.id), shown[0].row_totals[place]
    return _named(theme, counts, total) | {
        "share": _share(counts.people, words.people, total),
        "tones": {tone["id"]: {"value": tone["value"], "why": tone["why"]} for tone in _cells(tones, place)},
        "by_person": _share(counts.by_person, counts.people, total),
        "groups": _cells(shown[1], place),
        "event_types": _cells(shown[2], place),
    }


def _named(theme: code_book.Theme, counts: ThemeCounts, people: Released[int]) -> dict[str, Any]:
    """Return what every row says: the theme, how many people wrote about it, how many picked what it stands for."""
    picked = disclosure.base(counts.picks).value
    return {"id": theme.id, "name": theme.name, "people": people.value, "why": people.why, "picked": picked}


def _cells(table: ShownTable, place: int) -> list[dict[str, Any]]:
    return [{"id": name, **cell.as_json()} for name, cell in zip(table.columns, table.cells[place], strict=True)]


def _share(count: int, base: int, total: Released[int]) -> dict[str, Any]:
    """Return a share of those whose number is shown; of others nothing is said."""
    return (disclosure.withheld(total.why) if total.why else disclosure.share(count, base)).as_json()


def _theme(words: Words, name: str) -> ThemeCounts:
    return words.themes.get(name, ThemeCounts())
