"""Saving a draft under a code: kept a week, sealed, opened by the code alone, forgotten when sent."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from feedback import clock
from feedback.db import Database, keys
from feedback.responses import come_back, drafts
from feedback.responses.models import Response, StoredDraft
from feedback.responses.receipt_operations import MOST_TRIES
from feedback.security import CannotDecrypt
from tests.client import Client, Page

WORDS = "The chair was kind to us"


def saved(client: Client, who: str = "parent") -> tuple[Page, str]:
    """Answer one question, save; return the page with the code, and the code."""
    page = client.get("/en/start")
    while page.step != "p_clear":
        given = {"who": who, "p_heard": "2"}.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    asked = client.post(page, answer="4", action="save")
    assert asked.name == "save"
    shown = client.post(asked)
    found = re.search(r"data-come-back>([^<]+)<", shown.html)
    assert found
    return shown, found[1]


def opened(client: Client, code: str, **more: str) -> Page:
    return client.post(client.get("/en/come-back"), code=code, **more)


def _receipt(browser: Client, page: Page) -> str:
    while page.name not in {"done", "expired"}:
        page = browser.post(page)
    return page.markup.receipt


def kept(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredDraft)) or 0


def test_a_code_opens_the_answers_where_they_were_left(client: Client, app: Flask) -> None:
    shown, code = saved(client)
    assert shown.name == "saved"
    assert len(code.split()) == come_back.WORDS
    elsewhere = Client(app.test_client())
    page = opened(elsewhere, f"  {code.upper().replace(' ', ', ')} ")
    assert page.step == "p_plan"
    assert elsewhere.get("/en/survey/p_heard").markup.checked["answer"] == ["2"]
    assert elsewhere.get("/en/survey/p_clear").markup.checked["answer"] == ["4"]


def test_this_browser_carries_nothing_after_saving(client: Client, database: Database) -> None:
    saved(client)
    assert client.get("/en/survey/p_heard").status == 410
    assert kept(database) == 1, "the copy under the code, and nothing else"


def test_a_wrong_code_and_one_whose_time_is_over_look_the_same(client: Client, app: Flask, database: Database) -> None:
    _, code = saved(client)
    with database.transaction() as session:
        session.execute(update(StoredDraft).values(expires_at=clock.now() - timedelta(seconds=1)))
    over, wrong = opened(Client(app.test_client()), code), opened(Client(app.test_client()), "apple apple apple")
    assert (over.status, over.name) == (wrong.status, wrong.name) == (422, "come_back")
    assert over.html.count("<") == wrong.html.count("<")
    assert over.text.split() == wrong.text.split()
    assert drafts.forget_expired(database) == 1


def test_it_is_kept_for_seven_days(client: Client, database: Database) -> None:
    saved(client)
    with database.reading() as session:
        left = session.scalars(select(StoredDraft.expires_at)).one() - clock.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_neither_the_code_nor_what_it_opens_is_stored(client: Client, database: Database) -> None:
    _, code = saved(client)
    with database.reading() as session:
        row = session.scalars(select(StoredDraft)).one()
        inner = keys(session).feedback.open(row.sealed)
        hasher = keys(session).hasher
    assert "p_heard" not in inner
    assert not any(word in inner or word in row.token_hash for word in code.split())
    other = come_back.locks(hasher, "apple basil camel daisy eagle")[0]
    with pytest.raises(CannotDecrypt):
        other.vault.open(inner.encode())
    assert "p_heard" in come_back.locks(hasher, code)[0].vault.open(inner.encode())


def test_sending_forgets_the_kept_copy(client: Client, database: Database) -> None:
    _, code = saved(client)
    page = opened(client, code)
    while page.name != "done":
        page = client.post(page, **({"words": WORDS} if page.step == "p_good" else {}))
    assert kept(database) == 0
    assert opened(client, code).status == 422
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_two_devices_with_one_code_send_one_response(client: Client, app: Flask, database: Database) -> None:
    _, code = saved(client)
    other = Client(app.test_client())
    pages = [opened(client, code), opened(other, code)]
    receipts = {_receipt(browser, page) for browser, page in zip((client, other), pages, strict=True)}
    assert len(receipts) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_saving_again_gives_a_new_code_and_ends_the_old_one(client: Client, database: Database) -> None:
    _, first = saved(client)
    page = client.post(opened(client, first), action="save")
    shown = client.post(page)
    assert first not in shown.html
    assert kept(database) == 1
    assert opened(client, first).status == 422


def test_leaving_never_saves(client: Client, database: Database) -> None:
    page = client.get("/en/start")
    page = client.post(page, answer="parent")
    client.http.get("/en/leave")
    assert kept(database) == 0


def test_deleting_says_the_same_for_every_code(client: Client, database: Database) -> None:
    _, code = saved(client)
    wrong = opened(client, "apple apple", action="delete")
    assert kept(database) == 1
    right = opened(client, code, action="delete")
    assert right.text == wrong.text
    assert kept(database) == 0


def test_saving_without_a_draft_says_that_nothing_is_there(client: Client) -> None:
    assert client.get("/en/survey/save").status == 410


def test_what_was_begun_on_a_shared_tablet_is_gone_on_with_at_home(client: Client, app: Flask) -> None:
    page = client.post(client.get("/en/start?kiosk=1"), answer="parent")
    while page.step != "p_heard":
        page = client.post(page)
    shown = client.post(client.post(page, action="save"))
    assert "data-idle-then" in shown.html
    code = re.search(r"data-come-back>([^<]+)<", shown.html)
    assert code
    assert "data-idle-then" not in opened(Client(app.test_client()), code[1]).html


def test_codes_may_be_guessed_a_few_times_only(client: Client) -> None:
    _, code = saved(client)
    for _ in range(MOST_TRIES):
        assert opened(client, "apple bread candle daisy eagle").status == 422
    refused = opened(client, code)
    assert refused.status == 429
    assert "There were too many tries" in refused.text
    assert refused.markup.inputs["code"], "what was typed is still there"
