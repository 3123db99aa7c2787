"""What a phone loads: bytes over the wire and requests of the first view of a survey page, and bytes of the next ones.

Measured in a real browser with an empty cache, as it counts them itself; the reference is the page's HTML alone, or the
limit the project has set itself: 40 kB and 6 requests at first, 8 kB afterwards, without fonts.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.line import report
from tests.conftest import configure, prepare
from tests.journeys.traveller import Traveller
from tests.server import Server

PHONE = {"width": 360, "height": 740}
FIRST_VIEW_BYTES, FIRST_VIEW_REQUESTS, NEXT_PAGE_BYTES = 40_000, 6, 8_000
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Wire:
    """Counts what comes over the wire, headers included, as the browser's own network log says; fonts apart."""

    def __init__(self, page: Page) -> None:
        self.loaded: list[tuple[str, int]] = []
        self._kinds: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache"):
            self._kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self._kinds.pop(event["requestId"], "")
        if kind and kind != "Font":
            self.loaded.append((kind, int(event["encodedDataLength"])))

    def take(self) -> list[tuple[str, int]]:
        """Return (kind, bytes) of what was loaded since the last time."""
        taken, self.loaded = self.loaded, []
        return taken


def measure() -> None:
    """Measure in English, in Urdu (mirrored, with its own font) and in Tamil (three bytes a letter)."""
    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = configure(Path(folder), f"sqlite:///{folder}/feedback.db", DEMO="1")
        prepare(config)
        server = Server(Path(folder), config.database_url, {"DEMO": "1"}).start()
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        try:
            for lang, group in (("en", "child"), ("en", "parent"), ("ur", "child"), ("ta", "child")):
                context = browser.new_context(viewport=PHONE)
                _one(context.new_page(), server.address, lang, group)
                context.close()
        finally:
            browser.close()
            server.stop()


def _one(page: Page, address: str, lang: str, group: str) -> None:
    wire = Wire(page)
    page.goto(f"{address}/{lang}/start", wait_until="networkidle")
    first = wire.take()
    html = sum(size for kind, size in first if kind == "Document")
    name = f"first_view_{lang}_{group}"
    report(f"{name}_bytes", sum(size for _, size in first), "bytes", reference="html alone", reference_value=html, n=1)
    limit = {"reference": "limit", "n": 1}
    report(f"{name}_requests", len(first), "requests", reference_value=FIRST_VIEW_REQUESTS, **limit)
    pages: list[int] = []

    def look(page: Page, step: str) -> None:
        page.wait_for_load_state("networkidle")
        loaded = sum(size for _, size in wire.take())
        if step not in {"language", "welcome"}:  # the first is in the browser's language and may load the other sheet
            pages.append(loaded)

    Traveller(page, address, group, look=look).walk(lang)
    report(
        f"next_pages_{lang}_{group}_largest_bytes",
        max(pages),
        "bytes",
        reference="limit",
        reference_value=NEXT_PAGE_BYTES,
        n=len(pages),
    )


if __name__ == "__main__":
    measure()
