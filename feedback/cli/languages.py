"""Commands about languages."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback import catalogues, db, i18n
from feedback.settings import queries


@click.command("translations")
@with_appcontext
def translations() -> None:
    """Say for each language and part how complete it is and how far it has been checked. Exit code 1 for gaps."""
    standings = catalogues.standings()
    with db.database().reading() as session:
        offered = queries.list_languages(session, i18n.always_offered())
    click.echo(f"{'language':<9} {'part':<15} {'texts':>5} {'missing':>7} {'fuzzy':>5}  {'offered':<7}  sign-off")
    for each in standings:
        here = "yes" if each.language in offered else "no"
        numbers = f"{each.messages:>5} {each.missing:>7} {each.fuzzy:>5}"
        click.echo(f"{each.language:<9} {each.part:<15} {numbers}  {here:<7}  {each.state}")
    whole = {each.language for each in standings} - {each.language for each in standings if not each.is_complete}
    click.echo(f"{len(whole)} of {len(i18n.LANGUAGES) - 1} languages beside English are complete.")
    if not all(each.is_complete for each in standings):
        raise SystemExit(1)
