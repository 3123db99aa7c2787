"""The listen button: a voice on the device reads the page, a voice elsewhere never does."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.server import Server

pytestmark = pytest.mark.browser

SPEECH = """voices => {
  window.said = []
  window.cancelled = 0
  const speech = { getVoices: () => voices, addEventListener: () => {}, cancel: () => { window.cancelled += 1 },
    speak: each => { window.said.push([each.text, each.voice.name]); window.last = each } }
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  window.SpeechSynthesisUtterance = function (text) { this.text = text }
}"""


def voice(name: str, lang: str, *, local: bool = True) -> dict[str, Any]:
    return {"name": name, "lang": lang, "localService": local}


def question(browser: Browser, server: Server, lang: str, voices: list[dict[str, Any]]) -> Page:
    """Open a child's first question in a browser that has these voices."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.add_init_script(f"({SPEECH})({voices})".replace("True", "true").replace("False", "false"))
    page.goto(f"{server.address}/{lang}/start")
    page.check("input[value=child]")
    while not page.locator(".face").count():
        page.click("[data-main]")
    return page


def test_a_voice_on_the_device_reads_the_question_and_its_answers(browser: Browser, server: Server) -> None:
    page = question(
        browser, server, "en", [voice("American", "en-US"), voice("British", "en_GB"), voice("Pole", "pl-PL")]
    )
    page.click("[data-listen]")
    said = page.evaluate("window.said")
    assert said[0] == ["Did the grown-ups listen to what you think?", "British"]
    assert [text for text, _ in said[1:4]] == ["Yes", "A bit", "No"]
    expect(page.locator("[data-listen]")).to_have_text("Stop")
    page.evaluate("window.last.onend()")
    expect(page.locator("[data-listen]")).to_have_text("Listen")
    page.context.close()


@pytest.mark.parametrize(
    "voices",
    [[], [voice("Elsewhere", "en-GB", local=False)], [voice("Pole", "pl-PL")]],
    ids=["none", "remote", "other"],
)
def test_without_one_there_is_no_button(browser: Browser, server: Server, voices: list[dict[str, Any]]) -> None:
    page = question(browser, server, "en", voices)
    expect(page.locator("[data-listen]")).to_be_hidden()
    page.context.close()


def test_pressing_again_and_leaving_make_it_silent(browser: Browser, server: Server) -> None:
    page = question(browser, server, "en", [voice("British", "en-GB")])
    page.click("[data-listen]")
    before = page.evaluate("window.cancelled")
    page.click("[data-listen]")
    assert page.evaluate("window.cancelled") == before + 1
    page.click("[data-listen]")
    page.route("**/leave", lambda route: route.fulfill(status=204))
    page.locator("header .govuk-button[data-leave]").click()
    assert page.evaluate("window.cancelled") >= before + 3
    page.context.close()
