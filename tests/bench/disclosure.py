"""The disclosure gate on random two-way tables: how much it refuses and hides, against the best possible, under attack.

Tables have 2-6 rows and 2-5 columns, 30-400 people, skewed margins: far sparser than a council's. The best possible hides
as few counts as any pattern that is as safe, found by one large programme; only small tables are solved for it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import TypeAlias

from feedback.reports import disclosure
from feedback.reports.disclosure import Table
from feedback.reports.disclosure.solver import Programme
from tests.bench.line import report
from tests.unit.reports import attack

Name: TypeAlias = tuple[str, str | None, str | None]

TABLES = 3000
SOLVED = 200
MOST_TARGETS = 8
MOST_COUNTS = 25
MARGIN_PRICE = 8.0
REACH = 12
TOTAL = ("", None, None)


def measure(count: int = TABLES, solved: int = SOLVED) -> None:
    """Report what is refused, what is hidden against the optimum, what is recovered, and the time a table takes."""
    tables = list(random_tables(count))
    started = time.perf_counter()
    shown = [disclosure.two_way(table) for table in tables]
    each = (time.perf_counter() - started) / count
    refused = sum(one.why is not None for one in shown)
    complete = sum(one.why is None and not hidden(one) for one in shown)
    report("gate: tables refused", refused / count, "share", reference="aim", reference_value=0.03, n=count)
    report("gate: tables shown whole", complete, "tables", reference="all tables", reference_value=count, n=count)
    partly = count - refused - complete
    report("gate: tables partly hidden", partly, "tables", reference="all tables", reference_value=count, n=count)
    report("gate: time a table", each * 1000, "ms", reference="a tenth of a second", reference_value=100, n=count)
    _report_recovered(tables, shown)
    _report_optimum(tables, solved)


def random_tables(count: int, seed: int = 20) -> Iterator[Table]:
    """Yield random tables of groups at events; the same for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        rows = tuple(f"g{number}" for number in range(draw.randint(2, 6)))
        columns = tuple(f"e{number}" for number in range(draw.randint(2, 5)))
        across = [draw.gammavariate(1.2, 1) for _ in rows]
        down = [draw.gammavariate(1.5, 1) for _ in columns]
        places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
        weights = [across[row] * down[column] * draw.uniform(0.5, 1.5) for row, column in places]
        people = draw.choices(places, weights, k=draw.randint(30, 400))
        counts = tuple(tuple(people.count((row, column)) for column in range(len(columns))) for row in range(len(rows)))
        yield Table("responses", "group", "event_type", rows, columns, counts)


def everything(table: Table) -> dict[Name, int]:
    """Return every cell and margin of a table."""
    cells = {
        ("", row, column): n
        for row, counts in zip(table.rows, table.counts, strict=True)
        for column, n in zip(table.columns, counts, strict=True)
    }
    found = dict(cells)
    for row in table.rows:
        found["", row, None] = sum(cells["", row, column] for column in table.columns)
    for column in table.columns:
        found["", None, column] = sum(cells["", row, column] for row in table.rows)
    return found | {TOTAL: table.size}


def hidden(shown: disclosure.ShownTable) -> set[Name]:
    """Return which cells and margins are not shown."""
    told = {
        ("", row, column): cell
        for row, cells in zip(shown.rows, shown.cells, strict=True)
        for column, cell in zip(shown.columns, cells, strict=True)
    }
    told |= {("", row, None): cell for row, cell in zip(shown.rows, shown.row_totals, strict=True)}
    told |= {("", None, column): cell for column, cell in zip(shown.columns, shown.column_totals, strict=True)}
    return {name for name, cell in told.items() if cell.value is None}


def _report_recovered(tables: list[Table], shown: list[disclosure.ShownTable]) -> None:
    """Attack every table, knowing each shown count exactly; then as many with only the small cells hidden."""
    recovered = attempts = leaked = 0
    for number, (table, one) in enumerate(zip(tables, shown, strict=True)):
        truth = everything(table)
        reader = attack.Reader()
        attack.read_table(reader, one.as_json(), truth)
        recovered += len(reader.recovers(truth))
        attempts += reader.attempts
        if number % 10 == 0:
            leaked += len(_only_small_hidden(table).recovers(truth))
    report(
        "gate: small cells recovered",
        recovered,
        "cells",
        reference="gate off, a tenth of the tables",
        reference_value=leaked,
        n=attempts,
    )


def _only_small_hidden(table: Table) -> attack.Reader:
    reader, truth = attack.Reader(), everything(table)
    blank = {"value": None, "why": ""}
    json = {"rows": table.rows, "columns": table.columns, "total": blank}
    json |= {"cells": [[blank] * len(table.columns)] * len(table.rows)}
    json |= {"row_totals": [blank] * len(table.rows), "column_totals": [blank] * len(table.columns)}
    attack.read_table(reader, json)
    for name, count in truth.items():
        if count not in attack.SMALL:
            reader.knows(name, count)
    return reader


def _report_optimum(tables: list[Table], solved: int) -> None:
    small = [
        table for table in tables if 0 < len(targets(table)) <= MOST_TARGETS and len(everything(table)) <= MOST_COUNTS
    ]
    ours = sum(len(hidden(disclosure.two_way(table))) for table in small[:solved])
    best = sum(map(optimum, small[:solved]))
    report(
        "gate: counts hidden", ours, "counts", reference="optimal patterns", reference_value=best, n=len(small[:solved])
    )


def targets(table: Table) -> list[Name]:
    """Return the counts that must not be narrowed."""
    return [name for name, count in everything(table).items() if count in attack.SMALL]


def optimum(table: Table) -> int:
    """Return how few counts can be hidden as safely.

    For every count that must stay hidden two tables a reader may believe in, three apart; a count in which any of them
    differs from the truth is hidden, at the gate's own prices.
    """
    truth, programme, must = everything(table), Programme(), set(targets(table)) | _thin(table)
    switches = {
        name: programme.variable(name in must, name != TOTAL, MARGIN_PRICE if None in name else 1.0) for name in truth
    }
    for target in targets(table):
        pair = [_believable(table, truth, programme, switches) for _ in range(2)]
        programme.row(((pair[0][target], 1.0), (pair[1][target], -1.0)), attack.SAFE_RANGE, float("inf"))
    found = programme.solve()
    assert found is not None
    return sum(found[switch] for switch in switches.values())


def _believable(
    table: Table, truth: dict[Name, int], programme: Programme, switches: dict[Name, int]
) -> dict[Name, int]:
    copy = {name: programme.variable(max(0, count - REACH), count + REACH) for name, count in truth.items()}
    for total, parts in _sums(table):
        programme.row([(copy[total], -1.0), *((copy[name], 1.0) for name in parts)], 0, 0)
    for name, count in truth.items():
        programme.row(((copy[name], 1.0), (switches[name], -float(REACH))), -float("inf"), count)
        programme.row(((copy[name], 1.0), (switches[name], float(REACH))), count, float("inf"))
    return copy


def _thin(table: Table) -> set[Name]:
    """Return the counts of groups and events with too few people, which are hidden whatever else is."""
    truth = everything(table)
    rows = disclosure.shown_parts({row: truth["", row, None] for row in table.rows})
    columns = disclosure.shown_parts({column: truth["", None, column] for column in table.columns})
    gone = {name for part in (rows, columns) for name, shown in part.items() if shown.why}
    return {name for name in truth if gone & set(name)}


def _sums(table: Table) -> Iterator[tuple[Name, list[Name]]]:
    for row in (*table.rows, None):
        yield ("", row, None), [("", row, column) for column in table.columns]
    for column in table.columns:
        yield ("", None, column), [("", row, column) for row in table.rows]
