"""Working time, around weekends, holidays and the changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.clock import LONDON
from feedback.safeguarding.clocks import NobodyWorks, WorkingHours, deadline, due_after

HOURS = WorkingHours(frozenset({1, 2, 3, 4, 5}), time(9), time(17), frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23T10:00", 120, "2026-11-23T12:00"),
        ("2026-11-23T16:00", 120, "2026-11-24T10:00"),
        ("2026-11-20T16:30", 60, "2026-11-23T09:30"),  # over a weekend
        ("2026-11-21T12:00", 120, "2026-11-23T11:00"),  # written on a Saturday
        ("2026-12-24T16:00", 120, "2026-12-29T10:00"),  # Christmas and a substitute day
        ("2026-11-23T09:00", 480, "2026-11-23T17:00"),
        ("2026-03-27T16:00", 120, "2026-03-30T10:00"),  # the clocks go forward in between
    ],
)
def test_a_deadline_runs_in_working_time(start: str, minutes: int, due: str) -> None:
    assert HOURS.after(london(start), minutes) == london(due)


@pytest.mark.parametrize(
    ("at", "is_open", "opening"),
    [
        ("2026-11-23T09:00", True, "2026-11-23T09:00"),
        ("2026-11-23T08:59", False, "2026-11-23T09:00"),
        ("2026-11-23T17:00", False, "2026-11-24T09:00"),
        ("2026-11-21T12:00", False, "2026-11-23T09:00"),
        ("2026-12-25T12:00", False, "2026-12-29T09:00"),
    ],
)
def test_the_door_says_when_somebody_reads(at: str, is_open: bool, opening: str) -> None:  # noqa: FBT001
    assert HOURS.is_open(london(at)) is is_open
    assert HOURS.next_opening(london(at)) == london(opening)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(moments, st.integers(1, 3000))
def test_what_is_due_after_some_minutes_is_those_minutes_away(start: datetime, minutes: int) -> None:
    due = HOURS.after(start, minutes)
    assert abs(HOURS.between(start, due) - minutes) <= 1
    assert HOURS.is_open(due - timedelta(seconds=1))


@given(moments, moments, moments)
def test_stretches_of_time_add_up(a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))
    parts = HOURS.between(first, middle) + HOURS.between(middle, last)
    assert abs(parts - HOURS.between(first, last)) <= 1


def test_near_and_past_stand_out() -> None:
    start = london("2026-11-23T10:00")
    states = [deadline(HOURS, start=start, span="2 hours", now=start + timedelta(minutes=m)) for m in (10, 95, 121)]
    assert [(state.is_near, state.is_past) for state in states] == [(False, False), (True, False), (True, True)]


def test_spans_are_written_in_words() -> None:
    friday = london("2026-11-20T15:00")
    due = {span: due_after(HOURS, friday, span) for span in ("30 minutes", "2 hours", "1 day", "same day")}
    assert due == {
        "30 minutes": london("2026-11-20T15:30"),
        "2 hours": london("2026-11-20T17:00"),
        "1 day": london("2026-11-23T15:00"),
        "same day": london("2026-11-20T17:00"),
    }
    assert due_after(HOURS, london("2026-11-21T12:00"), "same day") == london("2026-11-23T17:00")
    with pytest.raises(ValueError, match="2 hours"):
        due_after(HOURS, friday, "soon")


def test_hours_in_which_nobody_works_are_refused() -> None:
    with pytest.raises(NobodyWorks):
        WorkingHours(frozenset(), time(9), time(17), frozenset())
