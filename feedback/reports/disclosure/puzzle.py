"""Counts that add up, some hidden: what a reader could still work out, and what else to hide so that nobody can.

The reader is taken to know every shown count exactly (rounding is never relied on), how the counts add up, and any
range stated for a hidden one. Must not know what the counts mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
    return _Attack(puzzle).exposed(set(hidden), list(targets))


def protect(
    puzzle: Puzzle, *, targets: Sequence[Key], hidden: Iterable[Key] = (), price: Price
) -> frozenset[Key] | None:
    """Return what to hide so that no target can be narrowed to under `MIN_RANGE`, or None when nothing is safe enough.

    `hidden` is hidden already and stays so; `price(key)` is what hiding another count costs the reader (infinite: must
    stay). Deterministic: covers each open target as cheaply as possible, then shows again what need not be hidden.
    Whatever is safe stays safe when more is hidden, so only what is open at first needs covering.
    """
    given = frozenset(hidden) | frozenset(targets)
    gone, attack = set(given), _Attack(puzzle)
    for target in attack.exposed(gone, targets):
        for whole in (False, True):
            if attack.exposed(gone, [target]):
                more = _cover(puzzle, gone, target, price, whole=whole)
                if more is None:
                    return None
                gone |= more
    for key in sorted(gone - given, key=lambda key: (-price(key), -puzzle.counts[key], repr(key))):
        if not attack.exposed(gone - {key}, targets):
            gone.discard(key)
    return None if attack.exposed(gone, targets) else frozenset(gone)


class _Attack:
    """A reader at work on a puzzle, who remembers every table found that may be believed in.

    Such a table stays believable when more is hidden, and when something is shown again in which it does not differ
    from the truth: then nothing has to be solved a second time.
    """

    def __init__(self, puzzle: Puzzle) -> None:
        self._puzzle = puzzle
        self._places = {key: place for place, key in enumerate(puzzle.counts)}
        self._sums_with: dict[Key, list[int]] = {}
        self._believed: dict[Key, list[dict[Key, int]]] = {}
        for place, (total, parts) in enumerate(puzzle.sums):
            for key in (total, *parts):
                self._sums_with.setdefault(key, []).append(place)

    def exposed(self, hidden: AbstractSet[Key], targets: Sequence[Key]) -> list[Key]:
        """Return the targets that can be narrowed to a range under `MIN_RANGE`, in the order given."""
        open_to = {key for key in targets if key not in hidden}
        waiting = [key for key in targets if key not in open_to and self._remembered(key, hidden) < MIN_RANGE]
        while waiting:
            island, equations = self._island(waiting[0], hidden)
            inside = [key for key in waiting if key in island]
            open_to |= self._narrowed(sorted(island, key=self._places.__getitem__), equations, inside)
            waiting = [key for key in waiting if key not in island]
        return [key for key in targets if key in open_to]

    def _remembered(self, key: Key, hidden: AbstractSet[Key]) -> int:
        """Return how far apart remembered tables put a count, as far as it matters; the newest are looked at first."""
        above = below = 0
        for table in reversed(self._believed.get(key, ())):
            if (table[key] > above or table[key] < below) and table.keys() <= hidden:
                above, below = max(above, table[key]), min(below, table[key])
                if above - below >= MIN_RANGE:
                    break
        return above - below

    def _island(self, start: Key, hidden: AbstractSet[Key]) -> tuple[set[Key], list[dict[Key, int]]]:
        """Return the hidden counts that hang together with one, and the equations between them."""
        island, reached, equations = {start}, set[int](), []
        waiting = [start]
        while waiting:
            for place in self._sums_with.get(waiting.pop(), ()):
                if place not in reached:
                    reached.add(place)
                    equation = _equation(self._puzzle.sums[place], hidden)
                    equations.append(equation)
                    waiting += equation.keys() - island
                    island |= equation.keys()
        return island, equations

    def _narrowed(
        self, island: Sequence[Key], equations: Sequence[Mapping[Key, int]], targets: Sequence[Key]
    ) -> set[Key]:
        """Return the targets on one island whose range is under `MIN_RANGE`: exact, by looking for the two ends."""
        counts = self._puzzle.counts
        lowest = {key: counts[key] for key in island}
        highest = dict(lowest)
        size = max(1, BATCH // (2 * len(island)))
        waiting = list(targets)
        while waiting:
            batch, waiting = waiting[:size], waiting[size:]
            programme, copies = Programme(), []
            for target, direction in ((target, direction) for target in batch for direction in (1.0, -1.0)):
                copies.append(_copy(programme, self._puzzle, island, equations, {target: direction}))
            found = programme.solve()
            if found is None:
                return set(targets)
            for copy in copies:
                for key, index in copy.items():
                    lowest[key], highest[key] = min(lowest[key], found[index]), max(highest[key], found[index])
                table = {key: found[index] - counts[key] for key, index in copy.items() if found[index] != counts[key]}
                for key in table:
                    self._believed.setdefault(key, []).append(table)
            waiting = [key for key in waiting if highest[key] - lowest[key] < MIN_RANGE]
        return {key for key in targets if highest[key] - lowest[key] < MIN_RANGE}


def _equation(adds_up: tuple[Key, tuple[Key, ...]], unknown: Collection[Key]) -> dict[Key, int]:
    """Return how the unknown counts of a sum depend on each other, as the coefficient of each; empty where none is."""
    total, parts = adds_up
    return {key: 1 for key in parts if key in unknown} | ({total: -1} if total in unknown else {})


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
    equations = [each for each in (_equation(adds_up, free) for adds_up in puzzle.sums) if each]
    programme = Programme()
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
