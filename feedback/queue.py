"""The job queue: huey on a SQLite file by default, on PostgreSQL or Redis when there are several machines.

Jobs only make things prompt; a periodic sweep makes them certain, so a lost job loses nothing.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from huey import Huey, SqliteHuey
from huey.storage import PostgresStorage, RedisStorage

from feedback.config import Config
from feedback.errors import ConfigurationError

NAME = "feedback"


def open_queue(config: Config) -> Huey:
    """Open the queue a configuration names. Raise ConfigurationError for an address of an unknown kind."""
    url = config.queue_url
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return SqliteHuey(NAME, filename=url.removeprefix("sqlite:///"), results=False)
    if scheme in {"postgres", "postgresql"}:
        return Huey(NAME, storage_class=PostgresStorage, dsn=url, results=False)
    if scheme in {"redis", "rediss"}:
        return Huey(NAME, storage_class=RedisStorage, url=url, results=False)
    raise ConfigurationError("QUEUE_URL must start with sqlite:///, postgresql:// or redis://.")
