"""Cards: an administrator makes codes for an event's people, once, and each opens the questions about that event."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from feedback.events import operations, queries
from feedback.identity import operations as links
from feedback.identity.queries import Ticket, find_ticket
from tests import staff
from tests.client import Page

CODE = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b")


def event(database: Database, event_type: str = "icpc", held_on: date | None = None) -> int:
    """Keep an event and return its id."""
    with database.transaction() as session:
        kept = operations.add_event(
            session, reference="CP-1", event_type=event_type, held_on=held_on or clock.today(), by="test"
        )
        return kept.id


def make(app: Flask, event_id: int, **filled: str) -> Page:
    """Open the page of cards as an administrator, fill it and send it."""
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    return client.post(client.get(f"/staff/events/{event_id}/cards"), **filled)


def tickets(database: Database, page: Page) -> list[Ticket]:
    """Return what the codes on a page of cards open."""
    with database.reading() as session:
        found = [find_ticket(session, code) for code in CODE.findall(page.text)]
    return [ticket for ticket in found if ticket is not None]


def test_everybody_gets_a_card_of_their_own(app: Flask, database: Database) -> None:
    page = make(app, event(database), child="1", parent="2")
    made = tickets(database, page)
    assert [(each.audience, each.event_type, each.journey) for each in made] == [
        ("child", "icpc", None), ("parent", "icpc", None), ("parent", "icpc", None)
    ]  # fmt: skip
    with database.reading() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.CODES_ISSUED)).all()
    assert [line.facts["number"] for line in lines] == [1, 2]


def test_how_many_were_made_is_kept_by_event_and_group_when_the_codes_are_forgotten(
    app: Flask, database: Database
) -> None:
    made_for = event(database)
    for parents in ("2", "1"):
        make(app, made_for, child="1", parent=parents)
    with database.transaction() as session:
        links.forget_links(session)
        counted = queries.count_cards(session, clock.today(), clock.today())
    assert counted == {("icpc", "child"): 2, ("icpc", "parent"): 3}


@pytest.mark.parametrize(("event_type", "stage"), [("intervention", "start"), ("icpc", "")])
def test_only_help_has_cards_for_its_start_and_end(app: Flask, database: Database, event_type: str, stage: str) -> None:
    (ticket,) = tickets(database, make(app, event(database, event_type), young="1", is_journey="y"))
    assert ticket.stage == stage


@pytest.mark.parametrize("filled", [{}, {"child": "0"}, {"child": "31"}, {"child": "-1"}, {"child": "many"}])
def test_a_number_that_is_none_makes_no_card(app: Flask, database: Database, filled: dict[str, str]) -> None:
    page = make(app, event(database), **filled)
    assert page.status == 422
    assert not CODE.findall(page.text)


def test_an_event_whose_links_would_be_forgotten_gets_no_card(app: Flask, database: Database) -> None:
    page = staff.signed_in(app, Role.ADMINISTRATOR).get(
        f"/staff/events/{event(database, held_on=clock.today() - timedelta(days=130))}/cards"
    )
    assert "too long ago" in page.text
