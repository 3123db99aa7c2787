"""Plain arithmetic on counts: shares, intervals, differences, paired change, runs, agreement.

Everything here is exact and raw: it must not know what may be shown (that is the gate's business), whose counts they
are, the database or the web.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Z = 1.96
"""Normal deviate of a 95% interval, as in the public health method this follows (see `Share.interval`)."""

RUN_LENGTH = 6
"""Points on one side of the median that count as a signal (run charts in service improvement; practice 5.3)."""

COMPARABLE_BASE = 10
"""Answers each period needs before two periods are compared in words (practice 3.7 rule 1)."""


class NoAnswer(StrEnum):
    """The four different facts behind a missing answer; never added together silently."""

    BLANK = "blank"
    DONT_KNOW = "dont_know"
    WONT_SAY = "wont_say"
    NOT_ASKED = "not_asked"


_IN_ORDER = (NoAnswer.BLANK.value, NoAnswer.DONT_KNOW.value, NoAnswer.WONT_SAY.value, NoAnswer.NOT_ASKED.value)


class Verdict(StrEnum):
    """What may be said in words about the change between two periods."""

    LIKELY_BETTER = "likely_better"
    LIKELY_WORSE = "likely_worse"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


class Run(StrEnum):
    """Side of the median on which a run of points lies."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of shares or of differences between shares; bounds are fractions, low <= high."""

    low: float
    high: float

    def as_percent(self) -> tuple[int, int]:
        """Return both bounds as whole percent."""
        return round_half_up(self.low * 100), round_half_up(self.high * 100)


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of a closed question, best first; the first `favourable` of them count as favourable."""

    states: tuple[str, ...]
    favourable: int

    def __post_init__(self) -> None:
        if not 0 < self.favourable < len(self.states):
            raise ValueError("A scale needs favourable and other answers.")
        if len(set(self.states)) != len(self.states) or set(self.states) & set(NoAnswer):
            raise ValueError("The answers of a scale differ from each other and from the kinds of no answer.")


FACE5 = Scale(("5", "4", "3", "2", "1"), favourable=2)
"""Five faces: favourable is 4 or 5 (practice 1.4)."""

YES_NO = Scale(("yes", "no"), favourable=1)
"""Yes or no where "not sure" is counted as "I don't know" and not scored (`support`, practice 1.4)."""

YES_NO_UNSURE = Scale(("yes", "not_sure", "no"), favourable=1)
"""Yes or no where "not sure" stays in the base as not favourable (`rights`, practice 1.4)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; `base` counts scored answers only. Raises ValueError for impossible counts."""

    count: int
    base: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.base:
            raise ValueError(f"{self.count} of {self.base} is not a share.")

    @property
    def share(self) -> float | None:
        """The share as a fraction, None on an empty base."""
        return self.count / self.base if self.base else None

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson score interval, None on an empty base."""
        return wilson(self.count, self.base) if self.base else None


@dataclass(frozen=True)
class Distribution:
    """Counts of every answer to one question in one group, the four kinds of no answer apart; summed up only once."""

    scale: Scale
    answered: tuple[int, ...]
    blank: int = 0
    dont_know: int = 0
    wont_say: int = 0
    not_asked: int = 0

    def __post_init__(self) -> None:
        if len(self.answered) != len(self.scale.states):
            raise ValueError("A distribution holds one count for each answer of its scale.")
        if min(*self.answered, self.blank, self.dont_know, self.wont_say, self.not_asked) < 0:
            raise ValueError("Counts are never negative.")

    @classmethod
    def of(cls, scale: Scale, counts: Mapping[str, int]) -> Distribution:
        """Build from counts by answer or `NoAnswer`; raise ValueError for a name the scale does not have."""
        unknown = counts.keys() - {*scale.states, *_IN_ORDER}
        if unknown:
            raise ValueError(f"Not an answer of this scale: {', '.join(sorted(unknown))}.")
        missing = (counts.get(kind, 0) for kind in _IN_ORDER)
        return cls(scale, tuple(counts.get(state, 0) for state in scale.states), *missing)

    @cached_property
    def base(self) -> int:
        """Scored answers: the n beside every share."""
        return sum(self.answered)

    @property
    def asked(self) -> int:
        """People who saw the question."""
        return self.base + self.blank + self.dont_know + self.wont_say

    @property
    def responses(self) -> int:
        """Everybody in the group, asked or not."""
        return self.asked + self.not_asked

    @cached_property
    def favourable(self) -> Share:
        """The main figure: share of favourable answers."""
        return Share(sum(self.answered[: self.scale.favourable]), self.base)

    @property
    def top_box(self) -> Share:
        """Share of the best answer alone: children's answers bunch at the top (practice 5.3)."""
        return Share(self.answered[0], self.base)

    def __add__(self, other: Distribution) -> Distribution:
        if other.scale != self.scale:
            raise ValueError("Only distributions over the same scale can be added.")
        return Distribution(
            self.scale,
            tuple(a + b for a, b in zip(self.answered, other.answered, strict=True)),
            self.blank + other.blank,
            self.dont_know + other.dont_know,
            self.wont_say + other.wont_say,
            self.not_asked + other.not_asked,
        )


@dataclass(frozen=True, slots=True)
class PairedChange:
    """How many people were better, the same or worse at the end, by at least `step`; median of end minus start."""

    better: int
    same: int
    worse: int
    median_change: float | None

    @property
    def pairs(self) -> int:
        """People with both a start and an end."""
        return self.better + self.same + self.worse


def round_half_up(value: float, step: int = 1) -> int:
    """Round to the nearest multiple of `step`, halves upwards (Python's own rounding sends 12.5 to 12)."""
    return math.floor(value / step + 0.5 + 1e-9) * step


def percent(count: int, base: int, step: int = 1) -> int:
    """Return a share as percent rounded half up to a multiple of `step`, in exact whole-number arithmetic."""
    return (200 * count + step * base) // (2 * step * base) * step


def wilson(count: float, base: float, z: float = Z) -> Interval:
    """Return the Wilson score interval of a share; `count` may be a fraction when it comes from rounded figures.

    (2O + z^2 -+ z sqrt(z^2 + 4Oq)) / (2(n + z^2)) with q = 1 - O/n, the method preferred by the Office for Health
    Improvement and Disparities (fingertips.phe.org.uk, proportions; practice 5.3). Raises ValueError on an empty base.
    """
    if base <= 0:
        raise ValueError("An interval needs a base.")
    square, share = z * z, count / base
    spread = z * math.sqrt(square + 4 * count * (1 - share))
    low = (2 * count + square - spread) / (2 * (base + square))
    high = (2 * count + square + spread) / (2 * (base + square))
    return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))


def difference(before: Share, after: Share) -> Interval:
    """Return the 95% interval of after minus before, by Newcombe's hybrid of two Wilson intervals.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    (1998) 873-890, method 10. Raises ValueError when either base is empty.
    """
    return difference_of_rates(
        before.count / before.base if before.base else 0.0,
        before.base,
        after.count / after.base if after.base else 0.0,
        after.base,
    )


def difference_of_rates(before: float, before_base: float, after: float, after_base: float) -> Interval:
    """Return the same interval from two rates (fractions) and their bases, which may be rounded figures."""
    was, now = wilson(before * before_base, before_base), wilson(after * after_base, after_base)
    change = after - before
    low = change - math.hypot(after - now.low, was.high - before)
    high = change + math.hypot(now.high - after, before - was.low)
    return Interval(low, high)


def verdict(before: Share, after: Share) -> Verdict:
    """Return the words for a change: better or worse only when the interval of the difference leaves out zero."""
    if min(before.base, after.base) < COMPARABLE_BASE:
        return Verdict.TOO_FEW
    return verdict_on(difference(before, after))


def verdict_on(change: Interval) -> Verdict:
    """Return the words for an interval of after minus before."""
    if change.low > 0:
        return Verdict.LIKELY_BETTER
    if change.high < 0:
        return Verdict.LIKELY_WORSE
    return Verdict.NO_CLEAR_CHANGE


def paired_change(pairs: Iterable[tuple[int, int]], step: int = 1) -> PairedChange:
    """Count who moved by at least `step` between start and end (1 on the ladder, 3 on a 0-10 goal; practice 1.12)."""
    moves = [end - start for start, end in pairs]
    better = sum(move >= step for move in moves)
    worse = sum(move <= -step for move in moves)
    return PairedChange(better, len(moves) - better - worse, worse, median(moves))


def median(values: Iterable[float]) -> float | None:
    """Return the middle value (mean of the two middle ones), None when there is none."""
    ordered = list(values)
    return float(statistics.median(ordered)) if ordered else None


def run_signal(values: Sequence[float], *, middle: float | None = None, length: int = RUN_LENGTH) -> Run | None:
    """Return the side on which the newest points lie when `length` or more in a row are on one side of the median.

    `middle` is the median of an earlier time when there is one; else that of the values, where no more than half can
    lie on a side, so that fewer than twelve different points never signal. Points on the median neither make nor break
    a run.
    """
    middle = median(values) if middle is None else middle
    sides = [value > middle for value in values if value != middle] if middle is not None else []
    if len(sides) < length or len(set(sides[-length:])) != 1:
        return None
    return Run.ABOVE if sides[-1] else Run.BELOW


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Cohen's kappa of two coders over the same comments, None when chance alone would agree completely.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
    37-46.
    Raises ValueError when the coders did not code the same number of comments.
    """
    if len(first) != len(second):
        raise ValueError("Two coders code the same comments.")
    size = len(first)
    codes = {*first, *second}
    if not size or len(codes) == 1:
        return None
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / size
    chance = sum(first.count(code) * second.count(code) for code in codes) / (size * size)
    return (agreed - chance) / (1 - chance)
