"""How many people must stand behind a figure, and which looks may stand side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports import disclosure
from feedback.reports.disclosure import Why

counts = st.integers(0, 200)


@pytest.mark.parametrize(("count", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (14, 10), (15, 15), (236, 235)])
def test_a_base_under_ten_is_withheld_and_others_are_rounded_down(count, shown):
    base = disclosure.base(count)
    assert base.value == shown
    assert (base.why is Why.FEWER_THAN_TEN) == (shown is None)


@pytest.mark.parametrize(("count", "shown"), [(9, None), (10, 10), (12, 10), (19, 10), (20, 20), (39, 30)])
def test_the_running_quarter_moves_in_tens(count, shown):
    assert disclosure.running_base(count).value == shown


@given(counts)
def test_two_looks_at_the_running_quarter_differ_by_nobody_or_ten(count):
    now, later = disclosure.running_base(count).value or 0, disclosure.running_base(count + 1).value or 0
    assert later - now in (0, 10)


def test_a_withheld_figure_always_says_why():
    with pytest.raises(ValueError, match="says why"):
        disclosure.Released(None)
    assert disclosure.base(3).as_json() == {"value": None, "why": "fewer than ten"}


@pytest.mark.parametrize(
    ("variables", "allowed"),
    [
        ([], True),
        (["event_type"], True),
        (["event_type", "group"], True),
        (["event_type", "ethnic_group"], True),
        (["event_type", "group", "service"], False),
        (["ethnic_group", "disability"], False),
        (["worker"], False),
        (["group", "group"], False),
    ],
)
def test_splits_come_from_the_fixed_list_and_equality_one_at_a_time(variables, allowed):
    assert (disclosure.may_split_by(variables).value is not None) == allowed


@pytest.mark.parametrize(
    ("part", "whole", "why"),
    [
        (10, 10, None),
        (10, 20, None),
        (9, 40, Why.FEWER_THAN_TEN),
        (0, 40, Why.FEWER_THAN_TEN),
        (31, 40, Why.FEW_LEFT),
        (30, 40, None),
    ],
)
def test_a_part_is_refused_when_it_or_the_rest_is_under_ten(part, whole, why):
    assert disclosure.may_filter(part, whole).why is why


def test_a_part_cannot_exceed_the_whole():
    with pytest.raises(ValueError, match="never larger"):
        disclosure.may_filter(11, 10)


@pytest.mark.parametrize(
    ("before", "after", "left", "why"),
    [
        (40, 40, 0, None),
        (40, 50, 0, None),
        (40, 49, 0, Why.FEW_LEFT),
        (40, 41, 0, Why.FEW_LEFT),
        (40, 39, 1, Why.FEW_LEFT),
        (40, 30, 10, None),
        (40, 40, 10, None),
        (0, 9, 0, Why.FEW_LEFT),
        (0, 0, 0, Why.FEWER_THAN_TEN),
    ],
)
def test_a_release_follows_another_only_when_nobody_or_ten_came_and_left(before, after, left, why):
    assert disclosure.may_follow(before, after, left=left).why is why


@pytest.mark.parametrize(("before", "after", "left"), [(40, 39, 0), (40, 40, 41), (40, 40, -1)])
def test_nobody_leaves_who_was_not_there(before, after, left):
    with pytest.raises(ValueError, match="Nobody can leave"):
        disclosure.may_follow(before, after, left=left)


@pytest.mark.parametrize(
    ("quarters", "why"),
    [
        ([12, 30, 40, 50], None),
        ([9, 30, 40, 50], Why.FEW_LEFT),
        ([9, 8, 40, 50], None),
        ([0, 30, 40, 50], None),
        ([1, 2, 3, 3], Why.FEWER_THAN_TEN),
        ([30, 40, 50], Why.NOT_OFFERED),
    ],
)
def test_a_year_may_not_give_its_thin_quarters_away(quarters, why):
    assert disclosure.may_show_year(quarters).why is why


def test_a_small_part_takes_the_next_smallest_with_it():
    shown = disclosure.shown_parts({"child": 4, "young": 15, "parent": 40})
    assert {name: part.why for name, part in shown.items()} == {
        "child": Why.FEWER_THAN_TEN,
        "young": Why.FEW_LEFT,
        "parent": None,
    }


@given(st.dictionaries(st.text(max_size=3), counts, max_size=8))
def test_the_whole_minus_the_shown_parts_is_nobody_or_ten(parts):
    shown = disclosure.shown_parts(parts)
    left = sum(count for name, count in parts.items() if shown[name].value is None)
    assert list(shown) == list(parts)
    assert left == 0 or left >= 10 or all(part.value is None for part in shown.values())
    assert all(part.value is None or 0 <= parts[name] - part.value < 5 for name, part in shown.items())
