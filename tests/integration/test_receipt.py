"""The receipt page, and asking for help apart from the feedback."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from feedback.outbox.models import Message
from feedback.responses.models import Comment, ReceiptTry, Response
from feedback.responses.receipt_operations import MOST_TRIES
from feedback.safeguarding import operations, queries
from feedback.safeguarding.models import Alert, AlertState, HelpRequest, Level
from feedback.safeguarding.operations import Codes
from feedback.security import with_check_character
from tests import staff
from tests.client import Client, Page

WORDS = "The lady listened to me."


def send(client: Client, words: str = WORDS) -> str:
    done = client.walk(who="parent", p_good=words)
    assert done.name == "done"
    return done.markup.receipt


def enter(client: Client, receipt: str, **more: str) -> Page:
    return client.post(client.get("/en/receipt"), code=receipt, **more)


def read_everything(database: Database, level: Level = Level.NONE) -> None:
    person = staff.add(database, Role.READER)
    with database.transaction() as session:
        for waiting in queries.list_unread(session):
            operations.read(session, comment=waiting.comment, codes=Codes(level, "mixed", "…", note="why"), by=person)


def test_a_receipt_shows_the_quarter_and_whether_a_person_has_read_it_never_the_answers(
    client: Client, database: Database
) -> None:
    receipt = send(client)
    page = enter(client, receipt.lower().replace("-", " "))
    assert "Read by a person: not yet" in page.text
    assert WORDS not in page.html
    assert "parent" not in page.text.lower()
    read_everything(database)
    assert "Read by a person: yes" in enter(client, receipt).text


@pytest.mark.parametrize("wrong", ["", "nothing", "CDF-GHJ-KMN-PQ", with_check_character("CDFGHJKMNP"), "٠" * 11])
def test_wrong_and_unknown_receipts_get_the_same_answer(client: Client, wrong: str) -> None:
    page = enter(client, wrong)
    assert page.status == 422
    assert "We know no such receipt" in page.text


def test_answers_read_already_go_at_once_and_the_receipt_with_them(client: Client, database: Database) -> None:
    receipt = send(client)
    read_everything(database)
    assert "taken your answers back" in enter(client, receipt, action="delete").text
    assert enter(client, receipt).status == 422
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        assert (response.is_withdrawn, response.may_quote) == (True, False)
        assert session.scalars(select(Comment)).all() == []
        line = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.RESPONSE_WITHDRAWN)).one()
        assert (line.at, line.actor) == (None, "family")


def test_a_cry_for_help_is_heard_before_it_goes(client: Client, database: Database) -> None:
    receipt = send(client, "My dad hits me when the social worker has gone home.")
    enter(client, receipt, action="delete")
    with database.reading() as session:
        assert len(queries.list_unread(session)) == 1
    read_everything(database, Level.HARM)
    lead = staff.add(database, Role.SAFEGUARDING_LEAD)
    with database.transaction() as session:
        assert len(session.scalars(select(Comment)).all()) == 1
        for alert in session.scalars(select(Alert)):
            if alert.state == AlertState.RAISED:
                operations.move_alert(session, alert=alert, to=AlertState.ACKNOWLEDGED, by=lead)
            outcome = {"accepted_by": "MASH", "accepted_at": "11:00"}
            operations.move_alert(session, alert=alert, to=AlertState.PASSED_ON, by=lead, outcome=outcome)
        assert session.scalars(select(Comment)).all() == []


def test_receipts_cannot_be_tried_without_end(client: Client, database: Database) -> None:
    page = client.get("/en/receipt")
    statuses = [client.post(page, code="nothing").status for _ in range(MOST_TRIES + 1)]
    assert statuses[:-1] == [422] * MOST_TRIES
    assert statuses[-1] == 429
    with database.reading() as session:
        assert all("127.0.0.1" not in each.address_hash for each in session.scalars(select(ReceiptTry)))


def test_help_is_asked_for_apart_from_the_feedback_and_read_only_by_the_right_people(
    app: Flask, client: Client, database: Database
) -> None:
    lead = staff.add(database, Role.SAFEGUARDING_LEAD)
    page = client.get("/en/ask?kind=call")
    assert client.post(page, kind="call").status == 422
    asked = client.post(page, kind="call", name="Sam", way="07700 900123", when="after four", may_leave_message="y")
    assert asked.name == "asked"
    with database.reading() as session:
        request = session.scalars(select(HelpRequest)).one()
        assert b"900123" not in request.sealed_details
        message = session.scalars(select(Message)).one()
        assert (message.letter, message.recipient, message.facts) == ("help_request", lead.email, {"kind": "call"})
    assert staff.signed_in(app, Role.READER).http.get("/staff/requests/").status_code == 403
    desk = staff.signed_in(app, Role.SAFEGUARDING_LEAD)
    assert "900123" not in desk.get("/staff/requests/").html
    opened = desk.get(f"/staff/requests/{request.id}")
    assert "07700 900123" in opened.text
    desk.post(opened)
    with database.reading() as session:
        assert session.scalars(select(HelpRequest)).all() == []


def test_asking_for_help_from_the_check_page_keeps_the_answers_and_blocks_nothing(client: Client) -> None:
    page = client.get("/en/start")
    while page.name != "check":
        page = client.post(page, **({"answer": "parent"} if page.step == "who" else {}))
    links = [link["href"] for link in page.markup.links if "/ask" in str(link["href"])]
    assert len(links) == 3
    asked = client.post(client.get(str(links[0])), kind="advocate", way="07700 900123")
    assert asked.name == "asked"
    back = next(str(link["href"]) for link in asked.markup.links if "data-next" in link)
    assert client.get(back).name == "check"


def test_out_of_hours_the_page_says_when_somebody_reads(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    assert "Monday 23 November at 09:00" in client.get("/en/").text
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert "We are closed now" not in client.get("/en/").text
