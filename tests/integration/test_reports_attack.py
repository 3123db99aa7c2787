"""Somebody reads every release there is and subtracts: small cells come out with the gate off, and none with it on."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from feedback import clock
from feedback.clock import Quarter
from feedback.reports import disclosure, export, figures, questions, releases, spreadsheet, steps, years
from feedback.reports.counting import SPLITS, Slice, count_whole
from feedback.reports.disclosure import WHOLE
from feedback.reports.standing import TWO_SIDES, two_sides
from feedback.reports.year import Year
from feedback.responses import operations
from feedback.responses.models import Response
from tests.unit.reports import attack, people

PAST = Quarter.current().shifted(-2)
CONSTRUCTS = ("heard", "plan", "rights")
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def everything_shown(populations, **_):
    """Show every population whole: the gate switched off."""
    return {name: _bare(each) for name, each in populations.items()}


def _bare(counts):
    if not counts.base:
        return disclosure.distribution(counts)
    percents = [figures.percent(count, counts.base) for count in counts.answered]
    share = figures.percent(counts.favourable.count, counts.base)
    blocks = tuple(
        disclosure.Block((state,), percent) for state, percent in zip(counts.scale.states, percents, strict=True)
    )
    shown = disclosure.ShownShare(share, counts.base, False, 1, share, share, 0, 100)
    return disclosure.ShownDistribution(shown, shown, (), blocks, (), shown)


def truth_of(name, counts):
    """Return a population's counts as the attack names them."""
    share = counts.favourable
    found = {
        (name, None): share.base,
        (name, "favourable"): share.count,
        (name, "other"): share.base - share.count,
    }
    return found | {(name, state): n for state, n in zip(counts.scale.states, counts.answered, strict=True)}


def read(reader, truth, name, shown, counts):
    """Read one population of one question; the reader has learnt every shown base and count exactly."""
    truth |= truth_of(name, counts)
    reader.adds_up((name, None), [(name, state) for state in counts.scale.states])
    attack.read_question(reader, name, {"blocks": [], **shown}, counts.scale, truth)


def attack_release(release, raw):
    """Attack every split of every question of a final release together; return (attempts, recovered)."""
    attempts, recovered = 0, []
    for construct in release.figures["constructs"]:
        if construct["id"] not in CONSTRUCTS:
            continue
        reader, truth = attack.Reader(), {}
        exact = raw[construct["id"]]
        in_full = all(
            state in exact[WHOLE].scale.states for b in construct["everyone"]["blocks"] for state in b["states"]
        )
        held = {name: each if in_full else two_sides(each) for name, each in exact.items()}
        shown = {WHOLE: construct["everyone"]} | dict(_parts(construct))
        for name, counts in held.items():
            nothing = {"favourable": disclosure.withheld(disclosure.Why.FEW_LEFT).as_json()}
            read(reader, truth, name, shown.get(name, nothing), counts)
        _add_up(reader, truth, held)
        recovered += reader.recovers(truth, [key for key in truth if key[1] in {"favourable", "other"}])
        attempts += reader.attempts
    return attempts, recovered


def _parts(construct):
    for split in SPLITS:
        rows = construct["groups"] if split == ("group",) else construct["splits"].get("_".join(split), [])
        for row in rows:
            values = {split[0]: row["id"]} if len(split) == 1 else {name: row[name] for name in split}
            yield frozenset(values.items()), {"favourable": row["favourable"]}


def _add_up(reader, truth, held):
    """Tell the reader how parts make up their parents, with whoever is in no part as one more."""
    variables = sorted({variable for name in held for variable, _ in name})
    for parent in held:
        for variable in variables:
            parts = [
                name
                for name in held
                if parent < name and {v for v, _ in name - parent} == {variable} and len(name) == len(parent) + 1
            ]
            if not parts:
                continue
            rest = ("rest", parent, variable)
            states = held[parent].scale.states
            for answer in (None, "favourable", "other", *states):
                truth[rest, answer] = truth[parent, answer] - sum(truth[name, answer] for name in parts)
            reader.adds_up((rest, None), [(rest, state) for state in states])
            attack.read_groups(reader, parent, [*parts, rest], states)


def freeze(database, seed, number=75, quarter=PAST):
    """Let people answer and freeze the quarter; return the release and the truth."""
    with database.transaction() as session:
        people.arrive(session, number, quarter=quarter, seed=seed)
    release = releases.current(database, quarter)
    with database.reading() as session:
        return release, people.truths(session, quarter)


@pytest.mark.parametrize("seed", [1, 2])
def test_splits_beside_each_other_give_no_small_cell_away(database, seed):
    attempts, recovered = attack_release(*freeze(database, seed))
    assert attempts > 10
    assert recovered == []


def test_with_the_gate_off_the_same_attack_recovers_small_cells(database, monkeypatch):
    monkeypatch.setattr(questions, "compare", everything_shown)
    _, recovered = attack_release(*freeze(database, 1))
    assert len(recovered) > 10


def look(monkeypatch, database, quarter, *, settled):
    """Look at a quarter while it runs or once it is settled."""
    day = quarter.last_day + releases.SETTLING + timedelta(days=1) if settled else quarter.last_day
    monkeypatch.setattr(clock, "today", lambda: day)
    return releases.current(database, quarter)


def steps_of(monkeypatch, database, seed, arrivals):
    """Let people arrive in batches, look after each, and once more when the quarter is final."""
    looks = []
    for number, arriving in enumerate(arrivals):
        with database.transaction() as session:
            people.arrive(session, arriving, quarter=PAST, seed=seed * 100 + number)
        looks.append(look(monkeypatch, database, PAST, settled=False))
    return [*looks, look(monkeypatch, database, PAST, settled=True)]


def attack_steps(database, looks):
    """Read every look at every question, one after the other, and whoever came between; return what is recovered."""
    recovered = []
    for place, name in enumerate(looks[-1].figures["constructs"]):
        construct = name["id"]
        reader, truth, before = attack.Reader(), {}, None
        for release in looks:
            shown = release.figures["constructs"][place]
            with database.reading() as session:
                counts = count_whole(session, Slice(PAST, shown["stands_on"]))[construct]
            if any(state in TWO_SIDES.states for block in shown["everyone"]["blocks"] for state in block["states"]):
                shown = {"everyone": {**shown["everyone"], "blocks": []}}
            step = ("first", counts.responses)
            if step == before:
                continue
            read(reader, truth, step, shown["everyone"], counts)
            if before is not None:
                between = ("between", before, step)
                states = counts.scale.states
                for answer in (None, "favourable", "other", *states):
                    truth[between, answer] = truth[step, answer] - truth[before, answer]
                reader.adds_up((between, None), [(between, state) for state in states])
                attack.read_groups(reader, step, [before, between], states)
            before = step
        recovered += reader.recovers(truth)
    return recovered


@pytest.mark.parametrize(("seed", "arrivals"), [(1, (10, 10, 10, 10, 25, 7)), (2, (20, 30, 30)), (3, (10, 60, 9))])
def test_a_release_and_the_next_cannot_be_subtracted(database, monkeypatch, seed, arrivals):
    looks = steps_of(monkeypatch, database, seed, arrivals)
    assert [each.base for each in looks[:2]] == [arrivals[0], arrivals[0] + arrivals[1]]
    assert looks[-1].is_frozen
    assert attack_steps(database, looks) == []


def test_without_waiting_the_same_looks_are_subtracted(database, monkeypatch):
    monkeypatch.setattr(steps, "move", lambda _before, **kept: kept["after"])
    assert attack_steps(database, steps_of(monkeypatch, database, 1, (10, 10, 10, 10, 25, 7)))


def test_up_to_nine_late_answers_stay_out_of_the_final_figures(database, monkeypatch):
    looks = steps_of(monkeypatch, database, 4, (20, 9))
    assert looks[-1].base == 20


def test_withdrawing_after_a_look_changes_only_the_next_release(database, monkeypatch):
    with database.transaction() as session:
        people.arrive(session, 30, quarter=PAST, seed=9)
    first = look(monkeypatch, database, PAST, settled=False)
    with database.transaction() as session:
        operations.withdraw(session, session.scalars(select(Response).limit(1)).one())
    assert look(monkeypatch, database, PAST, settled=False) == first
    last = look(monkeypatch, database, PAST, settled=True)
    shares = [[c["everyone"]["favourable"] for c in each.figures["constructs"]] for each in (first, last)]
    assert shares[0] == shares[1]


def test_a_year_does_not_give_its_quarters_away(database):
    year = Year(PAST.year - 3)
    raw = {}
    for number, quarter in enumerate(year.quarters):
        release, truth = freeze(database, 20 + number, number=24 + 9 * number, quarter=quarter)
        raw[quarter] = (release, truth)
    shown = years.current(database, year)
    assert shown is not None
    for construct in CONSTRUCTS:
        place = [each["id"] for each in shown.figures["constructs"]].index(construct)
        reader, truth = attack.Reader(), {}
        whole = None
        for quarter, (release, exact) in raw.items():
            counts = exact[construct][WHOLE]
            whole = counts if whole is None else whole + counts
            read(reader, truth, str(quarter), release.figures["constructs"][place]["everyone"], counts)
        read(reader, truth, "year", shown.figures["constructs"][place]["everyone"], whole)
        attack.read_groups(reader, "year", [str(quarter) for quarter in raw], whole.scale.states)
        assert reader.recovers(truth) == []


def test_files_hold_the_figures_of_the_release_and_no_others(database):
    release, _ = freeze(database, 5)
    table = list(csv.reader(io.StringIO(export.to_csv(release).removeprefix("\ufeff"))))[1:]
    assert [[str(cell if cell is not None else "") for cell in row] for row in export.rows(release)] == [
        [cell.removeprefix("'") for cell in row] for row in table
    ]
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.to_xlsx(release, {}, [])))
    sheet = [[cell.value for cell in row] for row in book["Every figure"].iter_rows(min_row=2)]
    told = [["" if cell is None else cell for cell in row] for row in sheet]
    assert told == [["" if cell is None else _plain(cell) for cell in row] for row in export.rows(release)]


def _plain(cell):
    """Return what a cell reads back as: numbers as numbers, everything else as text."""
    return cell if isinstance(cell, int) else str(cell)


@pytest.mark.parametrize(
    "evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")']
)
def test_no_cell_is_ever_a_formula(database, evil):
    release = releases.current(database, PAST)
    release.figures["responses"]["event_types"] = [{"id": evil, "base": 10, "why": None}]
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.to_xlsx(release, {evil: evil}, [])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(re.sub(r"\s|_x000D_", "", str(cell.value)) == re.sub(r"\s", "", evil) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    lines = csv.reader(io.StringIO(export.to_csv(release).removeprefix("\ufeff")))
    assert not [cell for row in lines for cell in row if cell.startswith(export.DANGEROUS)]
