"""Alembic's entry: one history for SQLite and PostgreSQL."""

from typing import Any

from alembic import context

from feedback.db import LINK_STORE, Utc, make_engine
from feedback.schema import metadata_of


def render(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as what the database has, so that no migration imports the service."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether to look at a schema: the default one and the link store's."""
    return kind != "schema" or name in (None, LINK_STORE)


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    engine = make_engine(url, synchronous="FULL")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata_of(engine.dialect.name),
            include_schemas=True,
            include_name=is_ours,
            render_as_batch=True,
            render_item=render,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
