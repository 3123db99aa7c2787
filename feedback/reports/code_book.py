"""The names and meanings of constructs and themes, for everything that reports."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Construct:
    """One idea that every group is asked about in its own words."""

    id: str
    name: str
    measures: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """One of the eighteen themes of the code book."""

    id: str
    name: str
    definition: str


@cache
def constructs() -> dict[str, Construct]:
    """Return the nine constructs by id, in the order of reports."""
    return {c["id"]: Construct(**c | {"themes": tuple(c["themes"])}) for c in _raw()["constructs"]}


@cache
def themes() -> dict[str, Theme]:
    """Return the eighteen themes by id, in the order of the code book."""
    return {t["id"]: Theme(**t) for t in _raw()["themes"]}


def _raw() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("code_book.toml").read_text(encoding="utf-8"))
