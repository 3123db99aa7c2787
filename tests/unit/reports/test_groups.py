"""One question in one group, attacked by somebody who may run the gate on every possible set of answers."""

import json
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reports import disclosure, figures
from feedback.reports.disclosure import Why
from feedback.reports.figures import FACE5, YES_NO, YES_NO_UNSURE, Distribution, Verdict


def people(most):
    return st.tuples(*[st.integers(0, most)] * 5)


def splits(total, parts):
    """Yield every way to put `total` people into `parts` cells."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)


def recovered(scale, asked, most_blank):
    """Count small cells that the complete list of answers behind each possible output narrows to under three."""
    size, behind = len(scale.states), defaultdict(list)
    for *answered, blank in splits(asked, size + 1):
        if blank <= most_blank:
            shown = disclosure.distribution(Distribution(scale, tuple(answered), blank))
            favourable = sum(answered[: scale.favourable])
            behind[shown].append((*answered, blank, favourable, asked - blank - favourable))
    return sum(
        any(1 <= value <= 5 for value in cell) and max(cell) - min(cell) < 3
        for members in behind.values()
        for cell in zip(*members, strict=True)
    )


@pytest.mark.parametrize("asked", [*range(10, 64), 100, 137])
def test_no_yes_or_no_gives_a_small_cell_away(asked):
    assert recovered(YES_NO, asked, 12) == 0


@pytest.mark.parametrize("asked", [10, 12, 14, 17, 20, 25, 30, 34, 35, 36, 41])
def test_no_question_with_three_answers_gives_a_small_cell_away(asked):
    assert recovered(YES_NO_UNSURE, asked, 9) == 0


@pytest.mark.parametrize("asked", [10, 11, 13, 14, 15])
def test_no_faces_give_a_small_cell_away(asked):
    assert recovered(FACE5, asked, asked) == 0


def test_the_same_attack_finds_small_cells_in_plain_percentages(monkeypatch):
    monkeypatch.setattr(disclosure.groups, "_presentable", lambda _count, **_: True)
    assert recovered(YES_NO_UNSURE, 20, 9) > 50


@given(people(40))
def test_every_shown_block_holds_more_than_five_or_nobody(answered):
    shown = disclosure.distribution(Distribution(FACE5, answered))
    if not shown.blocks:
        return
    held = dict(zip(FACE5.states, answered, strict=True))
    for block in shown.blocks:
        count = sum(held[state] for state in block.states)
        assert count > 5 or (count == 0 and sum(answered) >= 30)
    assert [state for block in shown.blocks for state in block.states] == list(FACE5.states)


@given(people(30), st.integers(0, 8), st.integers(0, 8))
def test_a_group_under_ten_shows_nothing_at_all(answered, blank, unsure):
    shown = disclosure.distribution(Distribution(FACE5, answered, blank, unsure))
    if sum(answered) < 10:
        assert shown.favourable == shown.top_box == disclosure.groups.withheld(shown.why)
        assert not shown.blocks
        assert all(cell.percent is None for cell in (*shown.cells, *shown.unanswered))


@given(people(60), st.integers(0, 12))
def test_percentages_are_true_and_as_coarse_as_promised(answered, blank):
    counts = Distribution(FACE5, answered, blank)
    shown = disclosure.distribution(counts).favourable
    if shown.at_least is None:
        return
    exact = 100 * counts.favourable.share
    assert shown.step in (5, 10) or counts.base >= 30
    assert shown.base % 5 == 0
    assert shown.base <= counts.base
    slack = shown.step / 2 if shown.percent is not None else 0
    assert shown.at_least - slack <= exact <= shown.at_most + slack
    assert shown.percent is None or shown.percent % shown.step == 0
    if counts.base < 30:
        assert shown.percent not in (0, 100)
        assert shown.small


@given(people(60))
def test_the_shown_interval_is_no_narrower_than_the_true_one_by_two_points(answered):
    counts = Distribution(FACE5, answered)
    shown = disclosure.distribution(counts).favourable
    if shown.low is not None:
        low, high = counts.favourable.interval.low * 100, counts.favourable.interval.high * 100
        assert shown.low <= low + 2
        assert shown.high >= high - 2


@given(people(60), st.integers(0, 12))
def test_the_interval_depends_on_shown_figures_alone(answered, blank):
    shown = disclosure.distribution(Distribution(FACE5, answered, blank)).favourable
    if shown.at_least is not None:
        again = disclosure.groups.shown_interval(shown.at_least, shown.at_most, shown.base, shown.step)
        assert again == (shown.low, shown.high)


@given(people(40), st.integers(0, 9))
def test_the_same_counts_are_always_shown_alike(answered, blank):
    counts = Distribution(FACE5, answered, blank)
    assert disclosure.distribution(counts) == disclosure.distribution(counts)


@given(st.integers(10, 80).flatmap(lambda base: st.tuples(st.integers(0, base - 1), st.just(base))))
def test_one_more_favourable_answer_never_lowers_what_is_said(pair):
    count, base = pair
    fewer, more = disclosure.share(count, base), disclosure.share(count + 1, base)
    assert fewer.at_least + fewer.at_most <= more.at_least + more.at_most


@settings(max_examples=50)
@given(people(20), st.integers(0, 30))
def test_what_is_shown_is_plain_json(answered, not_asked):
    shown = disclosure.distribution(Distribution(FACE5, answered, not_asked=not_asked))
    assert json.loads(json.dumps(shown.as_json())) == shown.as_json()


def test_a_normal_group_reads_as_the_published_rules_say():
    shown = disclosure.distribution(Distribution(FACE5, (20, 14, 8, 4, 4)))
    assert (shown.favourable.percent, shown.favourable.base, shown.favourable.step) == (68, 50, 1)
    assert (shown.favourable.low, shown.favourable.high) == (54, 80)
    assert [(block.states, block.percent) for block in shown.blocks] == [
        (("5",), 40),
        (("4",), 28),
        (("3",), 16),
        (("2", "1"), 16),
    ]
    assert [(cell.state, cell.percent, cell.why) for cell in shown.cells][3:] == [
        ("2", None, Why.SMALL_NUMBERS),
        ("1", None, Why.SMALL_NUMBERS),
    ]


def test_small_numbers_are_rounded_to_five():
    shown = disclosure.distribution(Distribution(FACE5, (6, 6, 10, 0, 0))).favourable
    assert (shown.percent, shown.base, shown.small, shown.step) == (55, 20, True, 5)


@pytest.mark.parametrize(
    ("count", "base", "word", "at_least", "at_most"),
    [
        (20, 20, "most", 70, 100),
        (0, 20, "few", 0, 30),
        (18, 20, "most", 70, 100),
        (4, 10, "few", 0, 50),
        (5, 10, "most", 50, 100),
        (98, 100, "most", 90, 100),
    ],
)
def test_nearly_everybody_is_most_and_hardly_anybody_few(count, base, word, at_least, at_most):
    shown = disclosure.share(count, base)
    assert (shown.percent, shown.word, shown.at_least, shown.at_most) == (None, word, at_least, at_most)
    assert shown.why is Why.SMALL_NUMBERS


def test_everybody_may_be_shown_from_thirty_on():
    assert disclosure.share(30, 30).percent == 100
    assert disclosure.share(0, 30).percent == 0
    assert disclosure.share(0, 30).word is None


def test_nobody_asked_is_not_the_same_as_too_few():
    assert disclosure.distribution(Distribution(FACE5, (0,) * 5, not_asked=50)).why is Why.NOT_ASKED
    assert disclosure.distribution(Distribution(FACE5, (9, 0, 0, 0, 0))).why is Why.FEW_ANSWERED


def test_the_kinds_of_no_answer_are_shown_apart_when_each_is_large_enough():
    shown = disclosure.distribution(Distribution(FACE5, (20, 20, 20, 20, 20), 10, 10, 3, 60))
    assert [(cell.state, cell.percent) for cell in shown.unanswered] == [
        ("dont_know", 8),
        ("wont_say", None),
        ("blank", None),
    ]
    assert shown.not_asked.percent == 33


def test_a_verdict_comes_from_shown_figures_and_a_range_must_agree_throughout():
    high, low = disclosure.share(80, 100), disclosure.share(60, 100)
    assert disclosure.verdict(low, high) is Verdict.LIKELY_BETTER
    assert disclosure.verdict(high, low) is Verdict.LIKELY_WORSE
    assert disclosure.verdict(high, high) is Verdict.NO_CLEAR_CHANGE
    assert disclosure.verdict(low, disclosure.share(99, 100)) is Verdict.LIKELY_BETTER
    assert disclosure.verdict(disclosure.share(88, 100), disclosure.share(99, 100)) is Verdict.NO_CLEAR_CHANGE
    assert disclosure.verdict(disclosure.share(5, 9), high) is Verdict.TOO_FEW


def test_a_difference_is_given_only_between_two_shown_percentages():
    assert disclosure.difference(disclosure.share(65, 100), disclosure.share(80, 100)) == (15, 3, 27)
    assert disclosure.difference(disclosure.share(65, 100), disclosure.share(99, 100)) is None


def test_a_share_of_the_gate_agrees_with_the_arithmetic_when_nothing_is_hidden():
    assert disclosure.share(75, 100).percent == figures.percent(75, 100)
