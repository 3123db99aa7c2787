"""A PostgreSQL server for tests: `TEST_DATABASE_URL`, else one of our own in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

UNPRIVILEGED = "nobody"
OWNER, SERVICE = "owner", "feedback"
"""The server's own user, and the one the service signs in as: it may create roles, and is no superuser."""


class NotAvailable(Exception):
    """There is no PostgreSQL to run."""


@dataclass(frozen=True)
class Cluster:
    """A running server; `address` is a connection string without a database name."""

    address: str
    data: Path | None
    programs: Path | None

    @classmethod
    def start(cls) -> Cluster:
        """Use the server named in the environment, or start one. Raise NotAvailable when there is none."""
        given = os.environ.get("TEST_DATABASE_URL")
        if given:
            return cls(given.rsplit("/", 1)[0], None, None)
        programs = _programs()
        # A short folder outside pytest's: a socket's path may hold 107 characters, and the server is not root's.
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        _give_away(folder)
        _run(
            programs / "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            OWNER,
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=200"
        _run(programs / "pg_ctl", "-D", str(folder / "data"), "-w", "-o", options, "-l", str(folder / "log"), "start")
        started = cls(f"postgresql://{{user}}@/{{name}}?host={folder}", folder, programs)
        started.execute(f"CREATE ROLE {SERVICE} LOGIN CREATEROLE")
        return started

    def url(self, name: str, user: str = SERVICE) -> str:
        """Return the address of a database."""
        return self.address.format(name=name, user=user) if "{name}" in self.address else f"{self.address}/{name}"

    def create(self, name: str, template: str = "template0", user: str = SERVICE) -> str:
        """Make a database that belongs to a user, and return its address."""
        owned = f' OWNER "{user}"' if self.data else ""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{owned}')
        return self.url(name, user)

    def drop(self, name: str) -> None:
        """Remove a database."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop a server of our own and remove its folder."""
        if self.data is not None and self.programs is not None:
            _run(self.programs / "pg_ctl", "-D", str(self.data / "data"), "-m", "immediate", "stop")
            shutil.rmtree(self.data, ignore_errors=True)

    def execute(self, statement: str) -> None:
        """Run a statement as the server's own user."""
        with psycopg.connect(self.url("postgres", OWNER), autocommit=True) as connection:
            connection.execute(statement)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not installed:
        raise NotAvailable("initdb is neither on the path nor under /usr/lib/postgresql.")
    return installed[-1].parent


def _run(program: Path, *arguments: str) -> None:
    """Run one of the server's programs, as somebody unprivileged when we are root: it refuses root."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    done = subprocess.run(
        [str(program), *arguments], user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise NotAvailable(f"{program.name} failed: {done.stderr.decode(errors='replace')[:300]}")


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, account.pw_uid, account.pw_gid)
