"""One population in a comparison: its counts, how it would be shown on its own, and what of it must stay hidden.

Turns people into a puzzle's counts and a puzzle's answer back into shown figures; must not know other populations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from feedback.reports import figures
from feedback.reports.disclosure import groups
from feedback.reports.disclosure.puzzle import Key, Puzzle
from feedback.reports.disclosure.rules import LARGEST_SMALL, MIN_BASE, Why, is_small
from feedback.reports.disclosure.shapes import Block, ShownDistribution

Population: TypeAlias = frozenset[tuple[str, str]]

WHOLE: Final[Population] = frozenset()
"""Everybody."""

FAVOURABLE, OTHER, ANSWER = "favourable", "other", "answer"
TOGETHER = "+"

CELL, SHARE, BLOCK = 1.0, 4.0, 6.0
"""What hiding one answer, a share or a merged block costs the reader; ten times as much for everybody."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """One population: its counts, how it would be shown on its own (or why not), and whether answer by answer.

    `has_word`: whether few or most is said where the share is hidden; a reader who is told less can rule out less.
    """

    name: Population
    counts: figures.Distribution
    plan: groups.Plan | Why
    in_full: bool
    has_word: bool = True

    def key(self, answer: str | None = None) -> Key:
        """Return what a count of this population is called; without an answer, its base."""
        extra = () if answer is None else ((ANSWER, answer),)
        return "answers", self.name | frozenset(extra)

    def numbers(self) -> Iterator[tuple[Key, int]]:
        """Yield every count about this population that could matter."""
        return ((self.key(answer), count) for answer, count in self._numbers())

    def _numbers(self) -> Iterator[tuple[str | None, int]]:
        """Yield the same by answer, None for the base: naming a count costs more than counting it."""
        share = self.counts.favourable
        yield None, share.base
        yield FAVOURABLE, share.count
        yield OTHER, share.base - share.count
        if self.in_full:
            held = dict(zip(self.counts.scale.states, self.counts.answered, strict=True))
            yield from held.items()
            yield from ((TOGETHER.join(block), sum(held[state] for state in block)) for block in self.merged())

    def sums(self) -> Iterator[tuple[Key, tuple[Key, ...]]]:
        """Yield how those counts add up."""
        yield self.key(), (self.key(FAVOURABLE), self.key(OTHER))
        if self.in_full:
            first, states = self.counts.scale.favourable, self.counts.scale.states
            yield self.key(FAVOURABLE), tuple(map(self.key, states[:first]))
            yield self.key(OTHER), tuple(map(self.key, states[first:]))
            yield from ((self.block_key(block), tuple(map(self.key, block))) for block in self.merged())

    def blocks(self) -> list[tuple[str, ...]]:
        """Return the answers as drawn on its own, none when it is withheld."""
        if isinstance(self.plan, Why):
            return []
        return groups.pieces(self.counts.scale.states, self.plan.ends)

    def block_key(self, block: tuple[str, ...]) -> Key:
        """Return the name of the count of a block: an answer, several together, or a whole side."""
        first, states = self.counts.scale.favourable, self.counts.scale.states
        if not self.in_full:
            return self.key({states[:first]: FAVOURABLE, states[first:]: OTHER}.get(block, TOGETHER))
        return self.key(TOGETHER.join(block))

    def merged(self) -> list[tuple[str, ...]]:
        """Return the blocks of several answers, whose sum is shown although no answer in them is."""
        return [block for block in self.blocks() if len(block) > 1]

    def hidden(self) -> Iterator[Key]:
        """Yield what is hidden already when it is shown on its own."""
        if isinstance(self.plan, Why):
            yield from (key for key, _ in self.numbers())
            return
        if self.counts.scale.favourable not in self.plan.ends:
            yield from (self.key(FAVOURABLE), self.key(OTHER))
        if self.in_full:
            yield from (self.key(state) for block in self.merged() for state in block)

    def known_ranges(self) -> Iterator[tuple[Key, tuple[int, int]]]:
        """Yield what the words beside a hidden figure say: fewer than ten, few, most, or hidden for others' sake."""
        share = self.counts.favourable
        if isinstance(self.plan, Why):
            if share.base < MIN_BASE:
                yield self.key(), (0, MIN_BASE - 1)
            return
        vague = set(self.hidden()) | (set() if self.has_word else {self.key(FAVOURABLE), self.key(OTHER)})
        for key, count in self.numbers():
            if key not in vague and count > LARGEST_SMALL:
                yield key, (LARGEST_SMALL + 1, share.base)
        if self.has_word and self.counts.scale.favourable not in self.plan.ends:
            few = 2 * share.count < share.base
            low, high = int(not self.plan.small), max(LARGEST_SMALL, min(share.count, share.base - share.count))
            yield self.key(FAVOURABLE if few else OTHER), (low, high)
            yield self.key(OTHER if few else FAVOURABLE), (share.base - high, share.base - low)

    def targets(self) -> Iterator[Key]:
        """Yield what must stay hidden: one to five people, and in shown groups under thirty nobody and everybody."""
        masked = not isinstance(self.plan, Why) and self.plan.small
        for answer, count in self._numbers():
            if is_small(count) or (masked and not count and answer in {FAVOURABLE, OTHER}):
                yield self.key(answer)


def layout(
    crowds: Mapping[Population, Crowd], families: Mapping[tuple[Population, str], Iterable[Population]]
) -> Puzzle:
    """Lay out every count, how each population adds up, and how the parts (by parent and variable) add up to it."""
    sums = [each for crowd in crowds.values() for each in crowd.sums()]
    for (parent, _), family in families.items():
        members = [crowds[name] for name in family]
        answers: list[str | None] = [None, FAVOURABLE, OTHER]
        if all(crowd.in_full for crowd in (crowds[parent], *members)):
            answers += crowds[parent].counts.scale.states
        sums += [(crowds[parent].key(each), tuple(crowd.key(each) for crowd in members)) for each in answers]
    counts = {key: count for crowd in crowds.values() for key, count in crowd.numbers()}
    ranges = {key: known for crowd in crowds.values() for key, known in crowd.known_ranges()}
    return Puzzle(counts, tuple(sums), ranges)


def price(key: Key) -> float:
    """Return what hiding a count costs the reader: bases and the share of everybody stay, whatever else goes."""
    answer = dict(key[1]).get(ANSWER)
    whole = len(key[1]) == 1
    if answer is None or (whole and answer in {FAVOURABLE, OTHER}):
        return float("inf")
    return price_of(answer) * (10 if whole else 1)


def price_of(answer: str) -> float:
    """Return what hiding a share, a merged block or one answer of a group costs."""
    return SHARE if answer in {FAVOURABLE, OTHER} else BLOCK if TOGETHER in answer else CELL


def show(crowd: Crowd, hidden: Collection[Key]) -> ShownDistribution:
    """Return what may be shown of a population when these counts are hidden among others."""
    if isinstance(crowd.plan, Why):
        if crowd.in_full:
            return groups.nothing(crowd.counts, crowd.plan)
        return groups.share_alone(groups.withheld(crowd.plan), crowd.plan)
    gone, favourable = groups.only_base(crowd.plan, Why.WORKED_OUT), groups.favourable(crowd.counts, crowd.plan)
    if hidden and crowd.key(FAVOURABLE) in hidden and (favourable.percent is not None or not crowd.has_word):
        favourable = gone
    if not crowd.in_full:
        return groups.share_alone(favourable)
    alone = groups.show(crowd.counts, crowd.plan, has_silence=crowd.name == WHOLE)
    first, states = crowd.counts.scale.favourable, crowd.counts.scale.states
    drawn = _drawn(crowd, hidden)
    blocks = _blocks(crowd, crowd.plan, drawn)
    top_box = favourable if first == 1 else alone.top_box if states[:1] in drawn else gone
    return replace(
        alone,
        favourable=favourable,
        top_box=top_box,
        blocks=blocks,
        cells=tuple(groups.cell(state, blocks) for state in states),
    )


def _drawn(crowd: Crowd, hidden: Collection[Key]) -> list[tuple[str, ...]]:
    """Return what is still drawn: open blocks, and those closed on one side together where that side is shown."""
    first, states = crowd.counts.scale.favourable, crowd.counts.scale.states
    known = {key for key, _ in crowd.numbers()} - set(hidden)
    drawn = [block for block in crowd.blocks() if crowd.block_key(block) in known]
    for side, answers in ((FAVOURABLE, states[:first]), (OTHER, states[first:])):
        closed = [block for block in crowd.blocks() if block not in drawn and set(block) <= set(answers)]
        if closed and crowd.key(side) in known:
            drawn.append(tuple(state for block in closed for state in block))
    return sorted(drawn, key=lambda block: states.index(block[0]))


def _blocks(crowd: Crowd, plan: groups.Plan, drawn: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
    held = dict(zip(crowd.counts.scale.states, crowd.counts.answered, strict=True))
    if len(drawn) == 1 and len(drawn[0]) == len(held):
        return ()
    sums = [sum(held[state] for state in block) for block in drawn]
    return tuple(map(Block, drawn, groups.percentages(sums, crowd.counts.base, plan.step)))
