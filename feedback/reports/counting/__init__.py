"""Raw counts of one quarter, grouped by the database in a handful of queries.

What it returns is never shown: it goes to the gate. Withdrawn responses are left out; of the running quarter only the
first so many, in order of arrival, are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from feedback.reports.counting.about import ALONE, HELPED, About, count_about
from feedback.reports.counting.answers import Answers, Sizes, count_answers, count_whole, nobody
from feedback.reports.counting.journeys import Journeys, count_journeys
from feedback.reports.counting.slices import SELF_REPORT, SPLITS, Slice, count_responses, last_arrival
from feedback.reports.counting.words import ThemeCounts, Words, count_words
from feedback.reports.disclosure import WHOLE

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


@dataclass
class Counts:
    """Everything counted of one slice."""

    answers: Answers = field(default_factory=nobody)
    sizes: Sizes = field(default_factory=Counter)
    about: About = field(default_factory=About)
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
    about = count_about(session, part)
    return Counts(
        answers=answers,
        sizes=sizes,
        about=about,
        words=count_words(session, part, about.writers),
        journeys=count_journeys(session, part, has_ends=about.ends > 0),
    )
