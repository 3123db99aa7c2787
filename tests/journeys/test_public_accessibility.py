"""Pages hold for everybody: sizes, focus, large text, spacing, forced colours, no motion, paper; and what axe knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from feedback import i18n
from tests.journeys import looking
from tests.journeys.conftest import PHONE
from tests.journeys.traveller import Traveller
from tests.server import Server

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
READ_ONLY = (
    "", "easy", "before-you-start", "safety", "help", "cookies", "accessibility", "privacy", "privacy/child",
    "privacy/young", "privacy/parent", "privacy/easy", "privacy/full", "kiosk/start", "come-back", "receipt", "ask", "you-said", "no-such-page",
)  # fmt: skip
CHECKED = [code for code in i18n.available() if code in {"en", "ar", "zh_Hant"}]
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """The narrowest screen WCAG asks for; style and script of the tests' own allowed."""
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", CHECKED)
def test_axe_and_our_own_eyes_find_nothing_on_pages_that_are_read(narrow: Page, server: Server, lang: str) -> None:
    for path in ("", *(f"{lang}/{each}" for each in READ_ONLY)):
        narrow.goto(f"{server.address}/{path}")
        looking.check(narrow, path)
        found = Axe().run(narrow)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


@pytest.mark.parametrize("start", ["", "easy", "kiosk/start"])
@pytest.mark.parametrize("group", ["child", "young", "parent"])
def test_every_page_of_the_survey_holds_at_320_pixels(narrow: Page, server: Server, group: str, start: str) -> None:
    Traveller(narrow, server.address, group, look=looking.check, start=start).walk("en")


@pytest.mark.parametrize("lang", i18n.available())
def test_no_language_widens_a_page_that_is_read_or_its_buttons(narrow: Page, server: Server, lang: str) -> None:
    for path in READ_ONLY:  # those of the survey are looked at while somebody answers (test_survey)
        narrow.goto(f"{server.address}/{lang}/{path}")
        assert narrow.evaluate(looking.WIDE) <= 0, f"{path} scrolls sideways"
        assert narrow.evaluate(looking.CUT) == [], path


@pytest.mark.parametrize("group", ["child", "parent"])
def test_text_of_twice_the_size_and_more_space_between_letters_lose_nothing(
    narrow: Page, server: Server, group: str
) -> None:
    def look(page: Page, step: str) -> None:
        page.add_style_tag(content=SPACED)
        assert page.evaluate(looking.WIDE) <= 0, f"{step} with text spacing scrolls sideways"
        page.set_viewport_size({"width": 640, "height": 720})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(looking.WIDE) <= 0, f"{step} at 200 % scrolls sideways"
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(NARROW)

    Traveller(narrow, server.address, group, look=look).walk("en")


@pytest.mark.parametrize("group", ["child", "young"])
def test_nothing_that_is_focused_is_covered_by_the_bar(phone: Page, server: Server, group: str) -> None:
    def look(page: Page, step: str) -> None:
        if step != "language":
            assert looking.tab_through(page, step) >= 3

    Traveller(phone, server.address, group, look=look).walk("en")


def test_an_error_is_said_in_the_title_takes_the_focus_and_leads_to_its_field(phone: Page, server: Server) -> None:
    Traveller(phone, server.address, "young", look=_spoil).walk("en")


def _spoil(page: Page, step: str) -> None:
    if step not in {"code", "y_good"}:
        return
    if step == "code":
        page.fill("[name=code]", "NONSENSE")
    else:
        page.fill("[name=words]", "a" * 1001)
    page.click("[data-main]")
    page.wait_for_selector(".govuk-error-summary")
    assert page.title().startswith("Error: ")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    looking.check(page, f"{step} with an error")
    page.click(".govuk-error-summary a")
    field = page.locator("[name=code]" if step == "code" else "[name=words]")
    expect(field).to_be_focused()
    described = (field.get_attribute("aria-describedby") or "").split()
    assert any(page.inner_text(f"[id='{each}']").startswith("Error:") for each in described)
    assert field.input_value() == ("NONSENSE" if step == "code" else "a" * 1001), "what was typed is still there"
    field.fill("")


def test_with_forced_colours_the_chosen_face_still_stands_out(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport=PHONE, forced_colors="active")
    page = context.new_page()

    def look(page: Page, step: str) -> None:
        if step == "y_heard":
            widths = "() => [...document.querySelectorAll('.face__label')].map(e => getComputedStyle(e).borderTopWidth)"
            page.check("input[value='4']")
            assert page.evaluate(widths).count("6px") == 1
            shown = page.evaluate("() => getComputedStyle(document.querySelector('.face__label')).borderTopStyle")
            assert shown == "solid"

    Traveller(page, server.address, "young", look=look).walk("en")
    context.close()


def test_nothing_moves_for_those_who_ask_for_that(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    Traveller(page, server.address, "child", look=lambda page, step: _still(page.evaluate(looking.MOVING), step)).walk(
        "en"
    )
    context.close()


def _still(moving: list[str], step: str) -> None:
    assert moving == [], step


def test_on_paper_there_is_what_is_read_and_nothing_to_press(phone: Page, server: Server) -> None:
    phone.emulate_media(media="print")
    phone.goto(f"{server.address}/en/privacy/full")
    expect(phone.locator("main h1")).to_be_visible()
    expect(phone.locator("main p").first).to_be_visible()
    for hidden in (".top__in", ".foot", ".govuk-skip-link"):
        expect(phone.locator(hidden).first).to_be_hidden()
