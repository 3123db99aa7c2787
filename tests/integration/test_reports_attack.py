"""Somebody reads every release there is and subtracts: small cells come out with the gate off, and none with it on."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from feedback import clock, i18n
from feedback.clock import Quarter
from feedback.reports import (
    asked,
    counting,
    disclosure,
    export,
    mentions,
    questions,
    releases,
    spreadsheet,
    steps,
    years,
)
from feedback.reports.counting import SPLITS, Slice, count_whole, last_arrival
from feedback.reports.disclosure import WHOLE
from feedback.reports.standing import TWO_SIDES
from feedback.reports.year import Year
from feedback.responses import operations
from feedback.responses.models import Response
from tests.unit.reports import attack, people
from tests.unit.reports.siege import attack_told, everything_shown, read

PAST = Quarter.current().shifted(-2)
CONSTRUCTS = ("heard", "plan", "rights")
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def attack_release(release, raw):
    """Attack every split of every question of a final release together; return (attempts, recovered)."""
    told = {
        construct["id"]: {WHOLE: construct["everyone"]} | dict(_parts(construct))
        for construct in release.figures["constructs"]
        if construct["id"] in CONSTRUCTS
    }
    return attack_told(told, raw)


def _parts(construct):
    for split in SPLITS:
        rows = construct["groups"] if split == ("group",) else construct["splits"].get("_".join(split), [])
        for row in rows:
            values = {split[0]: row["id"]} if len(split) == 1 else {name: row[name] for name in split}
            yield frozenset(values.items()), {"favourable": row["favourable"]}


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


def attack_themes_from_step_to_step(database, looks):
    """Read how many wrote about each theme in every look, and subtract; return what is recovered of who came between."""
    attempts, recovered = 0, []
    for theme in people.THEMES:
        reader, truth, before = attack.Reader(), {}, None
        for look in looks:
            with database.reading() as session:
                words = counting.count(session, Slice(PAST, last_arrival(session, PAST, look.base))).words
            row = next(each for each in look.figures["themes"] if each["id"] == theme)
            step, wrote = ("people", look.base), ("wrote", look.base)
            truth[step] = words.themes[theme].people if theme in words.themes else 0
            _read_theme(reader, step, wrote, row, look.figures["comments"]["people"])
            if before:
                between = ("between", before, step)
                truth[between] = truth[step] - truth[before]
                reader.knows(between, 0, look.base - before[1])
                reader.adds_up(step, [before, between])
            before = step
        recovered += reader.recovers(truth, [name for name in truth if name[0] == "between"])
        attempts += reader.attempts
    return attempts, recovered


def _read_theme(reader, step, wrote, row, writers):
    """Read a theme's row: its people rounded down from ten on, or to the nearest five where a share stands beside."""
    reader.knows(wrote, *((writers, writers + 4) if writers else (0, 9)))
    if row["share"]["percent"] is not None:
        reader.knows(step, max(6, row["people"] - 2), row["people"] + 2)
        reader.percent([step], wrote, row["share"]["percent"], row["share"]["step"])
    elif row["people"] is not None:
        reader.knows(step, row["people"], row["people"] + 4)
    else:
        reader.knows(step, 0, 9)


def looks_at_themes(monkeypatch, database, seed):
    """Let ten people come and write, look, and again."""
    looks = []
    for number in range(7):
        with database.transaction() as session:
            people.arrive(session, 10, quarter=PAST, seed=seed * 100 + number)
            people.write(session, quarter=PAST, seed=seed * 100 + number, after=10 * number)
        looks.append(look(monkeypatch, database, PAST, settled=False))
    return looks


def test_themes_cannot_be_subtracted_from_step_to_step(database, monkeypatch):
    attempts, recovered = attack_themes_from_step_to_step(database, looks_at_themes(monkeypatch, database, 1))
    assert attempts > 5
    assert recovered == []


def test_a_share_beside_the_number_of_people_would_be_subtracted(database, monkeypatch):
    shown_in_full = mentions.themes
    monkeypatch.setattr(mentions, "themes", lambda words, **_: shown_in_full(words, is_final=True))
    assert attack_themes_from_step_to_step(database, looks_at_themes(monkeypatch, database, 1))[1]


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


def attack_year(database):
    """Freeze four quarters and their year, read them side by side; return what is recovered."""
    year, raw, recovered = Year(PAST.year - 3), {}, []
    for number, quarter in enumerate(year.quarters):
        raw[quarter] = freeze(database, 20 + number, number=24 + 9 * number, quarter=quarter)
    shown = years.current(database, year)
    assert shown is not None
    for construct in CONSTRUCTS:
        place = [each["id"] for each in shown.figures["constructs"]].index(construct)
        reader, truth, whole = attack.Reader(), {}, None
        for quarter, (release, exact) in raw.items():
            counts = exact[construct][WHOLE]
            whole = counts if whole is None else whole + counts
            read(reader, truth, str(quarter), release.figures["constructs"][place]["everyone"], counts)
        read(reader, truth, "year", shown.figures["constructs"][place]["everyone"], whole)
        attack.read_groups(reader, "year", [str(quarter) for quarter in raw], whole.scale.states)
        recovered += reader.recovers(truth)
    return recovered


def test_a_year_does_not_give_its_quarters_away(database):
    assert attack_year(database) == []


def test_a_year_gated_by_itself_would_give_its_quarters_away(database, monkeypatch):
    def alone(quarters):
        return disclosure.distribution(quarters[0] + quarters[1] + quarters[2] + quarters[3])

    monkeypatch.setattr(disclosure, "year", alone)
    assert attack_year(database)


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


def test_wording_in_a_language_that_runs_from_right_to_left_has_such_a_sheet(database):
    release, _ = freeze(database, 5)
    with database.reading() as session:
        told = [(i18n.LANGUAGES[code], asked.list_asked(session, PAST, code)) for code in ("ar", "pl")]
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.to_xlsx(release, {}, [], elsewhere=told)))
    turned = {sheet.title: bool(sheet.sheet_view.rightToLeft) for sheet in book}
    assert [title for title, is_turned in turned.items() if is_turned] == ["Wording ar"]
    assert book["Wording pl"].max_row > 1
    assert all(cell.data_type in {"s", "n"} for sheet in book for row in sheet.iter_rows() for cell in row)


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
