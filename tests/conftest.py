"""Fixtures of every test: a configuration, a prepared database (SQLite and PostgreSQL), an app, a client."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from hypothesis import settings

from feedback import create_app, startup
from feedback.config import Config
from feedback.db import Database
from tests.client import Client
from tests.postgres import Cluster, NotAvailable

# A busy machine is no failure: how long things take is measured by `tests.bench`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

KEYS = {
    "FEEDBACK_KEYS": Fernet.generate_key().decode(),
    "IDENTITY_KEYS": Fernet.generate_key().decode(),
    "OFFLINE_KEYS": "offline-key-for-tests",
    "HASH_KEYS": "hash-key-for-tests",
    "SECRET_KEY": "secret-key-for-tests",
}


def missing(what: str, why: str) -> None:
    """Skip for want of a program, or fail where it was promised (`REQUIRE_BROWSER=1` and so on)."""
    if os.environ.get(f"REQUIRE_{what}") == "1":
        pytest.fail(f"{what} is required but not there: {why}")
    pytest.skip(f"{what} is not there: {why}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL server of our own for the session."""
    try:
        started = Cluster.start()
    except NotAvailable as error:
        missing("POSTGRES", str(error))
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    """Run a test on both databases."""
    return str(request.param)


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one migrated and published SQLite database, to be copied for each test."""
    instance = tmp_path_factory.mktemp("prepared")
    prepare(configure(instance, f"sqlite:///{instance / 'feedback.db'}"))
    return instance / "feedback.db"


@pytest.fixture(scope="session")
def prepared_postgres(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one migrated and published PostgreSQL database, to be the template of each test's."""
    url = cluster.create("prepared")
    prepare(configure(tmp_path_factory.mktemp("prepared"), url))
    return "prepared"


@pytest.fixture
def config(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    """A configuration with a prepared, empty database of its own."""
    if backend == "postgresql":
        cluster = request.getfixturevalue("cluster")
        template = request.getfixturevalue("prepared_postgres")
        name = f"test_{os.urandom(6).hex()}"
        yield configure(tmp_path, cluster.create(name, template=template))
        cluster.drop(name)
        return
    shutil.copy(request.getfixturevalue("prepared_sqlite"), tmp_path / "feedback.db")
    yield configure(tmp_path, f"sqlite:///{tmp_path / 'feedback.db'}")


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """The application on that database."""
    app = create_app(config)
    yield app
    close(app)


@pytest.fixture
def database(app: Flask) -> Database:
    """The app's database."""
    return app.extensions["database"]


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without JavaScript, at the HTTP level."""
    return Client(app.test_client())


def configure(instance: Path, url: str, **changes: str) -> Config:
    """Return a configuration over a database address; `changes` are further settings."""
    return Config.from_env(
        {"INSTANCE": str(instance), "DATABASE_URL": url, "DEMO": "0", "LANGUAGES": "pl,ar", **KEYS, **changes}
    )


def prepare(config: Config) -> None:
    """Migrate and publish, once."""
    app = create_app(config)
    with app.app_context():
        startup.prepare(config)
    close(app)


def close(app: Flask) -> None:
    """Let go of every connection, so that a database can be copied or dropped."""
    app.extensions["database"].dispose()
