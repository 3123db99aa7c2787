"""No page in another language has English left on it: every page is read and compared with the English one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from feedback import create_app, i18n
from feedback.paths import TRANSLATIONS
from tests.conftest import close, configure
from tests.crawler import TOO_LONG, read_all

TRANSLATED = [code for code in i18n.available() if code != i18n.SOURCE]
OWN_NAMES = {"London Borough of Bromley", "feedback", "kept", "ok", TOO_LONG}
"""Names and a person's own words: alike in every language."""


@pytest.fixture(scope="module")
def everywhere(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service with every language offered."""
    instance = tmp_path_factory.mktemp("languages")
    shutil.copy(prepared_sqlite, instance / "feedback.db")
    app = create_app(configure(instance, f"sqlite:///{instance / 'feedback.db'}", DEMO="1"))
    yield app
    close(app)


@pytest.fixture(scope="module")
def english(everywhere: Flask) -> frozenset[str]:
    """Every text there is, in English."""
    return frozenset().union(*(page.texts for page in read_all(everywhere, i18n.SOURCE)))


def same_on_purpose(code: str) -> set[str]:
    """Return the texts whose translation, written down, is the English word too."""
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id and message.string == message.id}


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_english_is_left_on_any_page(everywhere: Flask, english: frozenset[str], code: str) -> None:
    allowed = OWN_NAMES | same_on_purpose(code)
    left = {
        (page.where, text)
        for page in read_all(everywhere, code)
        for text in (page.texts & english) - allowed
        if any("a" <= c.lower() <= "z" for c in text)
    }
    assert not left, sorted(left)[:20]


def test_the_crawler_reads_every_kind_of_page(everywhere: Flask) -> None:
    names = {page.name for page in read_all(everywhere, i18n.SOURCE)}
    assert {"welcome", "who", "privacy", "c_heard", "y_better", "check", "equality", "send", "done", "expired"} <= names
    assert {"saved", "come_back", "forgotten", "error", "cookies", "accessibility", "safety", "e_ethnic_black"} <= names


def test_the_crawler_finds_english_where_it_is(everywhere: Flask, english: frozenset[str]) -> None:
    """The check itself is checked: an English page is nothing but English."""
    welcome = next(iter(read_all(everywhere, i18n.SOURCE)))
    assert "Tell us what it was like" in welcome.texts & english
