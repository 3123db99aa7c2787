"""The receipt page, and asking for help apart from the feedback."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from feedback import clock, create_app
from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.config import Config
from feedback.db import Database
from feedback.improvements import operations as improvements
from feedback.improvements.models import ActionText
from feedback.improvements.operations import Facts
from feedback.outbox.models import Message
from feedback.responses.models import Comment, ReceiptTry, Response
from feedback.responses.queries import find_by_receipt, list_picked_themes
from feedback.responses.receipt_operations import MOST_TRIES
from feedback.safeguarding import operations, queries
from feedback.safeguarding.models import Alert, AlertState, HelpRequest, Level
from feedback.safeguarding.operations import Codes
from feedback.security import with_check_character
from tests import staff
from tests.client import Client, Page
from tests.conftest import close

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


def test_answers_without_words_say_nothing_about_reading(client: Client) -> None:
    page = enter(client, send(client, ""))
    assert "We have your answers" in page.text
    assert "Read by a person" not in page.text


def reply(database: Database, *themes: str, language: str = "en", is_public: bool = True) -> str:
    """Publish what was done about some themes; return its address below the page."""
    facts = Facts(
        "s",
        "m",
        "p",
        "role",
        "person",
        date(2027, 3, 1),
        "2026-Q3",
        themes=list(themes),
        construct="plan",
        is_public=is_public,
    )
    with database.transaction() as session:
        action = improvements.add(session, facts=facts, by=None)
        session.add(
            ActionText(
                action_id=action.id, language=language, version="parent",
                heard=f"You said {'-'.join(themes)}.", answered="We did.", changed="",
            )
        )  # fmt: skip
        return f"#about-{action.id}"


def read_with_themes(database: Database, *themes: str, level: Level = Level.NONE) -> None:
    person = staff.add(database, Role.READER)
    codes = Codes(level, "mixed", "…", themes=dict.fromkeys(themes, "mixed"), note="why")
    with database.transaction() as session:
        for waiting in queries.list_unread(session):
            operations.read(session, comment=waiting.comment, codes=codes, by=person)


def test_a_receipt_leads_to_what_was_done_about_the_themes_a_reader_found(client: Client, database: Database) -> None:
    receipt = send(client)
    about = reply(database, "plan", "listened")
    other, hidden, safe = reply(database, "family"), reply(database, "plan", is_public=False), reply(database, "safe")
    assert about not in enter(client, receipt).html  # not read yet
    read_with_themes(database, "listened", "safe")
    page = enter(client, receipt)
    links = [str(link["href"]) for link in page.markup.links if "#about-" in str(link.get("href"))]
    assert links == [f"/en/you-said?version=parent{about}"]
    assert not [each for each in (other, hidden, safe) if each in page.html]
    assert f'id="{about[1:]}"' in client.get(links[0]).html
    assert WORDS not in page.html


def test_a_receipt_leads_to_what_was_done_about_what_was_picked_without_a_word(
    client: Client, database: Database
) -> None:
    done = client.walk(who="parent", p_better={"answer": ["listen"]})
    with database.reading() as session:
        picked = list_picked_themes(session, session.scalars(select(Response)).one())
    assert picked == {"listened"}
    about, other = reply(database, "listened"), reply(database, "plan")
    page = enter(client, done.markup.receipt)
    assert (about in page.html, other in page.html) == (True, False)


def test_a_receipt_of_words_that_raised_an_alert_tells_no_more_than_that_they_were_read(
    client: Client, database: Database
) -> None:
    receipt, about = send(client), reply(database, "listened")
    read_with_themes(database, "listened", level=Level.HARM)
    page = enter(client, receipt)
    assert "Read by a person: yes" in page.text
    assert about not in page.html


def test_the_answer_stands_in_english_and_marked_so_where_there_is_no_other(client: Client, database: Database) -> None:
    receipt, about = send(client), reply(database, "listened")
    read_with_themes(database, "listened")
    page = client.post(client.get("/ar/receipt"), code=receipt)
    (link,) = [link for link in page.markup.links if about in str(link.get("href"))]
    assert (link["lang"], link["dir"]) == ("en-GB", "ltr")


def work_for(app: Flask, client: Client, typed: str) -> tuple[str, list[str]]:
    """Return the page that a receipt gets, and every statement that the database ran for it."""
    page, statements = client.get("/en/receipt"), []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    shown = client.post(page, code=typed)
    event.remove(engine, "before_cursor_execute", note)
    return shown.html.replace(typed, "").replace(shown.markup.hidden["csrf_token"], ""), statements


def test_wrong_unknown_and_withdrawn_receipts_cost_the_same_work_and_look_the_same(
    app: Flask, client: Client, database: Database
) -> None:
    """Time is not measured, which would be a matter of luck: what takes time is compared."""
    withdrawn = send(client)
    read_everything(database)
    enter(client, withdrawn, action="delete")
    unknown = with_check_character("CDFGHJKMNP")
    with database.reading() as session:
        assert find_by_receipt(session, unknown) is None
    looks = [work_for(app, client, typed) for typed in ("CDFGHJKMNPX", unknown, withdrawn)]
    assert looks[0] == looks[1] == looks[2]
    assert any("receipt_hash" in statement for statement in looks[0][1])


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


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(("proxies", "second"), [(0, 429), (1, 422)])
def test_behind_a_proxy_each_address_has_tries_of_its_own(config: Config, proxies: int, second: int) -> None:
    app = create_app(replace(config, proxies=proxies))
    client = Client(app.test_client())
    data = {**client.get("/en/receipt").markup.hidden, "code": "nothing"}
    statuses = []
    for address in ["203.0.113.7"] * (MOST_TRIES + 1) + ["203.0.113.8"]:
        headers = {"X-Forwarded-For": f"198.51.100.1, {address}"}  # the first is what a client may claim
        statuses.append(client.http.post("/en/receipt", data=data, headers=headers).status_code)
    assert (statuses[MOST_TRIES], statuses[-1]) == (429, second)
    close(app)


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
