"""The same question at several times, attacked by subtracting one look from another."""

import random

import pytest

from feedback.reports import disclosure
from feedback.reports.disclosure import Why
from feedback.reports.figures import FACE5, YES_NO, Distribution
from tests.unit.reports import attack


def grow(draw, size):
    counts = [0] * 5
    for place in draw.choices(range(5), [5, 4, 3, 2, 2], k=size):
        counts[place] += 1
    return Distribution(FACE5, tuple(counts))


def looks(parts, whole, shown):
    """Let a reader who knows every shown count exactly read parts and their whole; return it and the truth."""
    reader, truth = attack.Reader(), {}
    everyone = parts | {"whole": whole}
    for name, counts in everyone.items():
        share = counts.favourable
        truth |= {
            (name, None): share.base,
            (name, "favourable"): share.count,
            (name, "other"): share.base - share.count,
        }
        truth |= {(name, state): n for state, n in zip(counts.scale.states, counts.answered, strict=True)}
    for name, each in shown.items():
        attack.read_question(reader, name, each.as_json(), whole.scale, truth)
    for name, counts in everyone.items():
        reader.adds_up((name, None), [(name, state) for state in counts.scale.states])
    attack.read_groups(reader, "whole", list(parts), whole.scale.states)
    return reader, truth


@pytest.mark.parametrize("seed", range(25))
def test_those_who_came_between_two_allowed_looks_are_not_worked_out(seed):
    draw = random.Random(seed)
    before, between = grow(draw, 10 * draw.randint(1, 6)), grow(draw, 10 * draw.randint(1, 6))
    after = before + between
    if disclosure.may_replace(before, after).value:
        shown = {"before": disclosure.distribution(before), "whole": disclosure.distribution(after)}
        reader, truth = looks({"before": before, "between": between}, after, shown)
        assert reader.recovers(truth) == []


def test_ten_more_answers_seldom_move_a_share_and_sixty_do():
    before = Distribution(YES_NO, (20, 20))
    assert disclosure.may_replace(before, before + Distribution(YES_NO, (7, 3))).why is Why.WORKED_OUT
    assert disclosure.may_replace(before, before + Distribution(YES_NO, (40, 20))).value
    assert disclosure.may_replace(before, before).value


def test_nine_more_answers_never_move_a_share():
    before = Distribution(YES_NO, (20, 20))
    assert disclosure.may_replace(before, before + Distribution(YES_NO, (9, 0))).why is Why.FEW_LEFT


def test_a_later_look_holds_everybody_of_the_earlier_one():
    with pytest.raises(ValueError, match="negative"):
        disclosure.may_replace(Distribution(YES_NO, (20, 20)), Distribution(YES_NO, (60, 19)))


@pytest.mark.parametrize("seed", range(12))
def test_a_quarter_is_not_worked_out_from_its_year(seed):
    draw = random.Random(seed)
    quarters = [grow(draw, draw.randint(10, 50)) for _ in range(4)]
    parts = {str(number): quarter for number, quarter in enumerate(quarters)}
    shown = {name: disclosure.distribution(quarter) for name, quarter in parts.items()}
    whole = quarters[0] + quarters[1] + quarters[2] + quarters[3]
    reader, truth = looks(parts, whole, shown | {"whole": disclosure.year(quarters)})
    assert reader.recovers(truth) == []


def test_a_year_of_large_quarters_is_shown_in_full():
    quarter = Distribution(FACE5, (30, 20, 15, 10, 8))
    year = disclosure.year([quarter] * 4)
    assert year.favourable == disclosure.distribution(quarter + quarter + quarter + quarter).favourable
    assert all(cell.percent is not None for cell in year.cells)


@pytest.mark.parametrize("sizes", [(4, 40, 40, 40), (40, 40, 40)])
def test_a_year_that_gives_a_thin_quarter_away_or_is_none_is_withheld(sizes):
    assert disclosure.year([Distribution(YES_NO, (size // 2, size - size // 2)) for size in sizes]).why is not None
