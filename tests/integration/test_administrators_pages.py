"""Administrators see how well the machine reads and how far languages are checked, and nobody else does."""

from __future__ import annotations

import pytest
from flask import Flask

from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.db import Database
from feedback.text import measured
from tests.client import Client
from tests.conftest import configure

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
EMAIL, PASSWORD = "somebody@council.example", "a-long-made-up-one"


def sign_in(app: Flask, database: Database, role: Role) -> Client:
    """Sign somebody in with a role."""
    with database.transaction() as session:
        accounts.add_person(session, email=EMAIL, roles=[role], password=PASSWORD, by="test", is_demo=True)
    staff = Client(app.test_client())
    way_in = staff.get("/staff/")
    staff.http.post(way_in.url, data={**way_in.markup.hidden, "email": EMAIL, "password": PASSWORD})
    return staff


@pytest.fixture
def config(config):
    """A demonstration, where no second factor stands in the way."""
    return configure(config.instance, config.database_url, DEMO="1")


def test_an_administrator_reads_the_measured_figures(app: Flask, database: Database) -> None:
    page = sign_in(app, database, Role.ADMINISTRATOR).get("/staff/engine/")
    assert page.status == 200
    assert "No flag is not reassurance" in page.text
    for name in measured.shipped()["tone"]["others in English"]:
        assert name in page.text
    tried = measured.with_encoder()
    assert tried is not None
    assert tried["encoder"] in page.text


def test_a_manager_does_not(app: Flask, database: Database) -> None:
    assert sign_in(app, database, Role.MANAGER).get("/staff/engine/").status == 403


def test_an_administrator_sees_how_far_each_language_is_checked(app: Flask, database: Database) -> None:
    page = sign_in(app, database, Role.ADMINISTRATOR).get("/staff/languages/")
    assert page.status == 200
    assert "Polski" in page.text
    assert "machine-drafted" in page.text
