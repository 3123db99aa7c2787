"""The only source of time: now, today, and the quarters that reports count in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
QUARTERS_IN_A_YEAR = 4
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in London, where the council keeps its calendar."""
    return now().astimezone(LONDON).date()


@total_ordering
@dataclass(frozen=True)
class Quarter:
    """A calendar quarter; `number` is 1 to 4. Written `2026-Q3`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter that a day falls in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def current(cls) -> Quarter:
        """Return the quarter that is running now."""
        return cls.of(today())

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `2026-Q3`. Raise ValueError with a plain sentence for anything else."""
        match = _QUARTER.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a quarter; write it like 2026-Q3.")
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        """The first day of the quarter."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day of the quarter."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return self.shifted(1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return self.shifted(-1)

    def shifted(self, by: int) -> Quarter:
        """Return the quarter `by` quarters later (earlier when negative)."""
        index = self.year * QUARTERS_IN_A_YEAR + self.number - 1 + by
        return Quarter(index // QUARTERS_IN_A_YEAR, index % QUARTERS_IN_A_YEAR + 1)

    def __lt__(self, other: Quarter) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
