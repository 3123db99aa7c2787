"""Commands about words: analysing, learning themes."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from feedback import db
from feedback.analysis import operations as analysis
from feedback.text.lines import analyse_lines


@click.command("analyse-text")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of a model.")
def analyse_text(model: Path | None) -> None:
    """Read JSON lines, write JSON lines. A bad line gets an error in its place and exit code 1 at the end."""
    source = click.open_file("-", encoding="utf-8", errors="replace")
    answers = analyse_lines(tqdm(source, disable=not sys.stderr.isatty() or sys.stdin.isatty()), model)
    for answer in answers:
        click.echo(answer)
    if answers.any_bad:
        raise SystemExit(1)


@click.command("analyse")
@click.option("--all", "everything", is_flag=True, help="Also comments that have findings already.")
@with_appcontext
def analyse(*, everything: bool) -> None:
    """Find tone, themes and names in comments that have no findings of the current engine."""
    if everything:
        analysis.forget_findings(db.database())
    click.echo(f"{analysis.analyse_pending(db.database())} comments analysed.")
