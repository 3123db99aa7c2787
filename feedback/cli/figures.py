"""Commands about figures: the demonstration, releases, reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from feedback import db, demonstration
from feedback.clock import Quarter
from feedback.errors import FeedbackError
from feedback.reports import releases
from feedback.web.staff.figures import files


class QuarterType(click.ParamType[Quarter]):
    """A quarter on the command line, written 2026-Q3."""

    name = "quarter"

    def convert(self, value: str | Quarter, param: click.Parameter | None, ctx: click.Context | None) -> Quarter:
        """Read a quarter or fail with a sentence."""
        try:
            return value if isinstance(value, Quarter) else Quarter.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command("demo")
@click.option("--responses", default=demonstration.RESPONSES, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=demonstration.SEED, show_default=True)
@click.option("--quarters", default=demonstration.QUARTERS, show_default=True, type=click.IntRange(1, 40))
@with_appcontext
def demo(responses: int, seed: int, quarters: int) -> None:
    """Fill an empty database with invented, marked data."""
    with tqdm(total=responses, disable=not sys.stderr.isatty()) as bar:
        try:
            demonstration.fill(
                db.database(), responses_wanted=responses, seed=seed, quarters=quarters, progress=bar.update
            )
        except FeedbackError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{responses} invented responses over {quarters} quarters.")


@click.command("wipe-demo")
@with_appcontext
def wipe_demo() -> None:
    """Remove all invented data."""
    click.echo(f"{demonstration.wipe(db.database())} invented responses removed.")


@click.command("release")
@click.option("--quarter", required=True, type=QuarterType())
@with_appcontext
def release(quarter: Quarter) -> None:
    """Compute a quarter's figures, and freeze them when it is time."""
    done = releases.current(db.database(), quarter)
    state = "frozen" if done.is_frozen else "running"
    click.echo(f"{quarter} ({state}): base {done.base or 'under ten'}, digest {done.digest[:12]}")


@click.command("report")
@click.option("--quarter", required=True, type=QuarterType())
@click.option("--format", "kind", default="json", show_default=True, type=click.Choice(sorted(files.TYPES)))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; otherwise it is printed.")
@with_appcontext
def report(quarter: Quarter, kind: str, out: Path | None) -> None:
    """Write the manager's report from a quarter's release."""
    try:
        written = files.written(releases.current(db.database(), quarter), kind)
    except FeedbackError as error:
        raise click.ClickException(str(error)) from error
    if out is None:
        click.echo(written, nl=False)
    else:
        out.write_bytes(written)
