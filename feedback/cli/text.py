"""Commands about words: analysing, learning themes from a table or from readers' corrections."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from feedback import db
from feedback.analysis import operations as analysis
from feedback.analysis import theme_operations
from feedback.analysis.models import ModelState
from feedback.errors import FeedbackError
from feedback.text import training
from feedback.text.lines import analyse_lines

PUBLIC_RAREST = 2
_OUTCOMES = {
    ModelState.ACTIVE: "in use from now on; `analyse --all` judges earlier comments anew",
    ModelState.KEPT: "kept, not in use: what is in use changed meanwhile",
    ModelState.REFUSED: "not in use: it is worse",
}


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


@click.command("train-themes")
@click.option("--labels", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder for the model.")
@click.option("--public", is_flag=True, help="The table is public already: keep rare words too.")
def train_themes(labels: Path, out: Path, *, public: bool) -> None:
    """Learn themes from a CSV with columns text, themes (separated by |), optional question and lang."""
    rarest = PUBLIC_RAREST if public else training.PRIVATE_RAREST
    try:
        done = training.train_themes(training.read_labels(labels), out, rarest=rarest)
    except training.UnusableLabels as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.n} comments; on comments not seen: micro-F1 {done.micro:.3f}, macro-F1 {done.macro:.3f}")
    if done.before is not None:
        click.echo(f"the model before: micro-F1 {done.before[0]:.3f}, macro-F1 {done.before[1]:.3f}")
    if done.left_out:
        click.echo(f"too rare to learn: {', '.join(done.left_out)}")
    click.echo(f"saved in {out}" if done.saved else "not saved: the model before is better")


@click.command("learn-themes")
@with_appcontext
def learn_themes() -> None:
    """Learn themes from what readers corrected at the desk; use the result unless it is worse than what is in use."""
    try:
        version = theme_operations.learn_now(db.database())
    except (FeedbackError, training.UnusableLabels) as error:
        raise click.ClickException(str(error)) from error
    if version.micro is None:
        raise click.ClickException(f"Version {version.number} could not be learnt; the log says why.")
    click.echo(
        f"version {version.number}: {version.comments} comments, each judged unseen: "
        f"micro-F1 {version.micro:.3f}, macro-F1 {version.macro:.3f}"
    )
    name = f"version {version.beside}" if version.beside else "the shipped model"
    click.echo(f"{name}: micro-F1 {version.micro_beside:.3f}, macro-F1 {version.macro_beside:.3f}")
    click.echo(_OUTCOMES[ModelState(version.state)])
