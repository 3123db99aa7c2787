"""Alembic's entry: one history for SQLite and PostgreSQL."""

from typing import Any

from alembic import context

from feedback.db import Utc, make_engine
from feedback.schema import metadata


def render(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as what the database has, so that no migration imports the service."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    engine = make_engine(url, synchronous="FULL")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
