"""The service as a newcomer runs it: gunicorn in a process of its own, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from tests.conftest import KEYS

ROOT = Path(__file__).parents[1]
START_SECONDS = 30


@dataclass
class Server:
    """A running web server over a prepared database."""

    instance: Path
    database_url: str
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def address(self) -> str:
        """Return the address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Start and wait until it can take a response."""
        self.port = free_port()
        environment = (
            os.environ | KEYS | {"INSTANCE": str(self.instance), "DATABASE_URL": self.database_url} | self.settings
        )
        environment["PORT"] = str(self.port)
        command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        command += ["--threads", "4", "--worker-class", "gthread", "--log-level", "critical", "--no-control-socket"]
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait()
        return self

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it politely."""
        self.process.terminate()
        self.process.wait(10)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not become ready: {(self.instance / 'server.log').read_text()[-2000:]}")


def free_port() -> int:
    """Return a port nobody listens on (browsers refuse some low ones)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
