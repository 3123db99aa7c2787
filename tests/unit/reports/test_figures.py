"""Plain arithmetic, against the tables of the published method and against sums done another way."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports import figures
from feedback.reports.figures import Distribution, NoAnswer, Run, Share, Verdict

shares = st.integers(1, 400).flatmap(lambda base: st.builds(Share, st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(7, 10, 40, 89), (15, 20, 53, 89), (18, 30, 42, 75), (24, 30, 63, 90), (75, 100, 66, 82)],
)
def test_the_interval_agrees_with_the_published_table(count, base, low, high):
    assert Share(count, base).interval.as_percent() == (low, high)


@pytest.mark.parametrize(
    ("after", "before", "points", "bounds", "verdict"),
    [
        (Share(24, 30), Share(18, 30), 20, (-3, 41), Verdict.NO_CLEAR_CHANGE),
        (Share(36, 50), Share(28, 50), 16, (-3, 33), Verdict.NO_CLEAR_CHANGE),
        (Share(80, 100), Share(65, 100), 15, (3, 27), Verdict.LIKELY_BETTER),
        (Share(150, 200), Share(130, 200), 10, (1, 19), Verdict.LIKELY_BETTER),
    ],
)
def test_a_change_agrees_with_the_published_table(after, before, points, bounds, verdict):
    assert round((after.share - before.share) * 100) == points
    assert figures.difference(before, after).as_percent() == bounds
    assert figures.verdict(before, after) is verdict


def test_a_fall_is_likely_worse_and_nine_answers_are_too_few():
    assert figures.verdict(Share(80, 100), Share(65, 100)) is Verdict.LIKELY_WORSE
    assert figures.verdict(Share(9, 9), Share(0, 100)) is Verdict.TOO_FEW
    assert figures.verdict(Share(0, 100), Share(0, 0)) is Verdict.TOO_FEW


@given(shares)
def test_the_interval_holds_the_share_and_solves_the_score_equation(share):
    interval = share.interval
    assert 0 <= interval.low <= share.share <= interval.high <= 1
    for bound in (interval.low, interval.high):
        distance = (share.share - bound) ** 2 - figures.Z**2 * bound * (1 - bound) / share.base
        assert math.isclose(distance, 0, abs_tol=1e-9) or bound in (0, 1)


@given(shares, shares)
def test_a_difference_turns_round_with_its_periods(before, after):
    forth, back = figures.difference(before, after), figures.difference(after, before)
    assert math.isclose(forth.low, -back.high, abs_tol=1e-12)
    assert math.isclose(forth.high, -back.low, abs_tol=1e-12)
    assert forth.low <= after.share - before.share <= forth.high


def test_an_empty_base_has_no_share():
    assert Share(0, 0).share is None
    assert Share(0, 0).interval is None
    with pytest.raises(ValueError, match="interval needs a base"):
        figures.wilson(0, 0)


@pytest.mark.parametrize(("count", "base"), [(3, 2), (-1, 2)])
def test_an_impossible_share_is_refused(count, base):
    with pytest.raises(ValueError, match="not a share"):
        Share(count, base)


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([1, 5]))
def test_percent_is_the_nearest_multiple_with_halves_upwards(count, base, step):
    count = min(count, base)
    shown, exact = figures.percent(count, base, step), Fraction(100 * count, base)
    assert shown % step == 0
    assert shown - Fraction(step, 2) <= exact < shown + Fraction(step, 2)


@pytest.mark.parametrize(
    ("value", "step", "rounded"), [(12.5, 5, 15), (12.4, 5, 10), (0.5, 1, 1), (-0.5, 1, 0), (2.5, 5, 5), (62.5, 1, 63)]
)
def test_halves_round_upwards(value, step, rounded):
    assert figures.round_half_up(value, step) == rounded


def test_a_distribution_keeps_four_kinds_of_no_answer_apart():
    counts = {"5": 6, "4": 5, "3": 4, "2": 3, "1": 2, "blank": 1, "dont_know": 7, "wont_say": 8, "not_asked": 9}
    held = Distribution.of(figures.FACE5, counts)
    assert (held.base, held.asked, held.responses) == (20, 36, 45)
    assert (held.blank, held.dont_know, held.wont_say, held.not_asked) == (1, 7, 8, 9)
    assert held.favourable == Share(11, 20)
    assert held.top_box == Share(6, 20)


def test_not_sure_stays_in_the_base_only_where_it_is_a_finding():
    assert Distribution.of(figures.YES_NO_UNSURE, {"yes": 4, "not_sure": 4, "no": 2}).favourable == Share(4, 10)
    assert Distribution.of(figures.YES_NO, {"yes": 4, NoAnswer.DONT_KNOW: 4, "no": 2}).favourable == Share(4, 6)


@pytest.mark.parametrize("counts", [{"6": 1}, {"yes": 1}, {"5": -1}, {"blank": -1}])
def test_a_distribution_refuses_answers_its_scale_does_not_have(counts):
    with pytest.raises(ValueError, match=r"Not an answer|never negative"):
        Distribution.of(figures.FACE5, counts)


def test_a_distribution_has_one_count_for_each_answer():
    with pytest.raises(ValueError, match="one count for each answer"):
        Distribution(figures.YES_NO, (1, 2, 3))


@pytest.mark.parametrize(
    ("states", "favourable"), [(("a", "b"), 0), (("a", "b"), 2), (("a", "a"), 1), (("a", "blank"), 1)]
)
def test_a_scale_has_favourable_and_other_answers(states, favourable):
    with pytest.raises(ValueError, match="scale"):
        figures.Scale(states, favourable)


def test_distributions_add_up_over_one_scale_only():
    first = Distribution(figures.YES_NO, (1, 2), 3, 4, 5, 6)
    assert first + first == Distribution(figures.YES_NO, (2, 4), 6, 8, 10, 12)
    with pytest.raises(ValueError, match="same scale"):
        first + Distribution(figures.FACE5, (0,) * 5)


def test_paired_change_counts_people_and_takes_the_middle_of_their_moves():
    change = figures.paired_change([(1, 3), (2, 2), (3, 2), (2, 3)])
    assert (change.better, change.same, change.worse, change.median_change, change.pairs) == (2, 1, 1, 0.5, 4)


def test_a_goal_moves_only_by_three_points():
    change = figures.paired_change([(2, 4), (2, 5), (6, 3), (6, 4)], step=3)
    assert (change.better, change.same, change.worse) == (1, 2, 1)
    assert figures.paired_change([]).median_change is None


def test_the_median_of_nothing_is_nothing():
    assert figures.median([]) is None
    assert figures.median([3, 1, 2]) == 2
    assert figures.median([4, 1, 2, 3]) == 2.5


def test_six_points_on_one_side_of_an_earlier_median_are_a_signal():
    assert figures.run_signal([61, 62, 63, 64, 65, 66], middle=60) is Run.ABOVE
    assert figures.run_signal([61, 62, 60, 63, 64, 65, 66], middle=60) is Run.ABOVE
    assert figures.run_signal([59, 58, 57, 56, 55, 54], middle=60) is Run.BELOW


def test_five_points_or_a_broken_run_are_no_signal():
    assert figures.run_signal([61, 62, 63, 64, 65], middle=60) is None
    assert figures.run_signal([61, 62, 63, 59, 64, 65, 66], middle=60) is None
    assert figures.run_signal([]) is None


def test_a_run_is_seen_against_the_median_of_the_points_themselves():
    assert figures.run_signal([*range(40, 46), *range(60, 66)]) is Run.ABOVE
    assert figures.run_signal([*range(40, 48)]) is None


def test_kappa_is_agreement_beyond_chance():
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert figures.kappa(first, second) == pytest.approx(0.4)
    assert figures.kappa(first, first) == 1
    assert figures.kappa(["y"], ["y"]) is None
    assert figures.kappa([], []) is None
    with pytest.raises(ValueError, match="same comments"):
        figures.kappa(["y"], [])
