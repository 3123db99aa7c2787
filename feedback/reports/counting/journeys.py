"""Distance travelled: the same person's ladder at the start and at the end of some help, paired by a journey code.

Only pairs are counted, of the same questionnaire; looking back ("then and now") is never mixed in (practice 1.12).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.kinds import State
from feedback.reports import figures
from feedback.reports.counting.slices import SELF_REPORT, Slice
from feedback.responses.models import Response, StoredAnswer

MOVED = figures.Scale(("better", "same", "worse"), favourable=1)
"""At least one step up, none, at least one step down (practice 1.12)."""


@dataclass
class Journeys:
    """Pairs that ended in a slice: by area, how many moved which way. `open` are starts that have no end yet."""

    areas: dict[str, figures.Distribution] = field(default_factory=dict)
    ended: int = 0
    open: int = 0


def count_journeys(session: Session, part: Slice, *, has_ends: bool = True) -> Journeys:
    """Count the journeys whose end lies in a slice; where it `has_ends` none, only what is open is looked up."""
    if not has_ends:
        return Journeys(open=_open(session, part))
    return Journeys(_areas(session, part), _ended(session, part), _open(session, part))


def _areas(session: Session, part: Slice) -> dict[str, figures.Distribution]:
    """Return by area of the ladder how many pairs moved which way."""
    start, end = aliased(Response), Response
    before, after = aliased(StoredAnswer), aliased(StoredAnswer)
    pair = (start.journey == end.journey) & (start.audience == end.audience)
    paired = (
        select(end.journey, end.audience, after.question_id, (after.value - before.value).label("moved"))
        .join(start, pair & (start.stage == "start") & ~start.is_withdrawn)
        .join(after, (after.response_id == end.id) & (after.state == State.ANSWERED))
        .join(before, (before.response_id == start.id) & (before.question_id == after.question_id))
        .where(*part.where(), end.stage == "end", before.state == State.ANSWERED)
        .where(after.question_id.in_(_ladder(session)))
    ).subquery("paired")
    once = (
        select(paired.c.question_id, func.max(paired.c.moved).label("moved"))
        .group_by(paired.c.journey, paired.c.audience, paired.c.question_id)
        .having(func.count() == 1)
        .subquery("once")
    )
    way = case((once.c.moved > 0, "better"), (once.c.moved < 0, "worse"), else_="same")
    counted: dict[str, dict[str, int]] = {}
    rows = session.execute(select(once.c.question_id, way, func.count()).group_by(once.c.question_id, way))
    for question, moved, number in rows:
        counted.setdefault(question, {})[moved] = number
    return {question: figures.Distribution.of(MOVED, found) for question, found in sorted(counted.items())}


def _ended(session: Session, part: Slice) -> int:
    """Count journeys that have a start and, in this slice, an end."""
    start = aliased(Response)
    begun = select(start.id).where(
        start.journey == Response.journey, start.audience == Response.audience, start.stage == "start",
        ~start.is_withdrawn,
    )  # fmt: skip
    ended = select(func.count(func.distinct(Response.journey))).where(
        *part.where(), Response.stage == "end", begun.exists()
    )
    return session.scalar(ended) or 0


def _open(session: Session, part: Slice) -> int:
    """Count starts up to this quarter that have no end yet."""
    end = aliased(Response)
    ended = select(end.id).where(end.journey == Response.journey, end.audience == Response.audience, end.stage == "end")
    begun = select(func.count(func.distinct(Response.journey))).where(
        Response.quarter <= str(part.quarter),
        ~Response.is_withdrawn,
        Response.audience.in_(SELF_REPORT),
        Response.stage == "start",
        Response.journey.is_not(None),
        ~ended.exists(),
    )
    return session.scalar(begun) or 0


def _ladder(session: Session) -> list[str]:
    """Return the questions of the ladder over all published versions."""
    return sorted(
        {
            question.id
            for version in questionnaires.list_versions(session)
            for question in questionnaires.get_document(session, version.id).definition.questions
            if question.area
        }
    )
