"""One question in one group: which percentages may be shown, and how exactly.

An answer is shown on its own only where it and what stands next to it hold nobody under the rule; other answers are
shown together with their neighbours ("partly, not really and not at all: 35 %"). A boundary between two shown blocks
is drawn in a fixed order and only when both sides are safe, so knowing the exact base, every percentage and this very
procedure still leaves every small cell a range of at least `MIN_RANGE`. Intervals and words are worked out from what is
shown and so cannot add to it. Must not know other groups: `comparisons` looks at several side by side.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from feedback.reports import figures
from feedback.reports.disclosure.rules import (
    COARSE_STEP,
    LARGEST_SMALL,
    MIN_BASE,
    MIN_RANGE,
    NORMAL_BASE,
    Why,
    is_small,
    round_down,
)
from feedback.reports.disclosure.shapes import Block, Cell, ShownDistribution, ShownShare

T = TypeVar("T")

TELLTALE_BASE = 20
"""Below this even multiples of 5 % give exact bases away (9 of 18 is 50 %, nothing of 17 is)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a distribution will be shown: its least certain base, rounding step and where blocks end (raw, not shown)."""

    floor: int
    step: int
    ends: tuple[int, ...]

    @property
    def small(self) -> bool:
        """Whether the words "small numbers" go with it."""
        return self.floor < NORMAL_BASE


@functools.cache
def withheld(why: Why) -> ShownShare:
    """Return a share of which nothing may be said."""
    return ShownShare(None, None, small=True, step=COARSE_STEP, why=why)


def share(count: int, base: int) -> ShownShare:
    """Return what may be shown of `count` in `base` people, every one of whom is either counted or not."""
    counts = (count, base - count)
    if base < MIN_BASE:
        return withheld(Why.FEWER_THAN_TEN)
    plan = Plan(base, _step(base), block_ends(counts, 1, normal=base >= NORMAL_BASE))
    return _share_at(counts, 1, plan)


def distribution(counts: figures.Distribution) -> ShownDistribution:
    """Return what may be shown of one question in one group.

    Nothing when fewer than ten answered, or when fewer than fourteen were asked and some did not answer (the base
    alone would then give away how many). Below 30 percentages are multiples of 5 and 0 % and 100 % become few and most.
    They are multiples of 5 (10 below 20) as well where one to five of those asked did not answer: finer percentages
    give the exact base away, and with it those few.
    """
    plan = plan_for(counts)
    if isinstance(plan, Why):
        return nothing(counts, plan)
    return show(counts, plan)


def plan_for(counts: figures.Distribution, *, in_full: bool = True) -> Plan | Why:
    """Choose how to show a distribution on its own, or the reason to withhold it; not `in_full`, its share alone.

    One reason for every way of being too few: a reader who could tell them apart would learn how many did not answer.
    """
    if not counts.asked:
        return Why.NOT_ASKED
    gap = counts.asked - counts.base
    if counts.base < MIN_BASE or (gap and counts.asked < MIN_BASE + MIN_RANGE + 1):
        return Why.FEW_ANSWERED
    floor = max(MIN_BASE, counts.asked - LARGEST_SMALL) if is_small(gap) else counts.base
    first, normal = counts.scale.favourable, floor >= NORMAL_BASE
    ends = block_ends(counts.answered, first, normal=normal) if in_full else _share_ends(counts, normal=normal)
    if is_small(gap):
        step = COARSE_STEP if floor >= TELLTALE_BASE else 2 * COARSE_STEP
        return _blurred(counts, Plan(floor, step, ends)) or Why.FEW_ANSWERED
    return Plan(floor, _step(floor), ends)


def show(counts: figures.Distribution, plan: Plan, *, has_silence: bool = True) -> ShownDistribution:
    """Return a distribution as planned; the plan must come from `plan_for` or be coarser.

    Without `has_silence` nothing of what went unanswered, which groups beside each other must not tell.
    """
    silent = tuple(Cell(kind, None, Why.NOT_OFFERED) for kind in _UNANSWERED)
    states = pieces(counts.scale.states, plan.ends)
    blocks = tuple(map(Block, states, percentages(_sums(counts, plan), counts.base, plan.step)))
    return ShownDistribution(
        favourable=favourable(counts, plan),
        top_box=_top_box(counts, plan),
        cells=tuple(cell(state, blocks) for state in counts.scale.states),
        blocks=blocks if len(blocks) > 1 else (),
        unanswered=_unanswered(counts) if has_silence else silent,
        not_asked=share(counts.not_asked, counts.responses) if has_silence else withheld(Why.NOT_OFFERED),
    )


def nothing(counts: figures.Distribution, why: Why) -> ShownDistribution:
    """Return a distribution of which nothing is shown but the reason."""
    gone = withheld(why)
    cells, kinds = (tuple(Cell(name, None, why) for name in names) for names in (counts.scale.states, _UNANSWERED))
    return ShownDistribution(gone, gone, cells, (), kinds, gone, why)


def share_alone(favourable: ShownShare, why: Why | None = None) -> ShownDistribution:
    """Return a distribution of which nothing is offered but its favourable share, or the reason why not even that."""
    gone = withheld(why or Why.NOT_OFFERED)
    return ShownDistribution(favourable, gone, (), (), (), gone, why)


def favourable(counts: figures.Distribution, plan: Plan) -> ShownShare:
    """Return the favourable share as planned."""
    return _share_at(counts.answered, counts.scale.favourable, plan)


def pieces(items: Sequence[T], ends: Sequence[int]) -> list[tuple[T, ...]]:
    """Cut `items` where blocks end."""
    return [tuple(items[start:end]) for start, end in zip((0, *ends), ends, strict=False)]


def percentages(sums: Sequence[int], base: int, step: int) -> list[int]:
    """Return the percent of each block; of two, the second is what the first leaves, so that it says nothing new."""
    shown = [figures.percent(held, base, step) for held in sums]
    return [shown[0], 100 - shown[0]] if len(shown) == 2 and sum(sums) == base else shown  # noqa: PLR2004


def cell(state: str, blocks: Iterable[Block]) -> Cell:
    """Return one answer on its own, if it is a block."""
    percent = next((block.percent for block in blocks if block.states == (state,)), None)
    return Cell(state, percent, Why.SMALL_NUMBERS if percent is None else None)


def only_base(plan: Plan, why: Why) -> ShownShare:
    """Return a share of which nothing is said but how many stand behind it."""
    return ShownShare(None, round_down(plan.floor), plan.small, plan.step, why=why)


def block_ends(counts: Sequence[int], first: int, *, normal: bool) -> tuple[int, ...]:
    """Return where blocks end (indices into `counts`), trying `first`, then every other boundary from the best answer.

    A boundary stands when the blocks on both sides, as drawn so far, hold more than five, or nobody where zeros may be
    shown (`normal`). The order never depends on the counts, which is what makes the result safe to publish.
    """
    ends = [0, len(counts)]
    for end in (first, *(index for index in range(1, len(counts)) if index != first)):
        left = max(known for known in ends if known < end)
        right = min(known for known in ends if known > end)
        if _presentable(sum(counts[left:end]), normal=normal) and _presentable(sum(counts[end:right]), normal=normal):
            ends.append(end)
    return tuple(sorted(ends)[1:])


def _share_ends(counts: figures.Distribution, *, normal: bool) -> tuple[int, ...]:
    """Return the same where only the first boundary is tried: favourable and other answers, or all of them together."""
    share, whole = counts.favourable, len(counts.answered)
    stands = all(_presentable(side, normal=normal) for side in (share.count, share.base - share.count))
    return (counts.scale.favourable, whole) if stands else (whole,)


def verdict(before: ShownShare, after: ShownShare) -> figures.Verdict:
    """Return the words for a change from shown figures alone; ranges get a word only when all of each range agrees."""
    if None in (before.base, after.base, before.at_least, after.at_least):
        return figures.Verdict.TOO_FEW
    words = {
        figures.verdict_on(figures.difference_of_rates(was / 100, before.base or 1, now / 100, after.base or 1))
        for was in _corners(before)
        for now in _corners(after)
    }
    return words.pop() if len(words) == 1 else figures.Verdict.NO_CLEAR_CHANGE


def difference(before: ShownShare, after: ShownShare) -> tuple[int, int, int] | None:
    """Return after minus before in points with its 95% bounds, from shown percentages alone; None unless both are."""
    if before.percent is None or after.percent is None or not before.base or not after.base:
        return None
    change = figures.difference_of_rates(before.percent / 100, before.base, after.percent / 100, after.base)
    return (after.percent - before.percent, *change.as_percent())


_UNANSWERED = (figures.NoAnswer.DONT_KNOW, figures.NoAnswer.WONT_SAY, figures.NoAnswer.BLANK)


def _step(base: int) -> int:
    return 1 if base >= NORMAL_BASE else COARSE_STEP


def _presentable(count: int, *, normal: bool) -> bool:
    return count > LARGEST_SMALL or (normal and count == 0)


def _corners(shown: ShownShare) -> set[int]:
    return {bound for bound in (shown.at_least, shown.at_most) if bound is not None}


def _sums(counts: figures.Distribution, plan: Plan) -> list[int]:
    return [sum(held) for held in pieces(counts.answered, plan.ends)]


def _share_at(counts: Sequence[int], first: int, plan: Plan) -> ShownShare:
    """Show the share of the first answers as percent where blocks end there, else as a range that depends on n only."""
    part, whole = sum(counts[:first]), sum(counts)
    base = round_down(plan.floor)
    if first in plan.ends:
        percent = figures.percent(part, whole, plan.step)
        low, high = shown_interval(percent, percent, base, plan.step)
        return ShownShare(percent, base, plan.small, plan.step, percent, percent, low, high)
    edge = _edge(base)
    few = 2 * part < whole
    at_least, at_most = (0, edge) if few else (100 - edge, 100)
    low, high = shown_interval(at_least, at_most, base, plan.step)
    return ShownShare(None, base, plan.small, plan.step, at_least, at_most, low, high, Why.SMALL_NUMBERS)


def _edge(base: int) -> int:
    """Return the largest percent that "few" can be of a base that was rounded down; few is never more than half."""
    return min(50, -(-100 * (LARGEST_SMALL + 1) // base // COARSE_STEP) * COARSE_STEP)


def _top_box(counts: figures.Distribution, plan: Plan) -> ShownShare:
    """Show the best answer alone only where it is a block; a range would say which of two cells is the small one."""
    if 1 in plan.ends or counts.scale.favourable == 1:
        return _share_at(counts.answered, 1, plan)
    return only_base(plan, Why.SMALL_NUMBERS)


def shown_interval(lowest: int, highest: int, base: int, step: int) -> tuple[int, int]:
    """Return Wilson bounds in percent around a shown range, rounded outwards to `step`, from shown figures alone."""
    lower = figures.wilson(lowest * base / 100, base)
    upper = lower if highest == lowest else figures.wilson(highest * base / 100, base)
    low, high = lower.low * 100, upper.high * 100
    return int(low // step) * step, min(100, -int(-high // step) * step)


def _unanswered(counts: figures.Distribution) -> tuple[Cell, ...]:
    """Show don't know, won't say and blank as percent of those asked, each only where it is safe on its own."""
    held = (counts.base, counts.dont_know, counts.wont_say, counts.blank)
    ends = block_ends(held, 1, normal=counts.asked >= NORMAL_BASE)
    step = _step(counts.asked)
    cut = zip(pieces(("answered", *_UNANSWERED), ends), pieces(held, ends), strict=True)
    blocks = [Block(kinds, figures.percent(sum(held), counts.asked, step)) for kinds, held in cut]
    return tuple(cell(kind, blocks) for kind in _UNANSWERED)


def _blurred(counts: figures.Distribution, plan: Plan) -> Plan | None:
    """Merge blocks until the percentages no longer give away how many, between one and five, did not answer.

    The last step says few or most, where that is true, and so is no different from having few or most.
    """
    whole = len(counts.answered)
    merged = tuple(end for end in plan.ends if end in (counts.scale.favourable, whole))
    safe = next((each for each in (plan, replace(plan, ends=merged)) if _hides_base(counts, each)), None)
    share, edge = counts.favourable, _edge(round_down(plan.floor))
    if safe is None and 100 * min(share.count, share.base - share.count) <= edge * share.base:
        return replace(plan, ends=(whole,))
    return safe


def _hides_base(counts: figures.Distribution, plan: Plan) -> bool:
    shown = percentages(_sums(counts, plan), counts.base, plan.step)
    possible = [base for base in range(plan.floor, counts.asked) if _fits(shown, base, plan)]
    return bool(possible) and max(possible) - min(possible) >= MIN_RANGE


def _fits(shown: Sequence[int], base: int, plan: Plan) -> bool:
    """Return whether numbers of people that may stand in blocks could give these percentages of `base`."""
    if len(shown) == 1:
        return True
    ranges = [_people(percent, base, plan) for percent in shown]
    if len(shown) == 2:  # noqa: PLR2004
        ranges[1] = (0, 0) if ranges[0] == (base, base) else (LARGEST_SMALL + 1, base)
    if any(low > high for low, high in ranges):
        return False
    return sum(low for low, _ in ranges) <= base <= sum(high for _, high in ranges)


def _people(percent: int, base: int, plan: Plan) -> tuple[int, int]:
    """Return the fewest and most people that `percent` of `base` can stand for (nobody, where nobody is possible)."""
    fewest = max(0, -(-(2 * percent - plan.step) * base // 200))
    most = min(base, -(-(2 * percent + plan.step) * base // 200) - 1)
    if fewest == 0 and not plan.small:
        return 0, 0
    return max(fewest, LARGEST_SMALL + 1), most
