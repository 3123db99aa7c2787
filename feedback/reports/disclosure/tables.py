"""Counts in rows and columns: what may be shown of two-way tables that are published together.

Fewer than ten people show nothing; cells of one to five are hidden, and with them whatever would give them away, in
all tables of the release at once, since they share margins. Shown counts are rounded to 5, which is comfort: safety is
proven for a reader who knows every shown count exactly. Must not know where the counts come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feedback.reports import figures
from feedback.reports.disclosure.bases import SPLIT_VARIABLES, may_split_by, shown_parts
from feedback.reports.disclosure.puzzle import Key, Puzzle, protect
from feedback.reports.disclosure.rules import (
    COUNT_STEP,
    MIN_BASE,
    NORMAL_BASE,
    Released,
    Shown,
    Why,
    is_small,
    round_down,
)

MEASURES: Final = frozenset({"theme", "tone", "answer", "invited", "told", "offered", "took_part", "outcome"})
"""What may be counted across a split; anything else in a table must be on the list of split variables."""

OPINIONS: Final = frozenset({"tone", "answer"})
"""Measures of what people think: in groups under 30, nobody and everybody are disclosures too (practice 3.7 rule 4)."""

INNER, MARGIN = 1.0, 8.0
"""What hiding a cell or a margin costs the reader; the total of everything is never hidden inside a shown table."""


@dataclass(frozen=True, slots=True)
class Table:
    """Raw counts of `of` ("responses", "comments") by two variables, one row of counts for each of `rows`.

    Tables with the same `of` are about the same people, so counts with the same meaning are the same count. Set
    `rows_overlap` where one of them may be in several rows (a comment has several themes): then rows do not add up,
    and `total` must say how many there are, `column_sizes` how many in each column where columns are groups of people.
    Raises ValueError when the shape is wrong.
    """

    of: str
    row_variable: str
    column_variable: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    rows_overlap: bool = False
    total: int | None = None
    column_sizes: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        shape = [len(self.columns)] * len(self.rows)
        if not shape or [len(row) for row in self.counts] != shape or min(map(min, self.counts)) < 0:
            raise ValueError("A table has a count of nobody or more for every row and column.")
        if self.rows_overlap and self.total is None:
            raise ValueError("Where rows overlap, the table says how many there are in all.")
        if self.rows_overlap and self.column_variable in SPLIT_VARIABLES and self.column_sizes is None:
            raise ValueError("Where rows overlap, the table says how many there are in each column.")

    @property
    def size(self) -> int:
        """Everybody the table is about."""
        return sum(map(sum, self.counts)) if self.total is None else self.total

    def key(self, row: str | None = None, column: str | None = None) -> Key:
        """Return what a cell, a margin or the total is called; the same count has the same name in every table."""
        rows = () if row is None else ((self.row_variable, row),)
        columns = () if column is None else ((self.column_variable, column),)
        return self.of, frozenset((*rows, *columns))


@dataclass(frozen=True, slots=True)
class ShownTable(Shown):
    """Counts rounded to 5 or None with the reason, in the order of the table given; `why` when nothing is shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Released[int], ...], ...]
    row_totals: tuple[Released[int], ...]
    column_totals: tuple[Released[int], ...]
    total: Released[int]
    why: Why | None = None


def two_way(table: Table) -> ShownTable:
    """Return what may be shown of one table that stands alone; see `two_way_together`."""
    return two_way_together([table])[0]


def two_way_together(tables: Sequence[Table]) -> list[ShownTable]:
    """Return what may be shown of tables in one release, in the order given.

    When no safe way is found for all of them, the last one is refused and the others tried without it, so put the most
    important first. Raises ValueError when two tables disagree on a count they share.
    """
    offered = [table for table in tables if _refusal(table) is None]
    safe = _protected(offered)
    while safe is None:
        offered.pop()
        safe = _protected(offered)
    shown = {id(table): _show(table, *safe) for table in offered}
    return [shown.get(id(table)) or _nothing(table, _refusal(table) or Why.REFUSED) for table in tables]


def _refusal(table: Table) -> Why | None:
    variables = (table.row_variable, table.column_variable)
    splits = [variable for variable in variables if variable not in MEASURES]
    if may_split_by(splits).why:
        return Why.NOT_OFFERED
    return Why.FEWER_THAN_TEN if table.size < MIN_BASE else None


def _protected(tables: Sequence[Table]) -> tuple[frozenset[Key], dict[Key, Why]] | None:
    counts: dict[Key, int] = {}
    for table in tables:
        for key, count in _counts(table):
            if counts.setdefault(key, count) != count:
                raise ValueError(f"Two tables disagree on {key}.")
    reasons = {key: why for table in tables for key, why in _thin(table)}
    puzzle = Puzzle(counts, tuple(dict.fromkeys(each for table in tables for each in _sums(table))))
    masked = {key for table in tables for key in _extremes(table)}
    targets = [key for key, count in counts.items() if is_small(count) or key in masked]
    hidden = protect(puzzle, targets=targets, hidden=reasons, price=_price)
    return None if hidden is None else (hidden, reasons)


def _price(key: Key) -> float:
    named = len(key[1])
    return (float("inf"), MARGIN, INNER)[named]


def _counts(table: Table) -> Iterator[tuple[Key, int]]:
    yield table.key(), table.size
    for row, counts in zip(table.rows, table.counts, strict=True):
        yield table.key(row), sum(counts)
        yield from ((table.key(row, column), count) for column, count in zip(table.columns, counts, strict=True))
    if not table.rows_overlap:
        sums = map(sum, zip(*table.counts, strict=True))
        yield from ((table.key(None, column), count) for column, count in zip(table.columns, sums, strict=True))


def _sums(table: Table) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    for row in table.rows:
        yield table.key(row), tuple(table.key(row, column) for column in table.columns)
    if table.rows_overlap:
        return
    for column in table.columns:
        yield table.key(None, column), tuple(table.key(row, column) for row in table.rows)
    yield table.key(), tuple(table.key(row) for row in table.rows)
    yield table.key(), tuple(table.key(None, column) for column in table.columns)


def _thin(table: Table) -> Iterator[tuple[Key, Why]]:
    """Yield everything about groups of people that are too small to be shown, margins included."""
    if table.row_variable in SPLIT_VARIABLES:
        sizes = {row: sum(counts) for row, counts in zip(table.rows, table.counts, strict=True)}
        for row, why in _hidden_parts(sizes):
            yield from ((table.key(row, column), why) for column in (None, *table.columns))
    if table.column_variable in SPLIT_VARIABLES:
        held = table.column_sizes or tuple(map(sum, zip(*table.counts, strict=True)))
        rows = table.rows if table.rows_overlap else (None, *table.rows)
        for column, why in _hidden_parts(dict(zip(table.columns, held, strict=True))):
            yield from ((table.key(row, column), why) for row in rows)


def _hidden_parts(sizes: dict[str, int]) -> Iterable[tuple[str, Why]]:
    return [(name, part.why) for name, part in shown_parts(sizes).items() if part.why]


def _extremes(table: Table) -> Iterator[Key]:
    """Yield the empty cells of opinions in groups under thirty: with them goes "everybody said the same"."""
    if table.column_variable in OPINIONS and table.row_variable in SPLIT_VARIABLES:
        for row, counts in zip(table.rows, table.counts, strict=True):
            if sum(counts) < NORMAL_BASE:
                yield from (table.key(row, column) for column, n in zip(table.columns, counts, strict=True) if not n)


def _show(table: Table, hidden: frozenset[Key], reasons: dict[Key, Why]) -> ShownTable:
    counts = dict(_counts(table))

    def released(row: str | None = None, column: str | None = None) -> Released[int]:
        key = table.key(row, column)
        if key in hidden or key not in counts:
            return Released(None, reasons.get(key, Why.SMALL_NUMBERS if key in counts else Why.NO_ENTRY))
        people = not {name for name, _ in key[1]} & MEASURES
        return Released(round_down(counts[key]) if people else figures.round_half_up(counts[key], COUNT_STEP))

    return ShownTable(
        table.rows,
        table.columns,
        tuple(tuple(released(row, column) for column in table.columns) for row in table.rows),
        tuple(released(row) for row in table.rows),
        tuple(released(None, column) for column in table.columns),
        released(),
    )


def _nothing(table: Table, why: Why) -> ShownTable:
    gone: Released[int] = Released(None, why)
    across = (gone,) * len(table.columns)
    down = (gone,) * len(table.rows)
    return ShownTable(table.rows, table.columns, (across,) * len(down), down, across, gone, why)
