"""Commands about events."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback import db
from feedback.audit.operations import SYSTEM
from feedback.errors import FeedbackError
from feedback.events import operations
from feedback.events.operations import New

COLUMNS = ("reference", "event_type", "held_on", "service")
"""What a file has to have; `service` may be empty."""


@click.command("import-events")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_events(file: Path) -> None:
    """Add events from a CSV with the columns reference, event_type, held_on (2026-11-03) and service. All or none."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines, db.database().transaction() as session:
            number = operations.import_events(session, events=list(_events(csv.DictReader(lines))), by=SYSTEM)
    except (FeedbackError, UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{number} events added. Record in the service who had a say in them.")


def _events(rows: Iterable[dict[str, str]]) -> Iterator[New]:
    """Yield the events of a file. Raise ClickException that names the line for one that cannot be read."""
    for line, row in enumerate(rows, start=2):
        missing = [name for name in COLUMNS if name not in row]
        if missing:
            raise click.ClickException(
                f"The file needs the columns {', '.join(COLUMNS)}; it lacks {', '.join(missing)}."
            )
        reference, event_type, held_on, service = ((row[name] or "").strip() for name in COLUMNS)
        try:
            day = date.fromisoformat(held_on)
        except ValueError as error:
            raise click.ClickException(f"Line {line}: {held_on!r} is not a day; write it like 2026-11-03.") from error
        if not reference:
            raise click.ClickException(f"Line {line} has no reference.")
        yield New(reference=reference, event_type=event_type, held_on=day, service=service or None)
