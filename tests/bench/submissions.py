"""Whole submissions a second at eight clients, beside a minimal form with the same number of requests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import reference_form
from tests.bench.line import report
from tests.conftest import configure, prepare
from tests.network import NetworkClient
from tests.server import ROOT, Server, free_port

CLIENTS = 8
SECONDS = 12.0
HIDDEN = re.compile(r'name="(csrf_token|submission)"[^>]*value="([^"]*)"')


def submission(browser: NetworkClient) -> int:
    """Send one young person's answers, every page posted; return how many requests that took."""
    answer, requests = browser.get("/en/start"), 1
    while True:
        while answer.status_code in {302, 303}:
            url = answer.headers["Location"]
            answer, requests = browser.get(url), requests + 1
        page = answer.get_data(as_text=True)
        if "data-receipt" in page:
            return requests
        data = dict(HIDDEN.findall(page)) | ({"answer": "young"} if url.endswith("/who") else {"answer": "4"})
        answer, requests = browser.post(url, data), requests + 1


def form_pages(requests: int) -> Callable[[NetworkClient], int]:
    """Return a visit of the reference form with that many requests, half of them posts."""

    def visit(browser: NetworkClient) -> int:
        for _ in range(requests // 2):
            page = browser.get("/").get_data(as_text=True)
            browser.post("/", dict(HIDDEN.findall(page)) | {"answer": "4", "words": "fine"})
        return requests

    return visit


def per_second(address: str, visit: Callable[[NetworkClient], int], seconds: float = SECONDS) -> tuple[float, int]:
    """Let eight clients visit again and again; return finished visits a second and how many there were."""
    done: list[int] = []
    until = time.monotonic() + seconds

    def keep_visiting() -> None:
        while time.monotonic() < until:
            browser = NetworkClient(address)
            visit(browser)
            browser.close()
            done.append(1)

    people = [threading.Thread(target=keep_visiting) for _ in range(CLIENTS)]
    started = time.monotonic()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return len(done) / (time.monotonic() - started), len(done)


def measure() -> None:
    """Measure the service, then the reference with as many requests a visit."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        url = f"sqlite:///{instance / 'feedback.db'}"
        prepare(configure(instance, url))
        server = Server(instance, url).start()
        requests = submission(NetworkClient(server.address))
        ours, number = per_second(server.address, submission)
        server.stop()
        theirs, _ = per_second_of_reference(instance, requests)
    name = f"whole submissions of {requests} requests, 8 clients"
    reference = "minimal Flask form, one durable row a page, as many requests"
    report(name, ours, "1/s", reference=reference, reference_value=theirs, n=number)


def per_second_of_reference(instance: Path, requests: int) -> tuple[float, int]:
    """Run the reference form with the service's server settings and measure it."""
    os.environ["REFERENCE_DB"] = str(instance / "reference.db")
    reference_form.create()  # the tables, before two workers want to make them
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.bench.reference_form:create()", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "critical"]
    process = subprocess.Popen([*command, "--no-control-socket"], cwd=ROOT)
    try:
        time.sleep(3)
        return per_second(f"http://127.0.0.1:{port}", form_pages(requests))
    finally:
        process.terminate()
        process.wait(10)
