"""Commands for keeping and forgetting: checking and purging the audit log, renewing keys, forgetting links."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback import db, rotation
from feedback.audit import operations as audit_log
from feedback.audit import queries as audit
from feedback.identity import operations as identity


@click.command("verify-audit")
@with_appcontext
def verify_audit() -> None:
    """Check that no line of the audit log was changed, removed or inserted. Exit code 1 says where one was."""
    with db.database().reading() as session:
        broken, number = audit.find_break(session), audit.count_entries(session)
    if broken is not None:
        raise click.ClickException(f"The audit log was touched at line {broken.line}: {broken.what}.")
    click.echo(f"The audit log holds together: {number} lines.")


@click.command("purge-audit")
@click.option(
    "--years", default=audit_log.KEPT_YEARS, show_default=True, type=click.IntRange(min=1), help="Kept so long."
)
@with_appcontext
def purge_audit(years: int) -> None:
    """Remove old lines of the audit log behind a sealed checkpoint, as the worker does every night."""
    try:
        with db.database().transaction() as session:
            number = audit_log.purge_old(session, years=years)
    except audit_log.Tampered as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{number} lines removed; the chain goes on behind a checkpoint.")


@click.command("rotate-keys")
@with_appcontext
def rotate_keys() -> None:
    """Seal everything under the newest keys, so that older ones can be taken out of the configuration."""
    with db.database().transaction() as session:
        number = rotation.renew(session)
    click.echo(f"{number} texts are sealed under the newest keys, and the audit log has a checkpoint.")
    click.echo(
        "Codes and receipts stay readable while their HASH_KEYS stay listed: add new ones in front, keep the old."
    )


@click.command("forget-links")
@with_appcontext
def forget_links() -> None:
    """Remove every sealed link whose event is 90 days gone."""
    with db.database().transaction() as session:
        click.echo(f"{identity.forget_links(session)} links forgotten.")
