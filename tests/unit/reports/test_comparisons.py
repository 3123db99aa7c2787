"""Groups side by side, attacked by somebody who subtracts the shown ones from everybody."""

import random
from functools import reduce
from operator import add

import pytest

from feedback.reports import disclosure
from feedback.reports.disclosure import WHOLE, Why, comparisons
from feedback.reports.figures import FACE5, YES_NO, Distribution
from tests.unit.reports import attack


def answers(draw, size, happiness):
    counts = [0] * 5
    weights = [2 * happiness**2, 2 * happiness**2, 1, 1 - happiness, 1 - happiness]
    for place in draw.choices(range(5), weights, k=size):
        counts[place] += 1
    return Distribution(FACE5, tuple(counts), blank=draw.choice([0, 0, 1, 3, 8]))


def by_group(*parts):
    return {WHOLE: reduce(add, parts)} | {
        frozenset({("group", str(number))}): part for number, part in enumerate(parts)
    }


def by_group_and_event(draw):
    """Three groups at three kinds of event, with both margins."""
    cells = {(g, e): answers(draw, draw.randint(3, 45), draw.uniform(0.4, 0.95)) for g in "abc" for e in "xyz"}
    found = {frozenset({("group", g), ("event_type", e)}): each for (g, e), each in cells.items()}
    found |= {frozenset({("group", g)}): reduce(add, (cells[g, e] for e in "xyz")) for g in "abc"}
    found |= {frozenset({("event_type", e)}): reduce(add, (cells[g, e] for g in "abc")) for e in "xyz"}
    return {WHOLE: reduce(add, cells.values())} | found


def read(populations, shown):
    """Let a reader who knows every shown count exactly read a comparison; return it and the truth."""
    reader, truth = attack.Reader(), {}
    for name, counts in populations.items():
        truth |= {(name, state): n for state, n in zip(counts.scale.states, counts.answered, strict=True)}
        share = counts.favourable
        truth |= {
            (name, None): share.base,
            (name, "favourable"): share.count,
            (name, "other"): share.base - share.count,
        }
    for name, counts in populations.items():
        attack.read_question(reader, name, shown[name].as_json(), counts.scale, truth)
    for name, counts in populations.items():
        for variable in ("group", "event_type"):
            parts = [each for each in populations if name < each and {v for v, _ in each - name} == {variable}]
            if parts and variable not in dict(name):
                attack.read_groups(reader, name, parts, counts.scale.states)
    return reader, truth


def recovered(populations, **options):
    reader, truth = read(populations, disclosure.compare(populations, **options))
    return reader.recovers(truth)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("in_full", [(), ("group",)])
def test_no_group_is_worked_out_from_the_others(seed, in_full):
    draw = random.Random(seed)
    parts = [answers(draw, draw.randint(4, 60), draw.uniform(0.3, 0.98)) for _ in range(draw.randint(2, 6))]
    assert recovered(by_group(*parts), in_full=in_full) == []


@pytest.mark.parametrize("seed", range(3))
def test_no_cell_of_two_splits_is_worked_out_from_either_margin(seed):
    assert recovered(by_group_and_event(random.Random(seed)), in_full=("group",)) == []


def test_the_same_attack_recovers_groups_when_they_are_only_gated_one_by_one(monkeypatch):
    monkeypatch.setattr(comparisons, "protect", lambda _, *, targets, hidden, **__: frozenset({*targets, *hidden}))
    found = 0
    for seed in range(12):
        draw = random.Random(seed)
        parts = [answers(draw, draw.randint(14, 40), draw.uniform(0.5, 0.9)) for _ in range(4)]
        found += len(recovered(by_group(*parts), in_full=("group",)))
    assert found > 5


def test_large_groups_are_shown_as_they_would_be_alone():
    parts = [Distribution(FACE5, (40, 30, 20, 10, 10)), Distribution(FACE5, (20, 30, 40, 10, 20))]
    shown = disclosure.compare(by_group(*parts), in_full=("group",))
    for name, counts in by_group(*parts).items():
        assert shown[name].favourable == disclosure.distribution(counts).favourable
        assert shown[name].blocks == disclosure.distribution(counts).blocks


def test_a_share_is_withheld_where_it_would_give_a_small_group_of_answers_away():
    parts = [Distribution(YES_NO, (38, 2)), Distribution(YES_NO, (30, 20)), Distribution(YES_NO, (40, 40))]
    shown = disclosure.compare(by_group(*parts))
    first, second, third = (shown[name].favourable for name in by_group(*parts) if name)
    assert (first.percent, first.word, first.base, first.why) == (None, None, 40, Why.WORKED_OUT)
    assert (second.percent, second.word, second.base, second.why) == (None, None, 50, Why.WORKED_OUT)
    assert third.percent == 50
    assert shown[WHOLE].favourable.percent == 64


def test_a_small_group_takes_another_with_it_so_that_ten_are_left():
    parts = [Distribution(YES_NO, (3, 3)), Distribution(YES_NO, (10, 10)), Distribution(YES_NO, (40, 40))]
    shown = disclosure.compare(by_group(*parts))
    assert [shown[name].why for name in by_group(*parts)] == [None, Why.FEW_ANSWERED, Why.FEW_LEFT, None]


def test_people_in_no_group_are_never_shown_and_never_left_alone():
    parts = [Distribution(YES_NO, (20, 20)), Distribution(YES_NO, (40, 40))]
    populations = by_group(*parts) | {WHOLE: parts[0] + parts[1] + Distribution(YES_NO, (2, 1))}
    shown = disclosure.compare(populations)
    assert set(shown) == set(populations)
    assert [shown[name].why for name in populations] == [None, Why.FEW_LEFT, None]


def test_a_split_outside_the_fixed_list_is_not_offered():
    whole = Distribution(YES_NO, (40, 40))
    populations = {WHOLE: whole + whole, frozenset({("worker", "a")}): whole, frozenset({("worker", "b")}): whole}
    shown = disclosure.compare(populations)
    assert [shown[name].why for name in populations] == [None, Why.NOT_OFFERED, Why.NOT_OFFERED]


def test_groups_larger_than_their_whole_are_an_error():
    part = Distribution(YES_NO, (40, 40))
    with pytest.raises(ValueError, match="negative"):
        disclosure.compare({WHOLE: part, frozenset({("group", "a")}): part + part})


def test_the_split_given_last_is_withheld_when_no_safe_way_is_found(monkeypatch):
    real = comparisons.protect
    monkeypatch.setattr(
        comparisons, "protect", lambda puzzle, **rest: None if len(puzzle.counts) > 8 else real(puzzle, **rest)
    )
    parts = [Distribution(YES_NO, (20, 20)), Distribution(YES_NO, (40, 4))]
    shown = disclosure.compare(by_group(*parts))
    assert [shown[name].why for name in by_group(*parts)] == [None, Why.REFUSED, Why.REFUSED]
    assert shown[WHOLE].favourable.percent == 71


def test_the_same_groups_are_always_shown_alike():
    draw = random.Random(3)
    parts = [answers(draw, draw.randint(8, 40), 0.7) for _ in range(5)]
    assert disclosure.compare(by_group(*parts)) == disclosure.compare(by_group(*parts))


def test_groups_do_not_say_how_many_left_a_question_blank():
    parts = [Distribution(FACE5, (20, 10, 10, 10, 10), blank=9), Distribution(FACE5, (20, 10, 10, 10, 10), blank=2)]
    shown = disclosure.compare(by_group(*parts), in_full=("group",))
    for name in by_group(*parts):
        if name:
            assert {cell.why for cell in shown[name].unanswered} == {Why.NOT_OFFERED}
            assert shown[name].favourable.step == 5
    assert shown[WHOLE].favourable.step == 1
