"""On PostgreSQL the database itself refuses the link store to whoever has not taken its role."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from feedback import create_app, migrate
from feedback.accounts.permissions import Role
from feedback.config import Config
from feedback.db import Database
from feedback.events.operations import add_event
from feedback.identity import opening_operations, queries, role
from feedback.identity.models import IssuedCode, OpeningReason, SealedLink
from feedback.identity.operations import issue_codes
from feedback.responses.models import Response
from tests import staff
from tests.client import Client
from tests.conftest import KEYS, close, configure, prepare
from tests.postgres import SERVICE, Cluster
from tests.server import ROOT

pytestmark = pytest.mark.postgres

UNPRIVILEGED = "may_make_no_roles"
STATEMENTS = (
    "SELECT * FROM identity.identity_codes",
    "SELECT * FROM identity.identity_links",
    "UPDATE identity.identity_codes SET times_used = 0",
    "DELETE FROM identity.identity_links",
    "COPY identity.identity_links TO STDOUT",
)


@pytest.fixture
def backend() -> str:
    """Roles are PostgreSQL's alone."""
    return "postgresql"


@pytest.fixture
def unprivileged(cluster: Cluster, tmp_path: Path) -> Iterator[Config]:
    """A database of a user who may make no roles, and has been given none."""
    if cluster.data is None:
        pytest.skip("the server given may not be changed")
    name = f"test_{os.urandom(6).hex()}"
    for made in (f"{UNPRIVILEGED} LOGIN", f"{role.ROLE} NOLOGIN", f"{role.DOOR} NOLOGIN NOINHERIT"):
        cluster.execute(f"DO $$ BEGIN CREATE ROLE {made}; EXCEPTION WHEN duplicate_object THEN END $$")
    yield configure(tmp_path, cluster.create(name, user=UNPRIVILEGED))
    cluster.drop(name)


def send_with_code(app: Flask) -> str:
    """Send an answer with a code from a card; return its response's id."""
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        event = add_event(session, reference="EVENT-4711", event_type="icpc", held_on=date(2026, 11, 2))
        (code,) = issue_codes(session, event=event, audience="parent", number=1, by="test")
    assert Client(app.test_client()).walk(who="parent", code=code, p_heard="4").name == "done"
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        assert response.has_code
        assert queries.find_ticket(session, code) is None  # used
        return response.id


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_session_that_has_not_taken_the_role_is_refused(app: Flask, database: Database, statement: str) -> None:
    send_with_code(app)
    with database.reading() as session, pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(statement))


def test_code_that_forgets_the_role_is_refused_whatever_it_did_before(app: Flask, database: Database) -> None:
    send_with_code(app)
    with database.reading() as session:
        with role.taken(session):
            assert session.scalars(select(IssuedCode)).one().times_used == 1
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(select(SealedLink.response_hash))


def test_with_the_role_taken_nothing_else_can_be_read(app: Flask, database: Database) -> None:
    send_with_code(app)
    with (
        database.reading() as session,
        pytest.raises(ProgrammingError, match="permission denied"),
        role.taken(session),
    ):
        session.execute(select(Response.id))


def test_the_role_ends_with_its_transaction(app: Flask, database: Database) -> None:
    send_with_code(app)
    with database.engine.connect() as connection:
        connection.execute(text(f"SET LOCAL ROLE {role.ROLE}"))
        assert connection.scalar(text("SELECT current_user")) == role.ROLE
        connection.rollback()
        assert connection.scalar(text("SELECT current_user")) == SERVICE


def test_setting_it_apart_again_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        assert role.set_apart(session)


def test_a_database_user_who_may_make_no_roles_runs_the_service_without_them(unprivileged: Config) -> None:
    app = create_app(unprivileged)
    prepare(unprivileged)
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        assert not role.set_apart(session)
    response_id = send_with_code(app)
    person = staff.add(database, Role.SAFEGUARDING_LEAD)
    with database.transaction() as session:
        opening = opening_operations.ask(
            session, response_id=response_id, reason=OpeningReason.DANGER, words="why", by=person, is_danger=True
        )
        assert opening_operations.open_link(session, opening=opening, by=person).reference == "EVENT-4711"
    close(app)


def test_every_migration_can_be_taken_back_by_a_database_user_who_may_make_no_roles(unprivileged: Config) -> None:
    prepare(unprivileged)
    target = migrate.alembic_config(unprivileged.database_url)
    command.downgrade(target, "base")
    command.upgrade(target, "head")
    command.check(target)


def test_what_is_weaker_without_the_roles_is_logged_at_each_start(unprivileged: Config) -> None:
    environment = os.environ | KEYS | {"INSTANCE": str(unprivileged.instance)}
    environment["DATABASE_URL"] = unprivileged.database_url
    for _ in range(2):
        command_line = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
        done = subprocess.run(command_line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert "link_store_not_apart" in done.stderr


def test_it_is_set_apart_as_soon_as_somebody_has_made_the_roles(unprivileged: Config, cluster: Cluster) -> None:
    prepare(unprivileged)
    app = create_app(unprivileged)
    database: Database = app.extensions["database"]
    send_with_code(app)
    cluster.execute(f"GRANT {role.ROLE} TO {role.DOOR}")
    cluster.execute(f"GRANT {role.DOOR} TO {UNPRIVILEGED}")
    with database.transaction() as session:
        assert role.set_apart(session)
    with database.reading() as session:
        with role.taken(session):
            assert len(session.scalars(select(SealedLink)).all()) == 1
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(select(SealedLink.response_hash))
    close(app)
    cluster.execute(f"REVOKE {role.DOOR} FROM {UNPRIVILEGED}")
