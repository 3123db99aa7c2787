"""The browser, and the service it visits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import missing
from tests.server import Server

PHONE = {"width": 360, "height": 740}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the system's browser: the library's own cannot be fetched everywhere."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        missing("BROWSER", "no Chromium on the path")
    return {"executable_path": found, "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]}


@pytest.fixture(scope="session")
def server(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service on a database of its own, in every language there is."""
    instance = tmp_path_factory.mktemp("served")
    shutil.copy(prepared_sqlite, instance / "feedback.db")
    running = Server(instance, f"sqlite:///{instance / 'feedback.db'}", {"DEMO": "1"}).start()
    yield running
    running.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone with JavaScript."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(browser: Browser) -> Iterator[Page]:
    """A phone without JavaScript."""
    context: BrowserContext = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()
