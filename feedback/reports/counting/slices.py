"""Which responses a release counts, and by what they may be split. Knows no answer and no word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Subquery, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from feedback.clock import Quarter
from feedback.responses.models import Response, StoredAnswer

SELF_REPORT = ("child", "young", "parent")
"""The groups that speak for themselves; observations are never averaged with them (practice 1.11)."""

SPLITS: tuple[tuple[str, ...], ...] = (
    ("group",),
    ("event_type",),
    ("group", "event_type"),
    ("group", "age_band"),
    ("event_type", "service"),
    ("group", "ethnic_group"),
    ("group", "disability"),
    ("group", "language_need"),
)
"""Every split of a question that is ever shown, the most important first (practice 3.7 rule 6).

What only some groups are asked about themselves is split within its group, and a programme within its kind of event:
split on its own, the gate would not see that the parts belong to a shown group and can be subtracted from it.
"""

TRAVELLER = "gypsy_roma_traveller"
"""Reported apart from other White groups: one of the largest settled groups of the borough (practice 3.6)."""


@dataclass(frozen=True)
class Slice:
    """The part of a quarter that a release covers: all of it, or its responses up to an arrival number."""

    quarter: Quarter
    upto: int | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """Return the conditions on responses."""
        return conditions(str(self.quarter), self.upto)


def conditions(quarter: str | BindParameter[str], upto: int | BindParameter[int] | None) -> list[ColumnElement[bool]]:
    """Return what makes a response one of a slice, given its values or what stands for them in a statement."""
    always = [Response.quarter == quarter, ~Response.is_withdrawn, Response.audience.in_(SELF_REPORT)]
    return always if upto is None else [*always, Response.arrival <= upto]


KNOWN = ("group", "event_type", "service")
"""The splits that every response knows itself."""

ASKED = ("group", "age_band", "ethnic_group", "disability", "language_need")
"""A person's group, and the splits that they were asked about."""


def people(where: Iterable[ColumnElement[bool]]) -> Subquery:
    """Return the responses of a slice's conditions with all that they may be split by, one row a person."""
    age, ethnic, traveller, disability, interpreter = (aliased(StoredAnswer) for _ in range(5))
    broad = case((traveller.choice.in_(("traveller", "roma")), TRAVELLER), else_=ethnic.choice)
    limits = case((disability.choice == "no", "no_disability"), (disability.choice.is_not(None), "disability"))
    need = case((interpreter.choice.in_(("got", "not_got")), "interpreter"), (interpreter.choice == "no", "no_need"))
    rows = select(
        Response.id,
        Response.audience.label("group"),
        Response.event_type,
        Response.service,
        func.coalesce(Response.age_band, age.choice).label("age_band"),
        broad.label("ethnic_group"),
        limits.label("disability"),
        need.label("language_need"),
    ).select_from(Response)
    for answer, question in (
        (age, "e_age"),
        (ethnic, "e_ethnic"),
        (traveller, "e_ethnic_white"),
        (disability, "e_disability"),
        (interpreter, "e_interpreter"),
    ):
        rows = rows.outerjoin(answer, and_(answer.response_id == Response.id, answer.question_id == question))
    return rows.where(*where).subquery("people")


def last_arrival(session: Session, quarter: Quarter, base: int) -> int | None:
    """Return the arrival number of a quarter's `base`-th response that still counts; None when there are fewer."""
    return session.scalar(
        select(Response.arrival).where(*Slice(quarter).where()).order_by(Response.arrival).offset(base - 1).limit(1)
    )


def count_responses(session: Session, part: Slice) -> int:
    """Count the responses of a slice."""
    return session.scalar(select(func.count()).select_from(Response).where(*part.where())) or 0
