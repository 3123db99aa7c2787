"""Counting the silence: who should have had a say in a quarter's events, who was told, offered, came and took part.

Counted once, when the quarter has settled, and never again; everything shown has passed the gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.db import Database
from feedback.events import operations, queries
from feedback.events.models import Attendance, Part, Who
from feedback.events.queries import Alike
from feedback.reports import cards, disclosure, releases
from feedback.reports.disclosure import WHOLE, Population, Table
from feedback.reports.figures import YES_NO, Distribution

GROUPS = {Who.CHILD: "child", Who.YOUNG: "young", Who.MOTHER: "parent", Who.FATHER: "parent", Who.CARER: "parent"}
MEASURES: dict[str, Callable[[Alike], bool]] = {
    "told": lambda each: each.was_told,
    "advocate": lambda each: each.advocate_offered,
    "came": lambda each: each.attendance != Attendance.NOT,
    "took_part": lambda each: each.took_part != Part.NOT,
}
"""What is asked about everybody who should have had a say, in the order of the page."""

NOT_RECORDED = "not_recorded"

RESPONSES = {"group": "groups", "event_type": "event_types"}
"""The splits of which a release tells the number of responses, by the names it keeps them under."""

SPLITS = (
    ("group",),
    ("event_type",),
    ("ethnic_group",),
    ("language_need",),
    ("disability",),
    ("group", "age_band"),
)
"""Every split that is shown, the most important first.

One variable at a time, so that a quarter's hundred or so people leave enough in each part; ages belong to their group,
and the gate has to see that they do.
"""


ASKED_THEMSELVES = ("ethnic_group", "language_need", "disability")
"""What young people and grown-ups are asked about themselves, and children are not."""


def current(database: Database, quarter: Quarter) -> dict[str, Any] | None:
    """Return a quarter's participation as it may be shown, None while the quarter has not settled."""
    with database.reading() as session:
        kept = queries.find_figures(session, str(quarter))
        if kept is not None or not releases.is_settled(quarter):
            return kept.figures if kept else None
        figures = count(session, quarter)
    if figures["people"] is None:
        # Nothing is shown of so few, so nothing is kept: who is recorded later still counts.
        return figures
    try:
        with database.transaction() as session:
            digest = releases.digest_of(figures)
            operations.keep_figures(session, quarter=str(quarter), figures=figures, digest=digest)
    except IntegrityError:
        # Another process has kept the same figures meanwhile; only what is kept counts.
        return current(database, quarter)
    return figures


def count(session: Session, quarter: Quarter) -> dict[str, Any]:
    """Count a quarter's participation and let through what may be shown."""
    days = (quarter.first_day, quarter.last_day)
    people = list(queries.count_alike(session, *days))
    everybody = disclosure.base(sum(each.number for each in people))
    reasons = Counter[str]()
    for each in people:
        reasons[each.why_not or ""] += each.number
    silent = queries.count_unrecorded(session, *days)
    measures = [_measure(name, people, is_true) for name, is_true in MEASURES.items()] if everybody.value else []
    return {
        "people": everybody.value,
        "why": everybody.why,
        "measures": measures,
        "could_say": _could_say(people, measures[0]) if measures else {},
        "cards": cards.made(queries.count_cards(session, *days)),
        "reasons": _parts(reasons) if everybody.value else [],
        "unrecorded": [{"id": name, **disclosure.base(silent[name]).as_json()} for name in sorted(silent)],
    }


def _measure(name: str, people: Iterable[Alike], is_true: Callable[[Alike], bool]) -> dict[str, Any]:
    counted: dict[Population, Counter[str]] = {}
    for each in people:
        for population in _populations(each):
            counted.setdefault(population, Counter())["yes" if is_true(each) else "no"] += each.number
    shown = disclosure.compare(_ordered(counted))
    splits = {
        "_".join(split): [
            {**dict(population), "share": part.favourable.as_json()}
            for population, part in shown.items()
            if {variable for variable, _ in population} == set(split)
        ]
        for split in SPLITS
    }
    return {"id": name, "everyone": shown[WHOLE].favourable.as_json(), "splits": splits}


def _could_say(people: Iterable[Alike], shown: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return, by each split that only some are asked about, how many of those asked there were in each part.

    These are everybody less the children, so both are protected together, beside what a measure shows of each part and
    of the children; a split whose totals would have to be hidden although they are shown there is left out.
    """
    tables = [_by_who_is_asked(split, people) for split in ASKED_THEMSELVES]
    told = {
        part[split]: part["share"]["base"] for split in ("group", *ASKED_THEMSELVES) for part in shown["splits"][split]
    }
    found = {}
    for table, gated in zip(tables, disclosure.two_way_together(tables), strict=True):
        totals = {**dict(zip(table.rows, gated.row_totals, strict=True)), "child": gated.column_totals[0]}
        if gated.why is None and not any(total.why and told.get(name) for name, total in totals.items()):
            asked = zip(table.rows, (cells[1] for cells in gated.cells), strict=True)
            found[table.row_variable] = [{"id": row, **cell.as_json()} for row, cell in asked]
    return found


def _by_who_is_asked(split: str, people: Iterable[Alike]) -> Table:
    """Return a split's people as a table: children, and those who are asked about it."""
    counted: dict[str, list[int]] = {}
    for each in people:
        row = counted.setdefault(_known(each)[split], [0, 0])
        row[GROUPS[Who(each.who)] != "child"] += each.number
    rows = tuple(sorted(counted))
    return Table("people", split, "group", rows, ("child", "asked"), tuple(tuple(counted[row]) for row in rows))


def _populations(each: Alike) -> list[Population]:
    """Return every population somebody belongs to, everybody among them."""
    known = _known(each)
    return [WHOLE, *(frozenset((variable, known[variable]) for variable in split) for split in SPLITS)]


def _known(each: Alike) -> dict[str, str]:
    """Return what people are split by."""
    return {
        "group": GROUPS[Who(each.who)],
        "event_type": each.event_type,
        "disability": "disability" if each.is_disabled else "no_disability",
        "language_need": "interpreter" if each.needs_language else "no_need",
        "age_band": each.age_band or NOT_RECORDED,
        "ethnic_group": each.ethnic_group or NOT_RECORDED,
    }


def _ordered(counted: Mapping[Population, Counter[str]]) -> dict[Population, Distribution]:
    """Return everybody first, then the splits, the most important first: the last are the first to be withheld."""
    names = sorted(counted, key=lambda name: (len(name), sorted(name, reverse=True), name != WHOLE))
    by_split = [name for split in SPLITS for name in names if {variable for variable, _ in name} == set(split)]
    return {name: Distribution.of(YES_NO, counted[name]) for name in [WHOLE, *by_split]}


def _parts(counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return how many did not take part for each reason; those who did are one more part, which is not listed."""
    shown = disclosure.shown_parts(counted)
    return [{"id": name, "value": part.value, "why": part.why} for name, part in shown.items() if name]


def answered(figures: Mapping[str, Any], split: str) -> dict[Population, int]:
    """Return how many answered this service's questions, by the parts of a split, from a quarter's released figures.

    Groups and kinds of event are counted as responses. Of other parts a release tells only how many in each group
    answered each question: the most of these, over all groups, is a number of people who answered at least.
    """
    if split in RESPONSES:
        listed = figures["responses"][RESPONSES[split]]
        return {frozenset({(split, part["id"])}): part["base"] for part in listed if part["base"] is not None}
    variable = split.removeprefix("group_")
    most: dict[tuple[str, str], int] = {}
    for construct in figures["constructs"]:
        for part in construct["splits"].get(f"group_{variable}", []):
            name = (part["group"], part[variable])
            most[name] = max(most.get(name, 0), part["favourable"]["base"] or 0)
    total = Counter[Population]()
    for (group, value), number in most.items():
        total[frozenset({("group", group), (variable, value)} if split != variable else {(variable, value)})] += number
    return {name: number for name, number in total.items() if number}
