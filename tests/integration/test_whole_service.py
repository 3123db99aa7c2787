"""`make run`'s one process tree: it starts, serves, and one Ctrl-C ends every process of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.conftest import KEYS
from tests.server import ROOT, START_SECONDS, free_port


@pytest.fixture
def started(prepared_sqlite: Path, tmp_path: Path) -> subprocess.Popen[bytes]:
    """Start the service on a database that is already prepared, and wait until it answers."""
    port = free_port()
    environment = os.environ | KEYS | {"INSTANCE": str(tmp_path), "PORT": str(port), "DEMO": "0"}
    environment["DATABASE_URL"] = f"sqlite:///{prepared_sqlite}"
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-m", "feedback.server"]
        # A session of its own keeps the test runner out of reach of what it is sent.
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    until = time.monotonic() + START_SECONDS
    while not _answers(port):
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < until, (tmp_path / "log").read_text()
        time.sleep(0.1)
    return process


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _descendants(pid: int) -> set[int]:
    """Return the process and all it has started, read from /proc."""
    found = {pid}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found |= _descendants(int(child))
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the process tree from /proc")
def test_one_ctrl_c_ends_web_server_and_worker(started: subprocess.Popen[bytes]) -> None:
    family = _descendants(started.pid)
    assert len(family) >= 5, "parent, web server, its two processes, worker"
    started.send_signal(signal.SIGINT)
    assert started.wait(20) == 0
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the process tree from /proc")
def test_when_the_worker_dies_the_whole_service_ends_so_that_whoever_keeps_it_starts_it_again(
    started: subprocess.Popen[bytes],
) -> None:
    family = _descendants(started.pid)
    leaders = [int(pid) for pid in Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()]
    worker = next(pid for pid in leaders if _descendants(pid) == {pid})
    os.kill(worker, signal.SIGKILL)
    assert started.wait(20) != 0
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]
