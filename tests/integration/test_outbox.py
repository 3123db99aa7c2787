"""The outbox, against a real mail server: every alert's message arrives, whatever is killed, whenever."""

from __future__ import annotations

import contextlib
import random
import secrets
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedback import intake
from feedback.accounts.permissions import Role
from feedback.audit.queries import find_first_broken
from feedback.config import Config
from feedback.db import Database, open_database
from feedback.errors import ConfigurationError
from feedback.outbox import delivery, operations, queries
from feedback.outbox.delivery import Mailbox
from feedback.outbox.letters import Letter
from feedback.outbox.models import Message
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family
from feedback.questionnaires.document import Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.responses.models import Response
from feedback.responses.operations import Submission
from feedback.safeguarding.models import Alert
from feedback.text import concerns
from tests import staff
from tests.mailbox import Child, received, serve

WORRIED = "My dad hits me when the social worker has gone home."
KILLS = 50
ADDRESS = "http://127.0.0.1:5000"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mail").mkdir()
    return tmp_path / "mail"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off in the time of a test."""
    monkeypatch.setattr(operations, "FIRST_PAUSE", timedelta(milliseconds=50))
    monkeypatch.setattr(operations, "LONGEST_PAUSE", timedelta(milliseconds=400))


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("The mail server does not answer.")


def send(database: Database, port: int) -> int:
    return delivery.send_due(
        database, mail_url=f"smtp://127.0.0.1:{port}?from=desk@council.example", public_url=ADDRESS
    )


def write(database: Database) -> None:
    with database.transaction() as session:
        operations.write(session, Letter.ALERT, to="lead@council.example", level=2)


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def test_a_message_arrives_and_is_forgotten(database: Database, folder: Path, port: int) -> None:
    write(database)
    server = Child(serve, folder, port)
    wait_for(port)
    assert send(database, port) == 1
    server.kill()
    (mail,) = received(folder)
    assert (mail["To"], mail["From"]) == ("lead@council.example", "desk@council.example")
    assert "level 2" in mail["Subject"]
    assert f"{ADDRESS}/staff/" in mail.get_payload()
    assert count(database) == 0


def test_while_the_mail_server_is_away_a_message_waits_longer_each_time_and_is_seen_to(
    database: Database, folder: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database)
    waits = []
    for _ in range(3):
        assert send(database, port) == 0
        with database.reading() as session:
            message = session.scalars(select(Message)).one()
            waits.append((message.due_at - message.written_at, message.tries, message.error))
        time.sleep(0.25)
    assert [tries for _, tries, _ in waits] == [1, 2, 3]
    assert waits[-1][2] == "ConnectionRefusedError"
    monkeypatch.setattr(queries, "STUCK_AFTER", timedelta(0))
    with database.reading() as session:
        assert queries.count_stuck(session) == 1
    time.sleep(0.4)
    server = Child(serve, folder, port)
    wait_for(port)
    assert send(database, port) == 1
    server.kill()
    assert len(received(folder)) == 1


@pytest.mark.parametrize("address", ["a@", "a@[", "a@b\nBcc: c@d"])
def test_an_address_that_nothing_can_be_sent_to_holds_no_other_letter_up(
    database: Database, folder: Path, port: int, address: str
) -> None:
    with database.transaction() as session:
        operations.write(session, Letter.ALERT, to=address, level=2)
    write(database)
    server = Child(serve, folder, port)
    wait_for(port)
    assert send(database, port) == 1
    server.kill()
    assert [mail["To"] for mail in received(folder)] == ["lead@council.example"]
    assert count(database) == 1


def test_without_a_mail_server_configured_messages_stay_and_nothing_fails(database: Database) -> None:
    write(database)
    assert delivery.send_due(database, mail_url=None, public_url=ADDRESS) == 0
    assert count(database) == 1


def test_two_senders_do_not_send_the_same_message(database: Database) -> None:
    write(database)
    with database.transaction() as session:
        assert len(operations.take_due(session)) == 1
    with database.transaction() as session:
        assert operations.take_due(session) == []


def test_an_address_that_names_no_mail_server_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        Mailbox.of("http://council.example")
    assert Mailbox.of("smtps://me:p%40ss@mail.example").password == "p@ss"
    assert Mailbox.of("smtps://mail.example").port == 465


def web(config: Config, confirmed: Path) -> None:
    """Take in answers that worry, one after the other; note each that was confirmed."""
    database = open_database(config)
    with database.reading() as session:
        version_id = questionnaires.latest_version_id(session, "parent")
        document = questionnaires.get_document(session, version_id)
    while True:
        submission = Submission(
            submission_id=secrets.token_urlsafe(18),
            version_id=version_id,
            document=document,
            language="en",
            occasion=Occasion(family=Family.MEETING, event_type=None, timing="later"),
            answers={"p_good": Answer(State.ANSWERED, text=WORRIED)},
        )
        intake.receive(database, submission)
        with confirmed.open("a") as file:
            file.write(f"{submission.submission_id}\n")
        time.sleep(0.02)


def worker(config: Config, port: int) -> None:
    """Send what is due, for ever."""
    database = open_database(config)
    while True:
        send(database, port)
        time.sleep(0.02)


def test_fifty_kills_of_web_worker_and_mail_server_lose_no_alert_and_no_message(
    config: Config, database: Database, folder: Path, port: int
) -> None:
    leads = [staff.add(database, Role.SAFEGUARDING_LEAD).email for _ in range(2)]
    confirmed = folder / "confirmed.txt"
    confirmed.touch()
    concerns.find(WORRIED, "en")  # loads the lists once, for every child that is forked
    database.dispose()
    starts = [
        lambda: Child(web, config, confirmed),
        lambda: Child(worker, config, port),
        lambda: Child(serve, folder, port),
    ]
    children = [start() for start in starts]
    chance = random.Random()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.01, 0.25))
        victim = chance.randrange(len(children))
        children[victim].kill()
        children[victim] = starts[victim]()
    children[0].kill()
    until = time.monotonic() + 90
    while count(database) and time.monotonic() < until:
        time.sleep(0.1)
    for child in children[1:]:
        child.kill()
    check(database, folder, confirmed.read_text().split(), leads)


def check(database: Database, folder: Path, confirmed: list[str], leads: list[str]) -> None:
    """Every answer stored has its alert and its letters; every answer confirmed is stored."""
    with database.reading() as session:
        stored = session.scalars(select(Response.id)).all()
        hashes = set(session.scalars(select(Response.submission_hash)))
        hasher = session.info["keyring"].hasher
        assert {hasher.digest("submission", each) for each in confirmed} <= hashes
        assert set(session.scalars(select(Alert.response_id))) == set(stored)
        assert find_first_broken(session) is None
    assert len(confirmed) > 5
    assert count(database) == 0
    arrived = received(folder)
    for lead in leads:
        assert len({mail["Message-ID"] for mail in arrived if mail["To"] == lead}) == len(stored)
    assert not any("hits" in mail.as_string() for mail in arrived)
