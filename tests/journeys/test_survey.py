"""A child, a young person and a parent answer, in every language, with and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from feedback import i18n
from tests.journeys import looking
from tests.journeys.conftest import PHONE
from tests.journeys.traveller import Traveller
from tests.server import Server

pytestmark = pytest.mark.browser

GROUPS = ["child", "young", "parent"]
LANGUAGES = i18n.available()
NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_answers_from_the_first_page_to_the_receipt(
    phone: Page, server: Server, group: str, lang: str
) -> None:
    def look(page: Page, step: str) -> None:
        if step != "language":
            expect(page.locator("html")).to_have_attribute("lang", i18n.LANGUAGES[lang].tag)
            expect(page.locator("html")).to_have_attribute("dir", i18n.LANGUAGES[lang].dir)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("[data-leave]").first).to_be_attached()
        assert page.evaluate(looking.WIDE) <= 0, f"{step} scrolls sideways"
        assert page.evaluate(looking.CUT) == [], step

    phone.set_viewport_size(NARROW)
    assert len(Traveller(phone, server.address, group, look=look).walk(lang)) == 13


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code in {"en", "pl", "ar", "zh_Hant"}])
def test_it_works_without_javascript(plain_phone: Page, server: Server, group: str, lang: str) -> None:
    assert Traveller(plain_phone, server.address, group).walk(lang)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code in {"en", "ar", "zh_Hant"}])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, server: Server, group: str, lang: str
) -> None:
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()

    def look(page: Page, step: str) -> None:
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{step} is {width} pixels wide"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{step}: {found.generate_report()}"

    Traveller(page, server.address, group, look=look).walk(lang)
    context.close()


def test_a_keyboard_is_enough(phone: Page, server: Server) -> None:
    """Walk the child's way with Tab, Space and Enter only."""
    phone.goto(f"{server.address}/en/")
    for _ in range(40):
        if phone.get_attribute("body", "data-page") == "done":
            break
        before = phone.url
        on_the_way = phone.locator("[data-next]").count()
        choice = phone.locator("input[name=answer]").first
        if choice.count() and phone.get_attribute("body", "data-page") != "check":
            _tab_to(phone, "input")
            phone.keyboard.press("Space")
        _tab_to(phone, "[data-next]" if on_the_way else "[data-main]")
        phone.keyboard.press("Enter")
        phone.wait_for_function(
            "before => location.href !== before || document.body.dataset.page === 'done'", arg=before
        )
    expect(phone.locator("[data-receipt]")).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab on {page.url}")


def test_leaving_works_as_a_plain_link(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/en/start")
    page.check("input[value=child]")
    page.click("[data-main]")
    context.route("**/en/leave", lambda route: route.fulfill(body="gone", headers=route.fetch(max_redirects=0).headers))
    page.locator("header .govuk-button[data-leave]").click()
    page.wait_for_url("**/en/leave")
    assert page.goto(f"{server.address}/en/survey/age").status == 410
    context.close()


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_stored_in_the_browser(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith(server.address) else elsewhere.append(request.url)
    )
    Traveller(page, server.address, "young").walk("en")
    assert elsewhere == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [cookie["name"] for cookie in context.cookies()] in ([], ["feedback"])
    context.close()
