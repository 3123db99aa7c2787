"""Shared and watched devices: after leaving, sending or saving nothing of the answers is left on the device."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from playwright.sync_api import Error as BrowserError

from tests.journeys.conftest import PHONE
from tests.journeys.traveller import Traveller
from tests.server import Server

pytestmark = pytest.mark.browser

SECRET = "Nobody asked what I think about Saturday"
STORED = """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
  (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length]"""


@pytest.fixture
def device(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without the internet: the way out does all it does on the service, and shows a word instead of the BBC."""
    context = browser.new_context(viewport=PHONE)
    context.route("**/en/leave", _weather)
    yield context
    context.close()


def _weather(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    assert answer.status == 303
    assert answer.headers["location"].startswith("https://www.bbc.co.uk/")
    headers = {name: value for name, value in answer.headers.items() if name not in {"location", "content-length"}}
    route.fulfill(status=200, headers=headers, body="weather")


def write(page: Page, server: Server, start: str = "start") -> None:
    """Go to the page with words, write them and go on, so that they are in a draft and in the history."""
    page.goto(f"{server.address}/en/{start}")
    while page.get_attribute("form[data-step]", "data-step") != "y_good":
        if page.locator("input[value=young]").count():
            page.check("input[value=young]")
        page.click("[data-main]")
    page.fill("[name=words]", SECRET)
    page.click("[data-main]")
    page.wait_for_url("**/check")


def assert_nothing_is_left(device: BrowserContext, server: Server) -> None:
    """Look in cookies, in every kind of storage, in the history and at the addresses themselves."""
    assert [each for each in device.cookies(server.address) if each["name"] == "feedback"] == []
    page = device.new_page()
    page.goto(f"{server.address}/en/cookies")
    assert page.evaluate(STORED) == [0, 0, 0, 0, 0]
    for step in ("y_good", "check", "save"):
        answer = page.goto(f"{server.address}/en/survey/{step}")
        assert answer is not None
        assert answer.status == 410
        assert SECRET not in page.content()
    page.close()


def back_through_the_history(page: Page) -> None:
    """Press Back as often as it goes; what was written never comes back."""
    for _ in range(8):
        try:
            page.go_back()
        except BrowserError as error:
            # The browser asks before it would send a form again; that question is all it shows.
            assert "ERR_CACHE_MISS" in str(error)  # noqa: PT017
        page.wait_for_load_state("networkidle")  # a page the browser had kept asks for itself again
        assert SECRET not in page.content()
        assert page.locator("[name=words]").count() == 0
        if page.url == "about:blank":
            return


@pytest.mark.parametrize("way", ["button", "skip link", "keyboard"])
def test_leaving_leaves_nothing_behind(device: BrowserContext, server: Server, way: str) -> None:
    page = device.new_page()
    write(page, server)
    page.go_back()
    if way == "keyboard":
        for _ in range(3):
            page.keyboard.press("Shift")
    elif way == "button":
        page.locator("header .govuk-button[data-leave]").click()
    else:
        page.locator("header .govuk-skip-link[data-leave]").focus()
        page.keyboard.press("Enter")
    page.wait_for_url("**/leave")
    assert page.inner_text("body") == "weather"
    back_through_the_history(page)
    assert_nothing_is_left(device, server)


def test_two_presses_of_shift_or_capital_letters_do_not_leave(device: BrowserContext, server: Server) -> None:
    page = device.new_page()
    write(page, server)
    page.go_back()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.locator("[name=words]").press_sequentially("ABC")
    assert page.url.endswith("/y_good")


def test_sending_leaves_nothing_behind(device: BrowserContext, server: Server) -> None:
    page = device.new_page()
    Traveller(page, server.address, "young", words=SECRET).walk("en")
    back_through_the_history(page)
    assert_nothing_is_left(device, server)


def test_saving_leaves_nothing_on_the_device_but_what_the_person_wrote_down(
    device: BrowserContext, server: Server
) -> None:
    page = device.new_page()
    write(page, server)
    page.go_back()
    page.click("button[value=save]")
    page.click("[data-main]")
    code = page.inner_text("[data-come-back]")
    assert_nothing_is_left(device, server)
    page.goto(f"{server.address}/en/come-back")
    page.fill("[name=code]", code.upper())
    page.click("[data-main]")
    page.wait_for_url("**/survey/**")
    page.goto(f"{server.address}/en/survey/y_good")
    expect(page.locator("[name=words]")).to_have_value(SECRET)


def test_the_title_and_the_addresses_say_nothing(device: BrowserContext, server: Server) -> None:
    page = device.new_page()
    titles: set[str] = set()
    Traveller(page, server.address, "parent", look=lambda page, _step: titles.add(page.title())).walk("en")
    assert all(title == "Your views" or title.startswith("Question ") for title in titles), titles


def test_a_tablet_nobody_touches_warns_and_then_shows_its_first_page(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1100})
    page = context.new_page()
    page.clock.install()
    page.goto(f"{server.address}/en/kiosk/start")
    page.click("[data-next]")
    page.click("[data-next]")
    page.check("input[value=parent]")
    page.click("[data-main]")
    page.wait_for_selector("[data-step=code]")
    page.clock.fast_forward("02:01")
    expect(page.locator("[data-idle-soon]")).to_be_visible()
    page.click("[data-extend]")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("02:01")
    expect(page.locator("[data-idle-soon]")).to_be_visible()
    page.clock.fast_forward("01:00")
    page.wait_for_url("**/kiosk/start**")
    answer = page.goto(f"{server.address}/en/survey/code")
    assert answer is not None
    assert answer.status == 410
    context.close()


def test_two_people_share_a_tablet(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1100})
    page = context.new_page()
    Traveller(page, server.address, "young", words=SECRET, start="kiosk/start").walk("en")
    page.get_by_text("The next person can start.").click()
    page.wait_for_url("**/kiosk/start**")
    back_through_the_history(page)
    Traveller(page, server.address, "parent", start="kiosk/start").walk("en")
    context.close()
