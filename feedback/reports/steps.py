"""One step of a quarter's figures: counted, moved only as far as the step before allows, and laid out.

Reads the database and changes nothing. Must not know when a step is due or where it is kept.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.db import keys
from feedback.reports import counting, tables
from feedback.reports.counting import Counts, Slice
from feedback.reports.counting.answers import Answers
from feedback.reports.disclosure import WHOLE
from feedback.reports.figures import Distribution
from feedback.reports.models import Release
from feedback.reports.standing import Exact, Standing, move


def open_exact(session: Session, release: Release) -> Exact | None:
    """Open the exact counts behind a release, if it has any."""
    if release.sealed_exact is None:
        return None
    return Exact.from_json(keys(session).feedback.open(release.sealed_exact))


class Step:
    """The figures of a slice of a quarter, given the release of the slice before it (`latest`)."""

    def __init__(
        self,
        session: Session,
        quarter: Quarter,
        part: Slice,
        *,
        latest: Release | None,
        before: dict[str, Any] | None,
    ) -> None:
        self._session, self._quarter, self._part = session, quarter, part
        self._latest, self._before = latest, before
        self._counts: Counts = counting.count(session, part)
        self._exact = open_exact(session, latest) if latest else None
        self._whole_at: dict[int, dict[str, Distribution]] = {}
        self._answers_at: dict[int, Answers] = {}

    def running(self) -> tuple[dict[str, Any], Exact]:
        """Return the running quarter's figures and what they stand on."""
        standings = self._standings
        latest = self._latest.figures if self._latest else None
        shown = tables.running(self._counts, self._quarter, standings=standings, latest=latest, before=self._before)
        return shown, self._kept(standings)

    def final(self) -> tuple[dict[str, Any], Exact]:
        """Return the final figures, every question split over the very people it stands on."""
        standings = self._standings
        answers = {name: self._answers_of(name, each) for name, each in standings.items()}
        shown = tables.final(self._counts, self._quarter, standings=standings, answers=answers, before=self._before)
        return shown, self._kept(standings)

    def _kept(self, standings: dict[str, Standing]) -> Exact:
        return Exact(self._counts.responses, self._part.upto or 0, standings)

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        after = {
            name: Standing(populations[WHOLE], self._counts.responses, self._part.upto or 0)
            for name, populations in self._counts.answers.items()
        }
        if self._exact is None:
            return after
        return {
            name: move(before, stayed=self._stayed(name, before), after=after[name])
            for name, before in self._exact.questions.items()
            if name in after
        }

    def _stayed(self, name: str, before: Standing) -> Distribution:
        """Return the people behind an earlier figure who have not withdrawn since."""
        part = Slice(self._quarter, before.upto)
        if counting.count_responses(self._session, part) == before.base:
            return before.counts
        return self._wholes(before.upto)[name]

    def _wholes(self, upto: int) -> dict[str, Distribution]:
        if upto not in self._whole_at:
            self._whole_at[upto] = counting.count_whole(self._session, Slice(self._quarter, upto))
        return self._whole_at[upto]

    def _answers_of(self, name: str, standing: Standing) -> Answers:
        """Return every population of what a question stands on.

        Where somebody has withdrawn since it was published, everybody alone: the groups would no longer add up to it.
        """
        if standing.upto == self._part.upto and standing.is_new:
            return self._counts.answers
        whole = {name: {WHOLE: standing.counts}}
        if self._stayed(name, standing) != standing.counts:
            return whole
        return self._earlier(standing.upto)

    def _earlier(self, upto: int) -> Answers:
        if upto not in self._answers_at:
            part = Slice(self._quarter, upto)
            _, self._answers_at[upto] = counting.count_answers(self._session, part)
        return self._answers_at[upto]
