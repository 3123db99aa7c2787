"""The commands: each a thin call into an operation."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from feedback import db, startup
from feedback.questionnaires import queries
from feedback.startup import publish_built_in


def register(app: Flask) -> None:
    """Give the app its commands."""
    for command in (publish, list_questionnaires, prepare):
        app.cli.add_command(command)


@click.command("publish")
@with_appcontext
def publish() -> None:
    """Publish every questionnaire in every language that has a catalogue."""
    with db.database().transaction() as session:
        for version in publish_built_in(session):
            click.echo(f"{version.questionnaire_id} version {version.number} ({version.digest[:12]})")


@click.command("questionnaires")
@with_appcontext
def list_questionnaires() -> None:
    """List the published versions."""
    with db.database().reading() as session:
        for version in queries.list_versions(session):
            click.echo(f"{version.questionnaire_id} {version.number} {version.published_at:%Y-%m-%d} {version.digest}")


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring tables, settings and questionnaires up to date. Safe to run at every start."""
    startup.prepare(current_app.config["SETTINGS"])
