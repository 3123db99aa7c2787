"""Starts everything a newcomer needs in one process tree: tables, demonstration data, web server, queue worker.

Ctrl-C, or the end of either process, ends all of it. Larger installations start the same two programs themselves.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Sequence

from feedback import create_app, db
from feedback.config import Config
from feedback.errors import FeedbackError
from feedback.startup import prepare, welcome

POLL_SECONDS = 0.2
STOP_SECONDS = 10


def main() -> int:
    """Prepare the database, then run the web server and the worker until one of them ends."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "5000")
    try:
        app = create_app(Config.from_env())
    except FeedbackError as error:
        print(error, file=sys.stderr)  # noqa: T201 - before there is anything else to speak through
        return 1
    with app.app_context():
        prepare(app.config["SETTINGS"])
        db.database().dispose()  # a connection must not be shared with the processes below
    print(welcome(app.config["SETTINGS"], f"http://{host}:{port}"), flush=True)  # noqa: T201 - what the command is for
    return _run_until_one_ends((_web(host, port), _worker()))


def _web(host: str, port: str) -> list[str]:
    """Two processes of four threads: a slow phone holds up a thread only, and two cores are used."""
    return [
        "gunicorn", "wsgi:app", "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4",
        "--worker-class", "gthread", "--timeout", "120", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def _worker() -> list[str]:
    return ["huey.bin.huey_consumer", "feedback.worker.huey", "--quiet", "--workers", "1"]


def _become(command: list[str]) -> None:
    """Run a module with its arguments, as `python -m` would, with the libraries its parent has already read."""
    os.setsid()  # so that Ctrl-C reaches it once, through its parent
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


def _run_until_one_ends(commands: Sequence[list[str]]) -> int:
    """Run the commands as children; pass on the wish to stop; return the first one's exit code."""
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    fork = multiprocessing.get_context("fork")  # importing everything again would take most of the starting time
    children = [fork.Process(target=_become, args=(command,)) for command in commands]
    for child in children:
        child.start()
    while not stopping and all(child.is_alive() for child in children):
        time.sleep(POLL_SECONDS)
    codes = [child.exitcode for child in children]
    for child in children:
        child.terminate()
    for child in children:
        child.join(STOP_SECONDS)
        if child.is_alive():
            child.kill()
    return 0 if stopping else next(code for code in codes if code is not None) or 1


if __name__ == "__main__":
    sys.exit(main())
