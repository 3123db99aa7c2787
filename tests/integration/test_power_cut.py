"""A server killed at once while eight people send loses nothing that it confirmed."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter

import pytest
from sqlalchemy import select

from feedback.audit.models import AuditEntry
from feedback.audit.queries import find_first_broken
from feedback.config import Config
from feedback.db import open_database
from feedback.responses.models import Response
from feedback.responses.queries import find_by_receipt
from feedback.safeguarding.models import Alert, DeskItem
from tests.client import Client
from tests.network import NetworkClient
from tests.server import Server

CLIENTS = 8
FEWEST_CONFIRMED = 8
WORRIED = "he hit me and i am scared to go home"


def send_until_the_server_is_gone(address: str, receipts: list[str]) -> None:
    """Answer again and again; note every receipt that was shown."""
    while True:
        browser = NetworkClient(address)
        try:
            done = Client(browser).walk(who="child", c_good={"words": WORRIED})  # type: ignore[arg-type]
        except (OSError, http.client.HTTPException):
            return
        finally:
            browser.close()
        if done.name == "done":
            receipts.append(done.markup.receipt)


def test_every_confirmed_response_is_there_once_with_its_alert_and_audit_line(config: Config) -> None:
    server = Server(config.instance, config.database_url).start()
    receipts: list[str] = []
    people = [
        threading.Thread(target=send_until_the_server_is_gone, args=(server.address, receipts)) for _ in range(CLIENTS)
    ]
    for person in people:
        person.start()
    until = time.monotonic() + 60
    while len(receipts) < FEWEST_CONFIRMED and time.monotonic() < until:
        time.sleep(0.05)
    server.kill()
    for person in people:
        person.join()
    assert len(receipts) >= FEWEST_CONFIRMED
    _check(config, receipts)


def _check(config: Config, receipts: list[str]) -> None:
    database = open_database(config)
    with database.reading() as session:
        found = [find_by_receipt(session, receipt) for receipt in receipts]
        stored = [response.id for response in found if response is not None]
        assert len(stored) == len(receipts), "a confirmed response is lost"
        assert max(Counter(stored).values()) == 1, "two receipts lead to one response"
        everything = set(session.scalars(select(Response.id)))
        audited = Counter(
            entry.facts["response"]
            for entry in session.scalars(select(AuditEntry).where(AuditEntry.action == "response_received"))
        )
        assert audited == Counter(everything), "a response and its audit line belong together"
        assert set(session.scalars(select(Alert.response_id))) == everything
        assert set(session.scalars(select(DeskItem.response_id))) == everything
        assert find_first_broken(session) is None
    database.dispose()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_twenty_people_at_once_are_all_stored(config: Config) -> None:
    server = Server(config.instance, config.database_url).start()
    receipts: list[str] = []

    def send() -> None:
        browser = NetworkClient(server.address)
        receipts.append(Client(browser).walk(who="parent", p_heard="4").markup.receipt)  # type: ignore[arg-type]
        browser.close()

    people = [threading.Thread(target=send) for _ in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    server.stop()
    assert len(set(receipts)) == 20
