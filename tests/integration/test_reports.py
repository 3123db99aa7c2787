"""Responses that came in over HTTP reach the manager's page and the files, through the gate and in steps of ten."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.reports import releases
from feedback.responses import operations as responses
from feedback.responses.models import Response
from tests.client import Client

NOW = str(Quarter.current())
EMAIL, PASSWORD = "manager@council.example", "a-long-made-up-one"


def send(client: Client, number: int, **answers: str) -> None:
    """Let so many parents answer."""
    for _ in range(number):
        assert client.walk(who="parent", about="icpc", **answers).name == "done"


def report(app: Flask, kind: str = "json") -> str:
    """Run `flask report` for the running quarter."""
    result = app.test_cli_runner().invoke(args=["report", "--quarter", NOW, "--format", kind])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("sent", "base"), [(9, None), (12, 10), (20, 20)])
def test_the_base_is_the_first_ten_twenty_thirty(client: Client, app: Flask, sent: int, base: int | None) -> None:
    send(client, sent, p_heard="4")
    found = json.loads(report(app))
    assert (found["quarter"], found["frozen"]) == (NOW, False)
    assert found["responses"]["base"] == base
    if base is None:
        assert found["responses"]["why"] == "fewer than ten"


def test_with_nine_nothing_is_shown_anywhere(client: Client, app: Flask) -> None:
    send(client, 9, p_heard="1", p_good="nobody listened to me")
    found = json.loads(report(app))

    def numbers(part: object) -> list[object]:
        if isinstance(part, dict):
            return [n for name, value in part.items() if name != "step" for n in numbers(value)]
        if isinstance(part, list):
            return [n for value in part for n in numbers(value)]
        return [part] if isinstance(part, int | float) and not isinstance(part, bool) else []

    assert numbers({name: value for name, value in found.items() if name not in {"quarter", "digest"}}) == []


def test_a_look_between_two_steps_shows_the_same_figures(client: Client, app: Flask) -> None:
    send(client, 10, p_heard="5")
    first = report(app)
    send(client, 9, p_heard="1")
    assert report(app) == first
    send(client, 1, p_heard="1")
    assert report(app) != first


def test_withdrawing_changes_no_figures_that_could_be_subtracted(
    client: Client, app: Flask, database: Database
) -> None:
    send(client, 20, p_heard="4")
    before = report(app)
    with database.transaction() as session:
        responses.withdraw(session, session.scalars(select(Response).limit(1)).one())
    assert report(app) == before


def test_the_files_hold_the_same_figures(client: Client, app: Flask) -> None:
    send(client, 20, p_heard="4")
    found = json.loads(report(app))
    rows = list(csv.reader(io.StringIO(report(app, "csv").removeprefix("\ufeff"))))
    assert ["responses", "", "", "base", "20", ""] in rows
    heard = next(c for c in found["constructs"] if c["id"] == "heard")
    shown = heard["everyone"]["favourable"]
    assert [
        "constructs",
        "heard",
        "everyone",
        "percent",
        "" if shown["percent"] is None else str(shown["percent"]),
        shown["why"] or "",
    ] in rows


def test_the_managers_page_shows_what_the_file_shows(client: Client, app: Flask, database: Database) -> None:
    send(client, 20, p_heard="4")
    with database.transaction() as session:
        accounts.add_person(session, email=EMAIL, roles=[Role.MANAGER], password=PASSWORD, by="test")
    staff = Client(app.test_client())
    way_in = staff.get("/staff/")
    staff.http.post(way_in.url, data={**way_in.markup.hidden, "email": EMAIL, "password": PASSWORD})
    page = staff.get(f"/staff/figures/{NOW}")
    assert page.status == 200
    assert "first 20 responses" in page.text
    assert "Being heard" in page.text


def test_a_quarter_is_frozen_four_weeks_after_its_end_and_never_changes(app: Flask, database: Database) -> None:
    past = Quarter.current().shifted(-2)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["demo", "--responses", "60", "--quarters", "4"]).exit_code == 0
    first = releases.current(database, past)
    assert first.is_frozen
    assert releases.current(database, past) == first


def test_the_same_release_has_the_same_digest_on_every_database(app: Flask, database: Database) -> None:
    app.test_cli_runner().invoke(args=["demo", "--responses", "60", "--quarters", "4", "--seed", "7"])
    figures = releases.current(database, Quarter.current().shifted(-2)).figures
    assert figures["responses"]["base"] == 15


@pytest.mark.parametrize("text", ["2026", "2026-Q5", "Q1", "2026-q1", ""])
def test_a_quarter_that_is_none_is_refused_with_a_sentence(app: Flask, text: str) -> None:
    result = app.test_cli_runner().invoke(args=["report", "--quarter", text])
    assert result.exit_code == 2
    assert "is not a quarter" in result.output
