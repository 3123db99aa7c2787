"""Importing events: all of a file or none of it, and a plain sentence that names the line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from feedback.db import Database
from feedback.events import queries
from feedback.events.operations import add_event

HEAD = "reference,event_type,held_on,service\n"
GOOD = "CP-1,icpc,2026-11-03,tapss\nCP-2,fgc,2026-11-04,\n"


def run(app: Flask, tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Result:
    """Import a file of this text."""
    file = tmp_path / "events.csv"
    file.write_bytes(text.encode(encoding))
    return app.test_cli_runner().invoke(args=["import-events", str(file)])


def test_a_file_brings_its_events(app: Flask, database: Database, tmp_path: Path) -> None:
    done = run(app, tmp_path, HEAD + GOOD)
    assert done.exit_code == 0, done.output
    assert "2 events added" in done.output
    with database.reading() as session:
        first, second = (queries.find_by_reference(session, name) for name in ("CP-1", "CP-2"))
    assert first is not None
    assert second is not None
    assert (first.event_type, first.held_on, first.service) == ("icpc", date(2026, 11, 3), "tapss")
    assert second.service is None


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("CP-3,icpc,03/11/2026,\n", "Line 4: '03/11/2026' is not a day"),
        ("CP-3,party,2026-11-03,\n", "There is no event type 'party'."),
        ("CP-3,icpc,2026-11-03,nobody\n", "There is no service 'nobody'."),
        (",icpc,2026-11-03,\n", "Line 4 has no reference."),
        ("CP-1,icpc,2026-11-03,\n", "There is an event with this reference already: CP-1."),
        ("OLD,icpc,2026-11-03,\n", "There is an event with this reference already: OLD."),
        ("CP-3\n", "Line 4: '' is not a day"),
    ],
)
def test_one_bad_line_stops_the_whole_file(
    app: Flask, database: Database, tmp_path: Path, rows: str, says: str
) -> None:
    with database.transaction() as session:
        add_event(session, reference="OLD", event_type="icpc", held_on=date(2026, 1, 1))
    done = run(app, tmp_path, HEAD + GOOD + rows)
    assert done.exit_code == 1
    assert says in done.output
    with database.reading() as session:
        assert queries.find_by_reference(session, "CP-1") is None


@pytest.mark.parametrize(
    ("text", "encoding"), [("reference,held_on\nCP-1,2026-11-03\n", "utf-8"), (HEAD + "é", "latin-1")]
)
def test_a_file_of_another_kind_is_refused(app: Flask, tmp_path: Path, text: str, encoding: str) -> None:
    done = run(app, tmp_path, text, encoding)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
