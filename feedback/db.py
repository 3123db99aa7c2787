"""The database: engine, table base, column types, one session a request, one commit at its edge.

Knows no table. Operations take a session and never commit; the request's session is committed here, after a view has
answered, so that what a person is shown has been kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy import Connection, CursorResult, DateTime, Dialect, Engine, MetaData, Result, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from feedback.config import Config
from feedback.security import Hasher, Keyring, Vault

FIRST_ERROR_STATUS = 400
BUSY_TIMEOUT_MS = 15_000
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LINK_STORE = "identity"
"""The one schema beside the default; SQLite, which has none, keeps its tables with the others."""


class Base(DeclarativeBase):
    """The base of every table, with names for every constraint so that SQLite and PostgreSQL share migrations."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Utc(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database (SQLite forgets zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive datetimes: an instant without a zone is a bug."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A naive datetime cannot be stored.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """Engines and session factories for one installation.

    `writing()` takes SQLite's write lock at once and its commit survives power loss; `reading()` takes no lock;
    `drafting()` commits without waiting for the disk, because a draft lives half an hour and promises nothing.
    """

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.engine = make_engine(url, synchronous="FULL")
        self._relaxed = make_engine(url, synchronous="NORMAL") if self.is_sqlite else self.engine
        self.keyring = keyring
        self.quick = self._relaxed.execution_options(early_lock=True)
        info = {"keyring": keyring, "memory": {}}
        self.writing = _sessions(self.engine.execution_options(early_lock=True), info)
        self.reading = _sessions(self.engine, info)
        self.drafting = _sessions(self.quick, info)

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._relaxed.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing session that commits at the end: for jobs, commands, and what must survive a refusal."""
        with self.writing() as session, session.begin():
            yield session


def _sessions(engine: Engine, info: dict[Any, Any]) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False, info=info)


def make_engine(url: str, *, synchronous: str) -> Engine:
    """Make an engine; on SQLite with WAL, foreign keys and our own BEGIN (the driver's comes too late)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "isolation_level": None},
        execution_options={"schema_translate_map": {LINK_STORE: None}},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and asks for the write lock later can fail at once, whatever the timeout.
        early = connection.get_execution_options().get("early_lock", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if early else "BEGIN")

    return engine


def database() -> Database:
    """Return the running app's database."""
    return cast("Database", current_app.extensions["database"])


def session() -> Session:
    """Return the request's session, opened on first use; one that changes things takes the write lock first."""
    if "session" not in g:
        reads_only = has_request_context() and request.method in READING_METHODS and not g.get("will_write")
        g.session = database().reading() if reads_only else database().writing()
    return cast("Session", g.session)


def will_write() -> None:
    """Say before the first query that this GET leaves something behind (an audit line, a key's last use)."""
    g.will_write = True


def affected(result: Result[Any]) -> int:
    """Return how many rows an UPDATE or DELETE changed."""
    return cast("CursorResult[Any]", result).rowcount


def keys(session: Session) -> Keyring:
    """Return the keys that belong to a session's installation."""
    return cast("Keyring", session.info["keyring"])


def memory(session: Session) -> dict[str, Any]:
    """Return what this process remembers of a database: only what never changes once it is stored."""
    return cast("dict[str, Any]", session.info["memory"])


def open_database(config: Config) -> Database:
    """Open the database a configuration names, with its keys."""
    keyring = Keyring(Vault(config.feedback_keys), Vault(config.identity_keys), Hasher(config.hash_keys))
    return Database(config.database_url, keyring)


def init(app: Flask) -> None:
    """Give the app its database and the one commit at the edge of a request."""
    app.extensions["database"] = open_database(app.config["SETTINGS"])
    app.after_request(_finish)
    app.teardown_appcontext(_close)


def _finish(response: Response) -> Response:
    """Commit what an answered request changed; roll back what a refused one did."""
    current: Session | None = g.get("session")
    if current is None:
        return response
    if response.status_code < FIRST_ERROR_STATUS:
        current.commit()
    else:
        current.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    current: Session | None = g.pop("session", None)
    if current is not None:
        current.close()
