"""The exact solver (HiGHS, through scipy) behind the gate's attack on itself; loaded on first use.

Knows linear programmes in whole numbers and nothing of tables or people.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

TOLERANCE = 1e-6
"""How near to a whole number the solver's answers are whole (its own feasibility tolerance is 1e-7)."""


@functools.cache
def load() -> tuple[ModuleType, ModuleType]:
    """Import scipy's optimiser and sparse matrices once (half a second that a web process never pays)."""
    from scipy import optimize, sparse  # noqa: PLC0415

    return optimize, sparse


@dataclass(slots=True)
class Programme:
    """A linear programme in whole numbers, written row by row; minimised."""

    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    row_lows: list[float] = field(default_factory=list)
    row_highs: list[float] = field(default_factory=list)

    def variable(self, low: float, high: float, cost: float = 0.0) -> int:
        """Add a whole-number variable and return its index."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        return len(self.costs) - 1

    def row(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Require low <= sum of coefficient x variable <= high."""
        number = len(self.row_lows)
        self.entries.extend((number, index, factor) for index, factor in terms)
        self.row_lows.append(low)
        self.row_highs.append(high)

    def solve(self) -> Sequence[int] | None:
        """Return the whole-number solution of least cost, None when there is none.

        Tables mostly solve in whole numbers by themselves; only what does not is searched branch by branch.
        """
        relaxed = self.relax()
        if relaxed is None or all(abs(value - round(value)) < TOLERANCE for value in relaxed):
            return _whole(relaxed)
        return _whole(self._run(whole=1))

    def relax(self) -> Sequence[float] | None:
        """Return the solution of least cost where variables need not be whole, None when there is none."""
        return self._run(whole=0)

    def _run(self, *, whole: int) -> Sequence[float] | None:
        optimize, sparse = load()
        found = optimize.milp(
            self.costs,
            integrality=[whole] * len(self.costs),
            bounds=optimize.Bounds(self.lows, self.highs),
            constraints=self._constraints(optimize, sparse),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else list(found.x)

    def _constraints(self, optimize: Any, sparse: Any) -> Any:
        if not self.row_lows:
            return ()
        rows, columns, factors = zip(*self.entries, strict=True)
        shape = (len(self.row_lows), len(self.costs))
        matrix = sparse.csr_array((factors, (rows, columns)), shape=shape)
        return optimize.LinearConstraint(matrix, self.row_lows, self.row_highs)


def _whole(found: Sequence[float] | None) -> list[int] | None:
    return None if found is None else [round(value) for value in found]
