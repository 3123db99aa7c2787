"""One history of migrations for both databases, that ends in exactly the tables the models say."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import inspect

from feedback import migrate
from feedback.config import Config
from feedback.db import open_database
from feedback.schema import metadata_of


def test_the_migrated_tables_are_those_of_the_models(config: Config) -> None:
    command.check(migrate.alembic_config(config.database_url))


def test_every_migration_can_be_taken_back_and_run_again(config: Config) -> None:
    target = migrate.alembic_config(config.database_url)
    command.downgrade(target, "base")
    command.upgrade(target, "head")
    command.check(target)


def test_check_constraints_of_the_models_are_in_the_database(config: Config) -> None:
    database = open_database(config)
    inspector = inspect(database.engine)
    for table in metadata_of(database.engine.dialect.name).tables.values():
        wanted = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint" and c.name}
        found = {str(c["name"]) for c in inspector.get_check_constraints(table.name, schema=table.schema)}
        assert wanted <= found, table.name
    database.dispose()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_database_that_is_not_migrated_is_not_ready(config: Config) -> None:
    command.downgrade(migrate.alembic_config(config.database_url), "base")
    database = open_database(config)
    assert not migrate.is_current(database)
    database.dispose()
