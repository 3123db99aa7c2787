"""No page in another language has English left on it: every page is read and compared with the English one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from feedback import clock, create_app, i18n
from tests.conftest import close, configure
from tests.crawler import english_left, read_all

TRANSLATED = [code for code in i18n.available() if code != i18n.SOURCE]


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


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_english_is_left_on_any_page(everywhere: Flask, english: frozenset[str], code: str) -> None:
    assert english_left(read_all(everywhere, code), english, code) == []


def test_the_crawler_reads_every_kind_of_page(everywhere: Flask) -> None:
    names = {page.name for page in read_all(everywhere, i18n.SOURCE)}
    assert {"welcome", "who", "privacy", "c_heard", "y_better", "check", "equality", "send", "done", "expired"} <= names
    assert {"saved", "come_back", "forgotten", "error", "cookies", "accessibility", "safety", "e_ethnic_black"} <= names
    assert {"receipt", "ask", "asked", "you_said"} <= names


def test_the_crawler_finds_english_where_it_is(everywhere: Flask, english: frozenset[str]) -> None:
    """The check itself is checked: an English page is nothing but English."""
    welcome = next(iter(read_all(everywhere, i18n.SOURCE)))
    assert "Tell us what it was like" in welcome.texts & english


@pytest.mark.parametrize(("code", "day"), [("es", "lunes, 23 de noviembre"), ("zh_Hant", "11月23日 星期一")])
def test_out_of_hours_the_day_is_written_as_the_language_writes_it(
    everywhere: Flask, monkeypatch: pytest.MonkeyPatch, code: str, day: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    assert day in everywhere.test_client().get(f"/{code}/").text
