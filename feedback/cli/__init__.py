"""The commands: each a thin call into an operation."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from feedback import db, startup
from feedback.accounts import operations as accounts
from feedback.accounts import passwords
from feedback.accounts.permissions import Role
from feedback.audit.operations import SYSTEM
from feedback.cli import events, figures, improvements, keeping, languages, text
from feedback.errors import FeedbackError
from feedback.questionnaires import queries
from feedback.startup import publish_built_in


def register(app: Flask) -> None:
    """Give the app its commands."""
    for command in (
        publish,
        list_questionnaires,
        prepare,
        add_person,
        figures.demo,
        figures.wipe_demo,
        figures.release,
        figures.report,
        improvements.import_actions,
        events.import_events,
        languages.translations,
        keeping.verify_audit,
        keeping.purge_audit,
        keeping.rotate_keys,
        keeping.forget_links,
        text.analyse,
        text.analyse_text,
        text.train_themes,
        text.learn_themes,
    ):
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


@click.command("add-person")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option(
    "--role", "roles", required=True, multiple=True, type=click.Choice([str(r) for r in Role]), help="May be repeated."
)
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one up.")
@with_appcontext
def add_person(email: str, roles: tuple[str, ...], *, ask: bool) -> None:
    """Add a member of staff or an advocate. The password has to be changed at the first sign-in."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else passwords.invented()
    try:
        with db.database().transaction() as session:
            accounts.add_person(
                session,
                email=email,
                roles=[Role(role) for role in roles],
                password=password,
                by=SYSTEM,
                is_temporary=True,
            )
    except FeedbackError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} may sign in at /staff/.")
    if not ask:
        click.echo(f"One-time password (shown this once, to be changed at the first sign-in): {password}")
