"""Reading hours and clocks, changed by an administrator without a programmer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from feedback.safeguarding import queries
from tests import staff
from tests.client import Client, Page

SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def administrator(app: Flask) -> Client:
    return staff.signed_in(app, Role.ADMINISTRATOR)


def save(client: Client, **changes: object) -> Page:
    page = client.get("/staff/hours/")
    lines = {
        "first_read": "1 day", "first_read_flagged": "2 hours", "help_request": "1 day", "pass_on_1": "5 days",
        "pass_on_2": "same day", "pass_on_3": "30 minutes", "pass_on_D": "same day", "pass_on_S": "1 day",
        "pass_on_C": "1 day", "on_call_address": "", "escalate_to": "", "advocate": "", "interpreter": "", "call": "",
    }  # fmt: skip
    same = {"working_days": ["1", "2", "3", "4", "5"], "reading_hours": "9:00-17:00", "languages_read": ["en"]}
    areas = {name: text for name, text in page.markup.areas.items() if name == "bank_holidays"}
    return client.post(page, **(lines | same | areas | changes))


def test_saturdays_can_be_read_too(administrator: Client, database: Database) -> None:
    saved = save(
        administrator, working_days=["1", "6"], first_read_flagged="1 hour", on_call_address="x@council.example"
    )
    assert "saved" in saved.text
    with database.reading() as session:
        desk = queries.get_desk_settings(session)
        assert desk.hours.is_open(SATURDAY)
        assert desk.clocks["first_read_flagged"] == "1 hour"
        assert desk.clocks["pass_on_0"] == "5 days"
        assert desk.on_call_address == "x@council.example"
        changed = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.SETTING_CHANGED)).all()
        assert {line.facts["name"] for line in changed} == {"working_days", "clocks", "on_call_address"}


def test_holidays_are_days(administrator: Client, database: Database) -> None:
    save(administrator, bank_holidays="2027-01-01\r\n2026-12-25")
    with database.reading() as session:
        assert queries.get_desk_settings(session).hours.holidays == {date(2026, 12, 25), date(2027, 1, 1)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_holidays": "Christmas"},
        {"reading_hours": "17:00-9:00"},
        {"reading_hours": "always"},
        {"first_read": "soon"},
        {"working_days": []},
        {"languages_read": []},
    ],
)
def test_hours_that_make_no_sense_are_refused(
    administrator: Client, database: Database, wrong: dict[str, object]
) -> None:
    assert save(administrator, **wrong).status == 422
    with database.reading() as session:
        assert queries.get_desk_settings(session).clocks["first_read"] == "1 day"


@pytest.mark.parametrize(
    "address", ["on call", "x@", "@council.example", "a@b.example, c@d.example", "a@[", "a\u202e@b.example"]
)
def test_a_letter_that_could_not_be_sent_is_refused_beforehand(
    administrator: Client, database: Database, address: str
) -> None:
    page = save(administrator, on_call_address=address)
    assert page.status == 422
    assert "Write one e-mail address" in page.text
    with database.reading() as session:
        assert queries.get_desk_settings(session).on_call_address == ""
