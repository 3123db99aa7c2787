"""Somebody who reads everything shown and works out what is hidden.

Knows shown figures as plain JSON, the published rules and how groups add up; shares no code with the gate. Used over the
gate itself here, and over pages, files and releases elsewhere: tell it what is shown, ask what it recovered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from scipy import optimize, sparse

SMALL = range(1, 6)
SAFE_RANGE = 3
ENDLESS, NEARLY = 1e6, 1e-6


@dataclass
class Reader:
    """What one reader knows: a range for every count, and linear facts between them."""

    ranges: dict[object, tuple[float, float]] = field(default_factory=dict)
    facts: list[tuple[dict[object, float], float, float]] = field(default_factory=list)
    attempts: int = 0

    def knows(self, name, low, high=None):
        """Learn that a count is `low`, or between `low` and `high`; knowledge only grows."""
        high = low if high is None else high
        before = self.ranges.get(name, (0, float("inf")))
        self.ranges[name] = (max(before[0], low), min(before[1], high))

    def adds_up(self, total, parts):
        """Learn that the parts make the total."""
        self._fact({total: -1.0} | dict.fromkeys(parts, 1.0), 0, 0)

    def equals(self, names, count):
        """Learn how many several counts are together."""
        self._fact(dict.fromkeys(names, 1.0), count, count)

    def percent(self, names, base, percent, step):
        """Learn a percentage, rounded half up to `step`, of a sum of counts in a base that is itself a count."""
        self._fact(dict.fromkeys(names, 200.0) | {base: -(2.0 * percent - step)}, 0, float("inf"))
        self._fact(dict.fromkeys(names, 200.0) | {base: -(2.0 * percent + step)}, -float("inf"), -1)

    def at_most_percent(self, name, base, percent):
        """Learn that a count is no more than a percentage of its base."""
        self._fact({name: 100.0, base: -float(percent)}, -float("inf"), 0)

    def bounds(self, name):
        """Return the smallest and largest value a count can have, None when what is known contradicts itself."""
        self.attempts += 1
        ends = [self._extreme(name, sign) for sign in (1, -1)]
        return None if None in ends else (ends[0], ends[1])

    def recovers(self, truth: Mapping[object, int], names: Iterable[object] | None = None) -> list[object]:
        """Return the counts of one to five people that are narrowed to a range under three."""
        found = []
        for name in truth if names is None else names:
            if truth[name] in SMALL and name in self.ranges:
                bounds = self.bounds(name)
                assert bounds is not None, f"the reader was told something untrue about {name}"
                assert bounds[0] <= truth[name] <= bounds[1], f"the reader was misled about {name}"
                if bounds[1] - bounds[0] < SAFE_RANGE:
                    found.append(name)
        return found

    def _fact(self, terms, low, high):
        for name in terms:
            self.ranges.setdefault(name, (0, float("inf")))
        self.facts.append((terms, low, high))

    def _extreme(self, name, sign):
        """Solve with room left beyond any range that matters, so that the programme stays small in numbers."""
        places = {each: place for place, each in enumerate(self.ranges)}
        costs = [float(sign) if each == name else 0.0 for each in places]
        lows, highs = zip(*self.ranges.values(), strict=True)
        for whole in (0, 1):  # most tables solve in whole numbers by themselves
            found = optimize.milp(
                costs,
                integrality=[whole] * len(costs),
                bounds=optimize.Bounds(lows, [min(high, ENDLESS) for high in highs]),
                constraints=self._matrix(places),
                options={"mip_rel_gap": 0.0},
            )
            if found.x is None:
                return None
            if all(abs(value - round(value)) < NEARLY for value in found.x):
                break
        return round(found.x[places[name]])

    def _matrix(self, places):
        if not self.facts:
            return ()
        entries = [
            (number, places[each], factor)
            for number, (terms, _, _) in enumerate(self.facts)
            for each, factor in terms.items()
        ]
        rows, columns, factors = zip(*entries, strict=True)
        matrix = sparse.csr_array((factors, (rows, columns)), shape=(len(self.facts), len(places)))
        return optimize.LinearConstraint(matrix, [low for _, low, _ in self.facts], [high for _, _, high in self.facts])


def read_table(
    reader: Reader, shown: dict, truth: dict | None = None, *, of: str = "", rows_overlap: bool = False
) -> None:
    """Read a two-way table as JSON; with `truth` the reader has learnt every shown count exactly from elsewhere."""
    rows, columns = shown["rows"], shown["columns"]
    told = {
        (of, row, column): cell
        for row, cells in zip(rows, shown["cells"], strict=True)
        for column, cell in zip(columns, cells, strict=True)
    }
    told |= {(of, row, None): cell for row, cell in zip(rows, shown["row_totals"], strict=True)}
    if not rows_overlap:
        told |= {(of, None, column): cell for column, cell in zip(columns, shown["column_totals"], strict=True)}
        reader.adds_up((of, None, None), [(of, row, None) for row in rows])
        reader.adds_up((of, None, None), [(of, None, column) for column in columns])
        for column in columns:
            reader.adds_up((of, None, column), [(of, row, column) for row in rows])
    for row in rows:
        reader.adds_up((of, row, None), [(of, row, column) for column in columns])
    for name, cell in (told | {(of, None, None): shown["total"]}).items():
        read_count(reader, name, cell, truth)


def read_count(reader: Reader, name: object, cell: dict, truth: Mapping | None = None) -> None:
    """Read one count: rounded to five (people downwards, others to the nearest), or hidden as fewer than ten."""
    value = cell["value"]
    if value is not None:
        low, high = (0, 0) if value == 0 else (max(6, value - 2), value + 4)
        reader.knows(name, low, high)
        if truth is not None:
            reader.knows(name, truth[name])
    elif cell["why"] == "fewer than ten":
        reader.knows(name, 0, 9)


def read_question(reader: Reader, name: object, shown: dict, scale, truth: Mapping | None = None) -> None:
    """Read one question in one group as JSON; with `truth` the reader has learnt every shown base and count exactly."""
    states, favourable = scale.states, scale.favourable
    answers = [(name, state) for state in states]
    sides = {"favourable": answers[:favourable], "other": answers[favourable:]}
    reader.adds_up((name, None), answers)
    for side, inside in sides.items():
        reader.adds_up((name, side), inside)
    main = shown["favourable"]
    if main["base"] is not None:
        reader.knows((name, None), main["base"], main["base"] + 9)
        if truth is not None:
            reader.knows((name, None), truth[name, None])
    blocks = shown["blocks"]
    if len(blocks) == 2 and len(blocks[0]["states"]) + len(blocks[1]["states"]) == len(states):
        blocks = blocks[:1]  # the second is what the first leaves of a hundred
    told = [(block["states"], block["percent"]) for block in blocks]
    told += [(states[:favourable], main["percent"])] if main["percent"] is not None else []
    for block, percent in told:
        inside = [(name, state) for state in block]
        reader.percent(inside, (name, None), percent, main["step"])
        if truth is not None:
            reader.equals(inside, sum(truth[each] for each in inside))
    if main["percent"] is None and main["at_least"] is not None:
        _read_range(reader, name, main, truth)


def _read_range(reader, name, main, truth):
    """Few or most: what is said, and to somebody who knows much, that five or fewer are on the other side."""
    side, most = ("favourable", main["at_most"]) if main["at_least"] == 0 else ("other", 100 - main["at_least"])
    reader.at_most_percent((name, side), (name, None), most)
    if truth is not None:
        reader.knows((name, side), 0, max(5, truth[name, side]))


def read_groups(reader: Reader, whole: object, parts: Collection[object], states: Iterable[str]) -> None:
    """Learn that groups are all of a whole, answer by answer."""
    for answer in (None, "favourable", "other", *states):
        reader.adds_up((whole, answer), [(part, answer) for part in parts])
