"""Figures that say how well the engine reads."""

import pytest

from feedback.text.evaluation import accuracy, calibration_error, macro_f1, resampled, themes_f1, wilson


def test_accuracy_and_macro_f1_of_a_worked_example():
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("c", "a")]
    assert accuracy(pairs) == 0.5
    assert macro_f1(pairs) == pytest.approx((0.5 + 2 / 3 + 0) / 3)


def test_themes_are_scored_as_sets():
    pairs = [(frozenset("ab"), frozenset("a")), (frozenset("b"), frozenset("bc")), (frozenset(), frozenset())]
    micro, macro = themes_f1(pairs)
    assert micro == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert macro == pytest.approx((1 + 2 / 3) / 2)


def test_an_interval_holds_the_share_and_narrows_with_more_rows():
    low, high = wilson(8, 10)
    assert low < 0.8 < high
    wide, narrow = high - low, wilson(800, 1000)[1] - wilson(800, 1000)[0]
    assert narrow < wide
    assert wilson(0, 0) == (0.0, 1.0)


def test_resampling_gives_the_same_interval_every_time():
    pairs = [("a", "a")] * 30 + [("a", "b")] * 10
    assert resampled(pairs, accuracy) == resampled(pairs, accuracy)
    assert resampled(pairs, accuracy)[0] < 0.75 < resampled(pairs, accuracy)[1]


def test_a_model_that_is_as_sure_as_it_is_right_has_no_calibration_error():
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
