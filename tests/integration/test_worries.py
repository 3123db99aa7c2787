"""An advocate's tick: what they saw raises an alert about the answers they helped with, and nothing else opens."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.db import Database, keys
from feedback.outbox.models import Message
from feedback.responses.receipt_operations import MOST_TRIES
from feedback.safeguarding import queries
from feedback.safeguarding.models import Alert, AlertState, Reason
from tests import staff
from tests.client import Client, Page

SAW = "He went quiet whenever his uncle was named."
WORDS = "It was fine."


@pytest.fixture
def advocate(app: Flask) -> Client:
    return staff.signed_in(app, Role.ADVOCATE)


def tell(advocate: Client, receipt: str, **more: str) -> Page:
    return advocate.post(advocate.get("/staff/worries/"), **{"code": receipt, "level": "2", "note": SAW} | more)


def test_a_worry_puts_the_answers_on_top_and_tells_the_lead_without_a_word_of_it(
    client: Client, advocate: Client, database: Database, app: Flask
) -> None:
    lead = staff.add(database, Role.SAFEGUARDING_LEAD)
    receipts = [client.walk(who="child", c_good={"words": WORDS}).markup.receipt for _ in range(3)]
    told = tell(advocate, receipts[-1].lower())
    assert "This is not a referral" in told.text
    with database.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.reason, alert.level, alert.state) == (Reason.ADVOCATE, 2, AlertState.RAISED)
        assert queries.list_unread(session)[0].comment.response_id == alert.response_id
        assert queries.is_flagged(session, alert.response_id)
        sealed = session.get_one(Alert, alert.id).moves[0].sealed_note or b""
        assert SAW in keys(session).feedback.open(sealed)
        letter = session.scalars(select(Message)).one()
        assert (letter.recipient, letter.facts) == (lead.email, {"level": 2})
    page = staff.signed_in(app, Role.SAFEGUARDING_LEAD).get(f"/staff/alerts/{alert.id}")
    assert SAW in page.text
    assert "an advocate who was there" in page.text


def test_a_worry_about_answers_without_words_is_an_alert_all_the_same(
    client: Client, advocate: Client, database: Database
) -> None:
    tell(advocate, client.walk(who="child").markup.receipt, level="3")
    with database.reading() as session:
        assert [alert.level for alert, _ in queries.list_open_alerts(session)] == [3]


@pytest.mark.parametrize("lacking", ["code", "level", "note"])
def test_a_worry_is_whole_or_not_taken_and_what_was_typed_stays(
    client: Client, advocate: Client, database: Database, lacking: str
) -> None:
    page = tell(advocate, client.walk(who="child").markup.receipt, **{lacking: ""})
    assert page.status == 422
    assert lacking == "note" or SAW in page.html
    with database.reading() as session:
        assert session.scalars(select(Alert)).all() == []


def test_receipts_are_not_tried_out_here_either(advocate: Client) -> None:
    statuses = [tell(advocate, "nothing").status for _ in range(MOST_TRIES + 1)]
    assert statuses == [422] * MOST_TRIES + [429]
    assert SAW in tell(advocate, "nothing").html
