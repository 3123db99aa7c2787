"""Raw counts of one quarter, grouped by the database in a handful of queries.

What it returns is never shown: it goes to the gate. Withdrawn responses are left out; of the running quarter only the
first so many, in order of arrival, are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.reports.counting.answers import Answers, Sizes, count_answers, count_whole, nobody
from feedback.reports.counting.journeys import Journeys, count_journeys
from feedback.reports.counting.slices import SELF_REPORT, SPLITS, Slice, count_responses, last_arrival
from feedback.reports.counting.words import ThemeCounts, Words, count_words
from feedback.reports.disclosure import WHOLE
from feedback.responses.models import Response

__all__ = [
    "ALONE",
    "HELPED",
    "SELF_REPORT",
    "SPLITS",
    "Counts",
    "Slice",
    "ThemeCounts",
    "Words",
    "count",
    "count_answers",
    "count_responses",
    "count_whole",
    "last_arrival",
]

ALONE, HELPED = "alone", "helped"


@dataclass
class Counts:
    """Everything counted of one slice."""

    answers: Answers = field(default_factory=nobody)
    sizes: Sizes = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)
    by_company: Counter[str] = field(default_factory=Counter)
    words: Words = field(default_factory=Words)
    journeys: Journeys = field(default_factory=Journeys)

    @property
    def responses(self) -> int:
        """How many responses."""
        return self.sizes[WHOLE]

    def by(self, variable: str) -> Counter[str]:
        """Return how many responses have each value of a split."""
        found: Counter[str] = Counter()
        for population, number in self.sizes.items():
            named = dict(population)
            if set(named) == {variable}:
                found[named[variable]] = number
        return found


def count(session: Session, part: Slice) -> Counts:
    """Count everything a release shows."""
    sizes, answers = count_answers(session, part)
    return Counts(
        answers=answers,
        sizes=sizes,
        by_language=_by_language(session, part),
        by_company=_by_company(session, part),
        words=count_words(session, part),
        journeys=count_journeys(session, part),
    )


def _by_language(session: Session, part: Slice) -> Counter[str]:
    rows = session.execute(select(Response.language, func.count()).where(*part.where()).group_by(Response.language))
    return Counter({language: number for language, number in rows})  # noqa: C416 - rows are not pairs to the checker


def _by_company(session: Session, part: Slice) -> Counter[str]:
    """Count who answered with nobody beside them, and who did not; the silent about it are in neither."""
    rows = session.execute(
        select(Response.beside, func.count())
        .where(*part.where(), Response.beside.is_not(None))
        .group_by(Response.beside)
    )
    found: Counter[str] = Counter()
    for beside, number in rows:
        found[ALONE if beside == "no" else HELPED] += number
    return found
