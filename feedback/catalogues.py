"""How complete each language is and how far its words have been checked, part by part.

The safeguarding part is counted apart, because a wrong word there can hide harm: it is every text of the templates and
modules named here, wherever else the same text stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from feedback import i18n
from feedback.paths import PACKAGE, TEMPLATES, TRANSLATIONS

INTERFACE, QUESTIONNAIRES, SAFEGUARDING = PARTS = ("interface", "questionnaires", "safeguarding")

ABOUT_SAFETY = (
    "layout.html",
    "public/_privacy_*.html",
    "public/before_you_start.html",
    "public/help.html",
    "public/safety.html",
    "survey/_confidential_*.html",
    "survey/check.html",
    "survey/privacy.html",
)
"""Templates whose every text is about confidentiality, help or leaving."""

KEYWORDS = {"_": None}


@dataclass(frozen=True)
class Standing:
    """Where one part of one language stands: its messages, how many are missing or unsure, and its sign-off state."""

    language: str
    part: str
    messages: int
    missing: int
    fuzzy: int
    state: str

    @property
    def is_complete(self) -> bool:
        """Whether every message has a sure translation."""
        return not self.missing and not self.fuzzy


def standings() -> list[Standing]:
    """Return every language's parts, languages in the order the first page shows them."""
    return [each for code in i18n.available() if code != i18n.SOURCE for each in of_language(code)]


def of_language(code: str) -> list[Standing]:
    """Return the parts of one language that has a catalogue."""
    wanted, own = _read(TRANSLATIONS / "messages.pot"), _read(TRANSLATIONS / code / "LC_MESSAGES" / "messages.po")
    states = i18n.sign_off().get(code, {})
    found: dict[str, list[Message | None]] = {part: [] for part in PARTS}
    for message in wanted:
        if message.id:
            found[part_of(message)].append(own.get(message.id, message.context))
    return [
        Standing(
            language=code,
            part=part,
            messages=len(messages),
            missing=sum(1 for each in messages if each is None or not _has_text(each)),
            fuzzy=sum(1 for each in messages if each is not None and each.fuzzy),
            state=states.get(part, "not listed"),
        )
        for part, messages in found.items()
    ]


def part_of(message: Message) -> str:
    """Return the part a message belongs to."""
    if message.context:
        return QUESTIONNAIRES
    return SAFEGUARDING if message.id in safeguarding_texts() else INTERFACE


@lru_cache
def safeguarding_texts() -> frozenset[str]:
    """Return the English of every text about confidentiality, help and leaving."""
    return frozenset(_extracted())


def _extracted() -> Iterator[str]:
    for pattern in ABOUT_SAFETY:
        for path in sorted(TEMPLATES.glob(pattern)):
            yield from _texts(path, babel_extract)
    yield from _texts(PACKAGE / "web" / "contacts.py", "python")


def _texts(path: Path, method: Any) -> Iterator[str]:
    for _line, text, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
        yield text if isinstance(text, str) else text[0]


def _has_text(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(text and text.strip() for text in texts)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)
