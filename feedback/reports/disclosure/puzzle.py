"""Counts that add up, some hidden: what a reader could still work out, and what else to hide so that nobody can.

The reader is taken to know every shown count exactly (rounding is never relied on), how the counts add up, and any
range stated for a hidden one. Must not know what the counts mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from feedback.reports.disclosure.rules import MIN_RANGE
from feedback.reports.disclosure.solver import TOLERANCE, Programme

Key: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
"""What is counted, and the values it is narrowed to: ("comments", {("group", "child"), ("tone", "positive")})."""

Price: TypeAlias = Callable[[Key], float]

REACH = 12
"""How far from the truth the attack looks: it only tells ranges under three from wider ones."""

BATCH = 400
"""Variables in one call of the solver: small attacks are cheaper together."""


@dataclass(frozen=True)
class Puzzle:
    """Exact counts by key, which of them add up to which, and the range a reader knows for some that are hidden."""

    counts: Mapping[Key, int]
    sums: tuple[tuple[Key, tuple[Key, ...]], ...]
    known_ranges: Mapping[Key, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for total, parts in self.sums:
            if self.counts[total] != sum(self.counts[part] for part in parts):
                raise ValueError(f"The parts of {total} do not add up to it.")

    def reach(self, key: Key) -> tuple[int, int]:
        """Return the values of a hidden count that the attack considers."""
        low, high = self.known_ranges.get(key, (0, self.counts[key] + REACH))
        return max(low, self.counts[key] - REACH), min(high, self.counts[key] + REACH)


def exposed(puzzle: Puzzle, hidden: Collection[Key], targets: Iterable[Key]) -> list[Key]:
    """Return the targets that a reader can narrow to a range under `MIN_RANGE`, in the order given."""
    targets = list(targets)
    open_to: set[Key] = {key for key in targets if key not in hidden}
    places = {key: place for place, key in enumerate(puzzle.counts)}
    for island, equations in _islands(puzzle, hidden):
        inside = sorted(island, key=places.__getitem__)
        open_to |= _narrowed(puzzle, inside, equations, [key for key in targets if key in island])
    return [key for key in targets if key in open_to]


def protect(
    puzzle: Puzzle, *, targets: Sequence[Key], hidden: Iterable[Key] = (), price: Price
) -> frozenset[Key] | None:
    """Return what to hide so that no target can be narrowed to under `MIN_RANGE`, or None when nothing is safe enough.

    `hidden` is hidden already and stays so; `price(key)` is what hiding another count costs the reader (infinite: must
    stay). Deterministic: covers each open target as cheaply as possible, then shows again what need not be hidden.
    """
    given = frozenset(hidden) | frozenset(targets)
    gone = set(given)
    for target in targets:
        for whole in (False, True):
            if target in exposed(puzzle, gone, [target]):
                more = _cover(puzzle, gone, target, price, whole=whole)
                if more is None:
                    return None
                gone |= more
    for key in sorted(gone - given, key=lambda key: (-price(key), -puzzle.counts[key], repr(key))):
        if not exposed(puzzle, gone - {key}, targets):
            gone.discard(key)
    return None if exposed(puzzle, gone, targets) else frozenset(gone)


def _equations(puzzle: Puzzle, unknown: Collection[Key]) -> Iterator[dict[Key, int]]:
    """Yield how the unknown counts depend on each other: the coefficient of each in every sum that holds some."""
    for total, parts in puzzle.sums:
        equation = {key: 1 for key in parts if key in unknown} | ({total: -1} if total in unknown else {})
        if equation:
            yield equation


def _islands(puzzle: Puzzle, hidden: Collection[Key]) -> Iterator[tuple[set[Key], list[dict[Key, int]]]]:
    """Yield hidden counts that hang together, with the equations between them (coefficient of each hidden count)."""
    home: dict[Key, tuple[set[Key], list[dict[Key, int]]]] = {key: ({key}, []) for key in hidden}
    for equation in _equations(puzzle, home):
        touched = {id(home[key]): home[key] for key in equation}
        largest = max(touched.values(), key=lambda island: len(island[0]))
        for island in touched.values():
            if island is not largest:
                largest[0].update(island[0])
                largest[1].extend(island[1])
                home.update(dict.fromkeys(island[0], largest))
        largest[1].append(equation)
    yield from {id(island): island for island in home.values()}.values()


def _narrowed(
    puzzle: Puzzle, island: Sequence[Key], equations: Sequence[Mapping[Key, int]], targets: Sequence[Key]
) -> set[Key]:
    """Return the targets on one island whose range is under `MIN_RANGE`: exact, by looking for the two ends."""
    lowest = {key: puzzle.counts[key] for key in island}
    highest = dict(lowest)
    size = max(1, BATCH // (2 * len(island)))
    waiting = list(targets)
    while waiting:
        batch, waiting = waiting[:size], waiting[size:]
        programme, copies = Programme(), []
        for target, direction in ((target, direction) for target in batch for direction in (1.0, -1.0)):
            copies.append(_copy(programme, puzzle, island, equations, {target: direction}))
        found = programme.solve()
        if found is None:
            return set(targets)
        for copy in copies:
            for key, index in copy.items():
                lowest[key], highest[key] = min(lowest[key], found[index]), max(highest[key], found[index])
        waiting = [key for key in waiting if highest[key] - lowest[key] < MIN_RANGE]
    return {key for key in targets if highest[key] - lowest[key] < MIN_RANGE}


def _copy(
    programme: Programme,
    puzzle: Puzzle,
    island: Iterable[Key],
    equations: Iterable[Mapping[Key, int]],
    costs: Mapping[Key, float],
) -> dict[Key, int]:
    """Add one table that a reader may believe in; return the index of each hidden count in it."""
    copy = {key: programme.variable(*puzzle.reach(key), costs.get(key, 0.0)) for key in island}
    for equation in equations:
        right = sum(factor * puzzle.counts[key] for key, factor in equation.items())
        programme.row(((copy[key], factor) for key, factor in equation.items()), right, right)
    return copy


def _cover(puzzle: Puzzle, hidden: set[Key], target: Key, price: Price, *, whole: bool) -> set[Key] | None:
    """Return the cheapest further counts to hide so that `target` gets its range, None when there are none.

    Two tables a reader may believe in, with `target` far enough apart; whatever differs from the truth is hidden. Of
    two equally cheap counts the smaller is taken. Not `whole` is a quick guess in fractions, for the attack to judge.
    """
    free = {key: None for key in puzzle.counts if key in hidden or price(key) != float("inf")}
    equations, programme = list(_equations(puzzle, free)), Programme()
    above, below = (_copy(programme, puzzle, free, equations, {}) for _ in range(2))
    programme.row(((above[target], 1), (below[target], -1)), MIN_RANGE, float("inf"))
    moves, largest = {}, max(1, *puzzle.counts.values())
    for key in free:
        if key not in hidden:
            count = puzzle.counts[key]
            moves[key] = programme.variable(0, REACH, price(key) * (1 + count / largest / 10))
            for index in (above[key], below[key]):
                programme.row(((index, 1), (moves[key], -1)), -float("inf"), count)
                programme.row(((index, 1), (moves[key], 1)), count, float("inf"))
    found = programme.solve() if whole else programme.relax()
    return None if found is None else {key for key, move in moves.items() if found[move] > TOLERANCE}
