"""The linters and the lock files: what `make check` runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "feedback", "tests", "migrations", "wsgi.py"],
        ["mypy"],
        ["djlint", "templates", "--lint", "--quiet"],
    ],
    ids=lambda command: command[0],
)
def test_a_linter_has_nothing_to_say(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_host(name: str) -> None:
    text = (ROOT / ".locks" / name).read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    packages = re.findall(r"^([a-z0-9][\w.\-]*(?:\[[\w,\-]+\])?)(\S*)", text, re.MULTILINE | re.IGNORECASE)
    assert packages
    for block in re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE):
        assert "==" in block.splitlines()[0], block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_lock_holds_everything_the_project_asks_for() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    locked = (ROOT / ".locks" / "requirements.txt").read_text().lower()
    for requirement in wanted:
        name = re.split(r"[\[<>=]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}(\[[\w,\-]+\])?==", locked, re.MULTILINE), name
