"""Working time: when somebody reads, and when something is due. Pure arithmetic over hours that are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from feedback.clock import LONDON
from feedback.errors import FeedbackError

FURTHEST = 400
"""Days looked ahead for the next working day; more means that nobody ever works."""
SAME_DAY = "same day"
REVIEW_WITHIN, DECIDE_WITHIN = "1 day", "2 hours"
"""The second person's time: to review a link opened at once (practice 2.5), and to decide while level 2 waits (2.4)."""
NEAR = 0.75
"""The share of the time after which a deadline is shown as near."""

_SPAN = re.compile(r"(\d+) (minute|hour|day)s?", re.ASCII)


class NobodyWorks(FeedbackError):
    """The working hours leave no time to read in."""


@dataclass(frozen=True)
class WorkingHours:
    """When people read: days of the week (1 is Monday), from when to when, not on holidays. London's clock."""

    days: frozenset[int]
    opens: time
    closes: time
    holidays: frozenset[date]

    def __post_init__(self) -> None:
        if not self.days or self.opens >= self.closes:
            raise NobodyWorks("There must be a working day, and it must close after it opens.")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> WorkingHours:
        """Read `working_days`, `reading_hours` ("9:00-17:00") and `bank_holidays` from the council's settings."""
        opens, _, closes = str(values["reading_hours"]).partition("-")
        return cls(
            frozenset(int(day) for day in values["working_days"]),
            _clock_time(opens),
            _clock_time(closes),
            frozenset(date.fromisoformat(str(day)) for day in values["bank_holidays"]),
        )

    @property
    def day_minutes(self) -> int:
        """The length of a working day."""
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute

    def is_open(self, at: datetime) -> bool:
        """Whether somebody reads at this moment."""
        return next(self._shifts(at))[0] <= at

    def next_opening(self, at: datetime) -> datetime:
        """Return the next moment at which somebody reads: now, when they do."""
        return max(at, next(self._shifts(at))[0])

    def closing(self, at: datetime) -> datetime:
        """Return the end of the working day that a moment belongs to: of the next one, when nobody works."""
        return next(self._shifts(at))[1]

    def after(self, start: datetime, minutes: int) -> datetime:
        """Return the moment when so many working minutes have passed; work that ends a day is due at its close."""
        left = timedelta(minutes=minutes)
        for opens, closes in self._shifts(start):
            begin = max(opens, start)
            if begin + left <= closes:
                return (begin + left).astimezone(UTC)
            left -= closes - begin
        raise NobodyWorks("There is no working day within a year.")

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working minutes from one moment to another."""
        total = timedelta()
        for opens, closes in self._shifts(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return int(total.total_seconds() // 60)

    def _shifts(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working days that end after a moment, as UTC instants."""
        first = start.astimezone(LONDON).date()
        for ahead in range(FURTHEST):
            day = first + timedelta(days=ahead)
            if day.isoweekday() not in self.days or day in self.holidays:
                continue
            # UTC before any subtraction: Python subtracts two London times by the clock on the wall.
            opens = datetime.combine(day, self.opens, LONDON).astimezone(UTC)
            closes = datetime.combine(day, self.closes, LONDON).astimezone(UTC)
            if closes > start:
                yield opens, closes


def due_after(hours: WorkingHours, start: datetime, span: str) -> datetime:
    """Return when something is due: `span` is working time as the settings write it, or `same day`.

    Raise ValueError for a span that is neither (`30 minutes`, `2 hours`, `1 day`).
    """
    if span == SAME_DAY:
        return hours.closing(start)
    match = _SPAN.fullmatch(span.strip())
    if match is None:
        raise ValueError(f"{span!r} is not a span of time; write it like 2 hours, 1 day or {SAME_DAY}.")
    return hours.after(start, int(match[1]) * {"minute": 1, "hour": 60, "day": hours.day_minutes}[match[2]])


@dataclass(frozen=True)
class Deadline:
    """When something is due, and how it stands now."""

    due: datetime
    is_near: bool
    is_past: bool


def deadline(hours: WorkingHours, *, start: datetime, span: str, now: datetime) -> Deadline:
    """Return the deadline of something that started and may take a span of working time."""
    due = due_after(hours, start, span)
    share = hours.between(start, now) / max(hours.between(start, due), 1)
    return Deadline(due, is_near=share >= NEAR, is_past=now > due)


def _clock_time(text: str) -> time:
    hour, _, minute = text.strip().partition(":")
    return time(int(hour), int(minute or 0))
