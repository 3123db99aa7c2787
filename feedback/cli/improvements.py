"""Commands about the action plan."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback import db
from feedback.clock import Quarter
from feedback.errors import FeedbackError
from feedback.improvements import operations


@click.command("import-actions")
@click.option("--example", is_flag=True, required=True, help="The plan made after the inspection of July 2012.")
@click.option("--owner", required=True, help="The address of whoever owns them until the council names somebody.")
@with_appcontext
def import_actions(*, example: bool, owner: str) -> None:  # noqa: ARG001 - the one plan there is to import
    """Add an example plan to start from."""
    try:
        with db.database().transaction() as session:
            heard_in = str(Quarter.current().previous)
            number = operations.import_example(session, owner=owner, heard_in=heard_in, by=None)
    except FeedbackError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{number} actions added. Check every date and name an owner for each.")
