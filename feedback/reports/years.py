"""A year's figures, made of its four quarters exactly as they were published, and protected beside them.

Fixed years only: two that shared quarters could be subtracted. Counts nothing anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.db import Database
from feedback.reports import code_book, disclosure, questions, releases
from feedback.reports.counting.answers import nobody
from feedback.reports.disclosure import WHOLE
from feedback.reports.figures import Distribution
from feedback.reports.releases import Released
from feedback.reports.standing import Exact, two_sides
from feedback.reports.steps import open_exact
from feedback.reports.year import Year


def is_settled(year: Year) -> bool:
    """Whether all four quarters may be frozen."""
    return releases.is_settled(year.quarters[-1])


def list_years(session: Session) -> list[Year]:
    """Return every settled year that has responses, newest first."""
    found = {Year.of(quarter) for quarter in releases.list_quarters(session)}
    return sorted((year for year in found if is_settled(year)), key=lambda year: -year.first)


def are_quarters_there(session: Session, year: Year) -> bool:
    """Whether every quarter that has responses is released, so that the year itself takes no time."""
    there = releases.list_quarters(session)
    return all(releases.find_latest(session, each) for each in year.quarters if each in there)


def current(database: Database, year: Year) -> Released | None:
    """Return a year's figures, computing them on first sight; None until its last quarter is settled."""
    if not is_settled(year):
        return None
    with database.reading() as session:
        kept = releases.find_latest(session, year)
    if kept is None:
        _compute(database, year)
        with database.reading() as session:
            kept = releases.find_latest(session, year)
    figures = kept.figures if kept else _figures(year, [None] * len(year.quarters))
    return Released(year, True, figures, releases.digest_of(figures))


def _compute(database: Database, year: Year) -> None:
    for quarter in year.quarters:
        releases.current(database, quarter)
    with database.reading() as session:
        found = [releases.find_latest(session, quarter) for quarter in year.quarters]
        exact = [open_exact(session, release) if release else None for release in found]
    base = sum(each.base for each in exact if each)
    if not base:
        return
    try:
        with database.transaction() as session:
            releases.keep(session, str(year), base, _figures(year, exact), sealed_exact=None, frozen=True)
    except IntegrityError:
        # Another process has just computed the same year.
        return


def _figures(year: Year, exact: list[Exact | None]) -> dict[str, Any]:
    bases = [each.base if each else 0 for each in exact]
    why = disclosure.may_show_year(bases).why
    whole: disclosure.Released[int] = disclosure.Released(None, why) if why else disclosure.base(sum(bases))
    return {
        "responses": {"base": whole.value, "why": whole.why},
        "quarters": [
            {"id": str(quarter), "base": disclosure.base(count).value}
            for quarter, count in zip(year.quarters, bases, strict=True)
        ],
        "constructs": [_construct(construct, exact) for construct in code_book.constructs().values()],
    }


def _construct(construct: code_book.Construct, exact: list[Exact | None]) -> dict[str, Any]:
    empty = nobody()[construct.id][WHOLE]
    standings = [each.questions.get(construct.id) if each else None for each in exact]
    quarters: list[Distribution] = [each.counts if each else empty for each in standings]
    if not all(each is None or each.in_full for each in standings):
        quarters = [two_sides(each) for each in quarters]
    shown = disclosure.year(quarters)
    names = {"id": construct.id, "name": construct.name, "measures": construct.measures}
    return names | {"everyone": questions.without_silence(shown), "why": shown.why}
