"""What a question's figures stand on, and when a running quarter may move them so that no two looks can be subtracted.

A question keeps the figures of an earlier step until the gate lets later ones replace them. Must not know how figures
are laid out or said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from feedback.reports import disclosure
from feedback.reports.counting.answers import SCALES
from feedback.reports.figures import FACE5, Distribution, NoAnswer, Scale

TWO_SIDES = Scale(("favourable", "other"), favourable=1)
"""A question of which only the favourable share is shown."""


@dataclass(frozen=True)
class Standing:
    """The exact counts behind a question's published figures: over the first `base` responses, the last of them `upto`.

    `in_full`: every answer was shown; otherwise the favourable share alone. `is_new`: this release moved it.
    """

    counts: Distribution
    base: int
    upto: int
    in_full: bool = True
    is_new: bool = True

    def shown(self, counts: Distribution) -> Distribution:
        """Return counts in as much detail as this question is shown."""
        return counts if self.in_full else two_sides(counts)


@dataclass(frozen=True)
class Exact:
    """Everything a release keeps sealed: its slice, and what each question stands on."""

    base: int
    upto: int
    questions: Mapping[str, Standing]

    def to_json(self) -> str:
        """Write it down, to be sealed."""
        questions = {name: _written(each) for name, each in self.questions.items()}
        return json.dumps({"base": self.base, "upto": self.upto, "questions": questions})

    @classmethod
    def from_json(cls, text: str) -> Exact:
        """Read back what `to_json` wrote."""
        raw = json.loads(text)
        questions = {name: _read(name, each) for name, each in raw["questions"].items()}
        return cls(raw["base"], raw["upto"], questions)


def move(before: Standing, *, stayed: Distribution, after: Standing) -> Standing:
    """Return what a question stands on next: `after` in full, `after` with its share alone, or still `before`.

    `stayed` are the people of `before` who have not withdrawn since. Whoever came is unknown beside them, so that the
    few who left are hidden among at least ten who came.
    """
    if disclosure.may_replace(stayed, after.counts).value and _nobody_left_alone(before, stayed, after):
        return after
    shorter = disclosure.may_replace(two_sides(stayed), two_sides(after.counts))
    if shorter.value and _nobody_left_alone(before, stayed, after):
        return replace(after, in_full=False)
    return replace(before, is_new=False)


def two_sides(counts: Distribution) -> Distribution:
    """Return the same people as favourable and other answers only."""
    share = counts.favourable
    missing = {kind.value: getattr(counts, kind.value) for kind in NoAnswer}
    return Distribution(TWO_SIDES, (share.count, share.base - share.count), **missing)


def _nobody_left_alone(before: Standing, stayed: Distribution, after: Standing) -> bool:
    """Those who withdrew must not be the only difference between two looks."""
    return stayed.responses == before.counts.responses or after.counts.responses > stayed.responses


def _written(standing: Standing) -> dict[str, Any]:
    counts = standing.counts
    missing = {kind.value: getattr(counts, kind.value) for kind in NoAnswer}
    return {
        "answered": counts.answered,
        "missing": missing,
        "base": standing.base,
        "upto": standing.upto,
        "in_full": standing.in_full,
    }


def _read(name: str, raw: dict[str, Any]) -> Standing:
    counts = Distribution(SCALES.get(name, FACE5), tuple(raw["answered"]), **raw["missing"])
    return Standing(counts, raw["base"], raw["upto"], raw["in_full"], is_new=False)
