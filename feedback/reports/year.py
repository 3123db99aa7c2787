"""The council's year: four fixed quarters, April to March, that never slide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.clock import Quarter

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Year:
    """A year that begins in April of `first`. Written `2025-26`."""

    first: int

    @classmethod
    def parse(cls, text: str) -> Year:
        """Read `2025-26`. Raise ValueError with a plain sentence for anything else."""
        match = _YEAR.fullmatch(text.strip())
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"{text!r} is not a year; write it like 2025-26.")
        return cls(int(match[1]))

    @classmethod
    def of(cls, quarter: Quarter) -> Year:
        """Return the year that a quarter lies in."""
        return cls(quarter.year - (quarter.number == 1))

    @property
    def quarters(self) -> tuple[Quarter, Quarter, Quarter, Quarter]:
        """The four quarters, in order."""
        first = Quarter(self.first, 2)
        return first, first.shifted(1), first.shifted(2), first.shifted(3)

    def __str__(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02}"
