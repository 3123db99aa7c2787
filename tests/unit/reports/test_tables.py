"""Two-way tables: the published worked example, random tables under attack, tables that share margins."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reports import disclosure
from feedback.reports.disclosure import Table, Why, tables
from tests.unit.reports import attack

FEW_EXAMPLES = settings(max_examples=40, deadline=None)


def responses(counts, rows="group", columns="event_type", **more):
    names = [f"r{number}" for number in range(len(counts))], [f"c{number}" for number in range(len(counts[0]))]
    return Table("responses", rows, columns, *map(tuple, names), tuple(map(tuple, counts)), **more)


def everything(table):
    """Return every count of a table by the names the reader uses."""
    truth = {
        ("", row, column): n
        for row, counts in zip(table.rows, table.counts, strict=True)
        for column, n in zip(table.columns, counts, strict=True)
    }
    truth |= {("", row, None): sum(counts) for row, counts in zip(table.rows, table.counts, strict=True)}
    truth |= {
        ("", None, column): sum(counts)
        for column, counts in zip(table.columns, zip(*table.counts, strict=True), strict=True)
    }
    return truth | {("", None, None): table.size}


def recovered(table):
    """Attack what is shown of a table, knowing every shown count exactly."""
    reader, truth = attack.Reader(), everything(table)
    attack.read_table(reader, disclosure.two_way(table).as_json(), truth)
    return reader.recovers(truth)


def hidden(shown):
    return {
        (row, column)
        for row, cells in enumerate(shown.cells)
        for column, cell in enumerate(cells)
        if cell.value is None
    }


counts = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 18)] * width), min_size=2, max_size=4)
)


@FEW_EXAMPLES
@given(counts)
def test_no_cell_of_one_to_five_is_narrowed_to_under_three(counts):
    assert recovered(responses(counts)) == []


@FEW_EXAMPLES
@given(counts)
def test_hiding_is_deterministic_and_shown_counts_are_true(counts):
    table = responses(counts)
    shown = disclosure.two_way(table)
    assert shown == disclosure.two_way(table)
    for row, cells in zip(table.counts, shown.cells, strict=True):
        for count, cell in zip(row, cells, strict=True):
            assert cell.value is None or (cell.value % 5 == 0 and 0 <= count - cell.value <= 4 and not 1 <= count <= 5)
    assert json.loads(json.dumps(shown.as_json())) == shown.as_json()


@FEW_EXAMPLES
@given(counts)
def test_a_group_under_ten_and_its_total_are_hidden(counts):
    table = responses(counts)
    shown = disclosure.two_way(table)
    for row, cells, total in zip(table.counts, shown.cells, shown.row_totals, strict=True):
        if sum(row) < 10:
            assert total.value is None
            assert all(cell.value is None for cell in cells)


def test_the_worked_example_hides_four_cells_that_cannot_be_placed():
    example = responses([(12, 7, 3), (9, 6, 4)], "event_type", "answer")
    shown = disclosure.two_way(example)
    assert hidden(shown) == {(0, 1), (0, 2), (1, 1), (1, 2)}
    reader, truth = attack.Reader(), everything(example)
    attack.read_table(reader, shown.as_json(), truth)
    assert reader.bounds(("", "r0", "c2")) == (0, 7)
    assert reader.bounds(("", "r1", "c2")) == (0, 7)


def test_the_attack_recovers_small_cells_when_the_gate_hides_only_them(monkeypatch):
    monkeypatch.setattr(tables, "protect", lambda _, *, targets, hidden, **__: frozenset(targets) | frozenset(hidden))
    draw = random.Random(7)
    found = [recovered(responses([[draw.randint(0, 14) for _ in range(3)] for _ in range(4)])) for _ in range(10)]
    assert sum(map(len, found)) > 10


def test_the_attack_recovers_every_small_cell_when_the_gate_is_off():
    table = responses([(12, 7, 3), (9, 6, 4)])
    reader, truth = attack.Reader(), everything(table)
    for name, count in truth.items():
        attack.read_count(reader, name, {"value": None, "why": ""}, truth)
        reader.knows(name, count)
    assert reader.recovers(truth) == [("", "r0", "c2"), ("", "r1", "c2")]


def test_fewer_than_ten_people_show_no_table():
    shown = disclosure.two_way(responses([(3, 2), (2, 2)]))
    assert shown.why is Why.FEWER_THAN_TEN
    assert shown.total.value is None
    assert hidden(shown) == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize(
    ("rows", "columns"), [("ethnic_group", "disability"), ("worker", "event_type"), ("chair", "tone")]
)
def test_a_table_outside_the_fixed_list_is_refused(rows, columns):
    assert disclosure.two_way(responses([(50, 50), (50, 50)], rows, columns)).why is Why.NOT_OFFERED


def test_everybody_agreeing_is_hidden_in_a_group_under_thirty():
    shown = disclosure.two_way(responses([(12, 0), (40, 30), (20, 20)], "group", "tone"))
    assert {(0, 0), (0, 1)} <= hidden(shown)
    assert not hidden(disclosure.two_way(responses([(12, 0), (40, 30), (20, 20)], "group", "event_type")))


def test_themes_may_overlap_and_a_small_tone_takes_another_with_it():
    themes = Table(
        "comments", "theme", "tone", ("listened", "plan"), ("good", "bad", "mixed"), ((20, 3, 9), (15, 12, 7)),
        rows_overlap=True, total=50,
    )  # fmt: skip
    shown = disclosure.two_way(themes)
    assert hidden(shown) == {(0, 1), (0, 2)}
    assert [total.value for total in shown.row_totals] == [30, 35]
    assert shown.total.value == 50
    assert all(total.value is None for total in shown.column_totals)


def test_two_tables_of_one_release_cannot_be_played_against_each_other():
    tone = Table(
        "comments", "theme", "tone", ("a", "b"), ("good", "bad"), ((30, 12), (20, 22)), rows_overlap=True, total=60
    )
    group = Table(
        "comments", "theme", "group", ("a", "b"), ("child", "young", "parent"), ((3, 19, 20), (12, 15, 15)),
        rows_overlap=True, total=60, column_sizes=(14, 22, 24),
    )  # fmt: skip
    shown = disclosure.two_way_together([tone, group])
    reader, truth = attack.Reader(), {}
    for table, each in zip((tone, group), shown, strict=True):
        truth |= {
            ("", row, c): n
            for row, counts in zip(table.rows, table.counts, strict=True)
            for c, n in zip(table.columns, counts, strict=True)
        }
        truth |= {("", row, None): sum(counts) for row, counts in zip(table.rows, table.counts, strict=True)} | {
            ("", None, None): 60
        }
        attack.read_table(reader, each.as_json(), truth, rows_overlap=True)
    assert reader.recovers(truth) == []
    assert (0, 0) in hidden(shown[1])


def test_a_group_with_few_comments_is_hidden_in_every_theme():
    group = Table(
        "comments", "theme", "group", ("a", "b"), ("child", "young", "parent"), ((8, 19, 20), (9, 15, 15)),
        rows_overlap=True, total=60, column_sizes=(9, 22, 29),
    )  # fmt: skip
    assert {(0, 0), (1, 0)} <= hidden(disclosure.two_way(group))


def test_tables_that_disagree_on_a_shared_count_are_an_error():
    with pytest.raises(ValueError, match="disagree"):
        disclosure.two_way_together([responses([(20, 20), (20, 20)]), responses([(20, 20), (20, 21)])])


@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": ()},
        {"counts": ((1, 2), (3,))},
        {"counts": ((1, -2),)},
        {"counts": ((1, 2),), "rows_overlap": True},
        {"counts": ((1, 2),), "rows_overlap": True, "total": 3},
    ],
)
def test_a_table_without_a_proper_shape_is_an_error(wrong):
    rows = tuple(f"r{number}" for number in range(len(wrong["counts"])))
    with pytest.raises(ValueError, match="table"):
        Table("comments", "theme", "group", rows, ("a", "b"), **wrong)


def test_a_refused_table_lets_the_more_important_one_stand(monkeypatch):
    monkeypatch.setattr(tables, "protect", lambda puzzle, **_: None if len(puzzle.counts) > 9 else frozenset())
    first, second = disclosure.two_way_together(
        [responses([(20, 20), (20, 20)]), responses([(20, 20), (20, 20)], "service", "age_band")]
    )
    assert first.why is None
    assert second.why is Why.REFUSED
