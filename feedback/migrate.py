"""Brings a database's tables up to date: the one place that runs Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedback.db import Database
from feedback.paths import MIGRATIONS


def upgrade(url: str, revision: str = "head") -> None:
    """Run every migration up to a revision."""
    command.upgrade(alembic_config(url), revision)


def is_current(database: Database) -> bool:
    """Whether the database's tables are those of this code."""
    script = ScriptDirectory.from_config(alembic_config(""))
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


def alembic_config(url: str) -> AlembicConfig:
    """Return Alembic's configuration for a database address."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(MIGRATIONS)).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
