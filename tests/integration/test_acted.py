"""The action plan in packs and files: the council's columns, the owner's claim, and beside it what later voices say."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.improvements.models import State
from feedback.reports import evidence, participation
from tests import staff
from tests.conftest import missing
from tests.integration.test_improvements import add, release
from tests.integration.test_participation import had, held, silent
from tests.unit.reports import people

FROM, TO = 40, 60


def shown(database: Database) -> None:
    """Keep an action with an effect, and one that is refused."""
    add(database, claim="=1+1: everybody is happy.")
    add(database, state=State.REFUSED, why_not="The law sets the time.", construct=None)
    release(database, "2025-Q1", FROM)
    release(database, "2025-Q4", TO)
    with database.transaction() as session:
        people.arrive(session, 30, quarter=Quarter.current(), seed=3)


def test_the_pack_shows_claim_and_effect_side_by_side(app: Flask, database: Database) -> None:
    shown(database)
    page = staff.signed_in(app, Role.MANAGER).get(f"/staff/figures/{Quarter.current()}/evidence")
    cells = re.sub(r"<[^>]+>|\s+", " ", page.html)
    said = " ".join(cells.split())
    assert "The owner says =1+1: everybody is happy. Later voices say likely better" in said
    assert "Before, 2025-Q1 40%, likely 40 to 40%, 200 answers After, 2025-Q4 60%" in said
    assert "Why not The law sets the time." in said


def test_the_workbook_has_days_as_days_numbers_as_numbers_and_no_formula(app: Flask, database: Database) -> None:
    shown(database)
    written = staff.signed_in(app, Role.MANAGER).http.get(f"/staff/figures/{Quarter.current()}/file/xlsx").data
    heads, first, second = openpyxl.load_workbook(io.BytesIO(written))["Actions"].iter_rows()
    row = dict(zip([each.value for each in heads], first, strict=True))
    assert isinstance(row["By when"].value, datetime)
    assert (row["Before, percent"].value, row["After, percent"].value) == (FROM, TO)
    assert (row["Later voices say"].value, row["Before in"].value) == ("likely better", "2025-Q1")
    assert row["The owner says"].data_type == "s"
    assert second[12].value in (None, "")


def test_no_file_names_a_person(app: Flask, database: Database) -> None:
    shown(database)
    client = staff.signed_in(app, Role.MANAGER)
    page = client.get(f"/staff/figures/{Quarter.current()}/evidence")
    assert "head@council.example" not in page.text
    book = openpyxl.load_workbook(io.BytesIO(client.http.get(f"/staff/figures/{Quarter.current()}/file/xlsx").data))
    assert not [cell for row in book["Actions"].iter_rows() for cell in row if "@" in str(cell.value)]


def test_the_pack_and_the_workbook_say_who_was_asked(app: Flask, database: Database) -> None:
    quarter = Quarter(2026, 1)
    held(database, had("mother", 40) + silent("father", 30))
    with database.transaction() as session:
        people.arrive(session, 30, quarter=quarter, seed=3)
    assert participation.current(database, quarter) is not None
    client = staff.signed_in(app, Role.MANAGER)
    assert "Told about it" in client.get(f"/staff/figures/{quarter}/evidence").text
    book = openpyxl.load_workbook(io.BytesIO(client.http.get(f"/staff/figures/{quarter}/file/xlsx").data))
    rows = [[cell.value for cell in row] for row in book["Who was asked"].iter_rows()]
    assert next(row for row in rows if row[:2] == ["Told about it", "Everybody"])[7] == 70


@pytest.mark.pdf
def test_the_pack_can_be_written_from_the_command_line(app: Flask, database: Database, tmp_path: Path) -> None:
    if not evidence.is_possible():
        missing("PDF", "pango is not installed")
    shown(database)
    out = tmp_path / "pack.pdf"
    arguments = ["report", "--quarter", str(Quarter.current()), "--format", "pdf", "--out", str(out)]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF-")
