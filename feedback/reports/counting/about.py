"""What every response knows of itself and nobody was asked about, counted together.

The database groups a slice by all of it once; what is told by one thing at a time is added up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Label, SQLColumnExpression, and_, case, func, select
from sqlalchemy.orm import Session

from feedback.reports.counting.slices import Slice
from feedback.reports.disclosure import WHOLE, Population
from feedback.responses.models import Comment, Response

ALONE, HELPED = "alone", "helped"
"""Answered with nobody beside them, and with somebody; the silent about it are in neither."""

END = "end"
"""The stage of an answer that looks back on help; it comes with the card of its start."""


class Alike(NamedTuple):
    """How many responses agree in all of this."""

    group: str
    event_type: str | None
    language: str
    company: str | None
    has_card: bool
    is_end: bool
    number: int


@dataclass
class About:
    """Everything counted of responses alone; `with_card` counts a card once, at its first answer."""

    by_language: Counter[str] = field(default_factory=Counter)
    by_company: Counter[str] = field(default_factory=Counter)
    company_of_group: Counter[tuple[str, str]] = field(default_factory=Counter)
    with_card: Counter[Population] = field(default_factory=Counter)
    writers: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    ends: int = 0


def count_about(session: Session, part: Slice) -> About:
    """Count what a slice's responses know of themselves."""
    company = case((Response.beside == "no", ALONE), (Response.beside.is_not(None), HELPED))
    is_end = case((Response.stage == END, 1), else_=0)
    has_card = case((and_(Response.has_code, Response.stage != END), 1), else_=0)
    columns: tuple[SQLColumnExpression[Any], ...] = (
        Response.audience,
        Response.event_type,
        Response.language,
        company,
        has_card,
        is_end,
    )
    named: list[Label[Any]] = [column.label(name) for column, name in zip(columns, Alike._fields, strict=False)]
    each = select(*named).where(*part.where()).subquery("each_one")
    rows = session.execute(select(*each.c, func.count()).group_by(*each.c))
    return _added_up(map(Alike._make, rows), _writers(session, part))


def _writers(session: Session, part: Slice) -> Counter[tuple[str, str | None]]:
    """Count the people who wrote something, by group and kind of event."""
    wrote = select(Comment.id).where(Comment.response_id == Response.id).exists()
    by = (Response.audience, Response.event_type)
    rows = session.execute(select(*by, func.count()).where(*part.where(), wrote).group_by(*by))
    return Counter({(group, event_type): number for group, event_type, number in rows})


def _added_up(rows: Iterable[Alike], writers: Counter[tuple[str, str | None]]) -> About:
    found = About(writers=writers)
    for each in rows:
        found.by_language[each.language] += each.number
        if each.company is not None:
            found.by_company[each.company] += each.number
        found.company_of_group[each.group, each.company or ""] += each.number
        if each.has_card:
            for population in _populations(each):
                found.with_card[population] += each.number
        found.ends += each.number if each.is_end else 0
    return found


def _populations(each: Alike) -> list[Population]:
    """Return what a card says of whoever it is for."""
    known = [("group", each.group), *([("event_type", each.event_type)] if each.event_type else [])]
    return [WHOLE, *(frozenset({pair}) for pair in known)]
