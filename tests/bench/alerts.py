"""From a worried answer sent to its place at the top of the desk and to the mail in a mailbox, all of it running."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback import create_app
from feedback.accounts.permissions import Role
from tests import staff
from tests.bench.line import report
from tests.client import Client, Page
from tests.conftest import KEYS, close, configure, prepare
from tests.mailbox import Child, received, serve
from tests.network import Answer, NetworkClient
from tests.server import ROOT, Server, free_port

TIMES = 5
CALM_BEFORE = 5
PATIENCE = 60.0
FLAGGED_CLOCK = 2 * 60 * 60.0
WORRIED = "My dad hits me when the social worker has gone home, number {}."


@dataclass
class Sender(NetworkClient):
    """A browser that remembers when it last sent a form."""

    sent_at: float = 0.0

    def post(self, url: str, data: dict[str, Any]) -> Answer:
        """Send a form."""
        self.sent_at = time.monotonic()
        return super().post(url, data)


@dataclass(frozen=True)
class Service:
    """Web server, worker and mail server running; a reader signed in."""

    address: str
    mails: Path
    reader: Client

    def send(self, words: str) -> float:
        """Send an answer; return the moment at which its last form was sent."""
        browser = Sender(self.address)
        assert Client(browser).walk(who="young", y_good=words).name == "done"  # type: ignore[arg-type]
        browser.close()
        return browser.sent_at

    def next_one(self) -> Page:
        """Return what the reader gets next, over a new connection: the server hangs up on who has been quiet."""
        self.reader.http.close()
        return self.reader.get("/staff/desk/next")

    def is_on_top(self, words: str) -> bool:
        """Whether these words are what the reader gets next; if so, they read them."""
        page = self.next_one()
        if words not in re.sub(r"<[^>]+>", "", page.html):
            return False
        themes = {f"theme_{n}": "" for n in (1, 2, 3)} | {f"tone_{n}": "mixed" for n in (1, 2, 3)}
        codes = {"level": "2", "note": "It says so.", "tone": "negative", "redacted": page.markup.areas["redacted"]}
        assert self.reader.post(page, **themes, **codes).status < 400
        return True


@contextmanager
def running(instance: Path) -> Iterator[Service]:
    """Start everything as `make run` does, with a mail server that keeps what it is sent."""
    mails, port = instance / "mail", free_port()
    mails.mkdir()
    settings = {"DEMO": "1", "MAIL_URL": f"smtp://127.0.0.1:{port}?from=desk@council.example"}
    config = configure(instance, f"sqlite:///{instance / 'feedback.db'}", **settings)
    prepare(configure(instance, config.database_url))
    app = create_app(config)
    for role in (Role.READER, Role.SAFEGUARDING_LEAD):
        staff.add(app.extensions["database"], role, email=f"{role}@council.example")
    close(app)
    mailbox = Child(serve, mails, port)
    server = Server(instance, config.database_url, settings).start()
    environment = os.environ | KEYS | {"INSTANCE": str(instance), "DATABASE_URL": config.database_url} | settings
    command = [sys.executable, "-m", "huey.bin.huey_consumer", "feedback.worker.huey", "--quiet", "--workers", "1"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment)
    reader = Client(NetworkClient(server.address))  # type: ignore[arg-type]
    try:
        assert staff.sign_in(reader, f"{Role.READER}@council.example").name == "home.start"
        yield Service(server.address, mails, reader)
    finally:
        reader.http.close()
        worker.terminate()
        worker.wait(20)
        server.stop()
        mailbox.kill()


def until(is_so: Callable[[], bool]) -> float:
    """Wait until something is so; return that moment."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if is_so():
            return time.monotonic()
        time.sleep(0.02)
    raise AssertionError("It did not happen.")


def times(service: Service, number: int) -> list[tuple[float, float]]:
    """Send worried answers one after the other behind calm ones; return the seconds to the desk and to the mailbox."""
    for _ in range(CALM_BEFORE):
        service.send("The lady listened to me.")
    service.next_one()  # loads the text engine, as the first reader of a morning does
    found = []
    for each in range(number):
        words, before = WORRIED.format(each), len(received(service.mails))
        sent = service.send(words)
        on_desk = until(lambda words=words: service.is_on_top(words))  # type: ignore[misc]
        arrived = until(lambda before=before: len(received(service.mails)) > before)  # type: ignore[misc]
        found.append((on_desk - sent, arrived - sent))
        until(lambda before=before: len(received(service.mails)) > before + 1)  # type: ignore[misc] # the reader's own
    return found


def measure() -> None:
    """Report the medians."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        measured = times(service, TIMES)
    for place, name in enumerate(("the top of the reading desk", "the mail in the safeguarding lead's mailbox")):
        seconds = statistics.median(each[place] for each in measured)
        reference = "the clock of a flagged answer, two working hours"
        report(
            f"worried answer sent to {name}", seconds, "s",
            reference=reference, reference_value=FLAGGED_CLOCK, n=len(measured),
        )  # fmt: skip
