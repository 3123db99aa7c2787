"""A manager goes from the overview to a theme, to an action, to its line for families in Polish and Arabic.

And somebody who records a conference does so with the keyboard alone, in under a minute.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from feedback import create_app, demonstration
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.events import queries as events
from feedback.reports import releases
from tests.conftest import close, configure
from tests.journeys import looking
from tests.server import Server

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
RESPONSES, QUARTERS = 120, 2
LINES = {
    "pl": ("Rozmawialiście o nas bez nas.", "Każdy dostaje teraz swoją kopię planu.", "ltr"),
    "ar": ("تحدثتم عنا من دوننا.", "يحصل كل واحد الآن على نسخته من الخطة.", "rtl"),
}
SECONDS_A_KEY, SECONDS_A_CHOICE = 0.28, 0.6
"""A keystroke of somebody who types little (Card, Moran and Newell 1980), and finding the next word on a known form."""


@pytest.fixture(scope="module")
def filled(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with a small demonstration and nothing else, of which the last final quarter is released."""
    instance = tmp_path_factory.mktemp("demonstrated")
    shutil.copy(prepared_sqlite, instance / "feedback.db")
    running = Server(instance, f"sqlite:///{instance / 'feedback.db'}", {"DEMO": "1"}).start()
    app = opened(running)
    database: Database = app.extensions["database"]
    demonstration.fill(database, responses_wanted=RESPONSES, seed=7, quarters=QUARTERS)
    with app.app_context():
        releases.current(database, Quarter.current().previous)
    close(app)
    yield running
    running.stop()


def opened(server: Server) -> Flask:
    """Return the application over a running server's database."""
    return create_app(configure(server.instance, server.database_url, **server.settings))


def signed_in(browser: Browser, server: Server, role: Role) -> Page:
    """Sign in on a desk's screen."""
    page = browser.new_context(viewport=DESK, bypass_csp=True).new_page()
    page.goto(f"{server.address}/staff/")
    page.fill("[name=email]", f"{role}@demo.example")
    page.fill("[name=password]", demonstration.PASSWORD)
    page.click("[data-main]")
    page.wait_for_selector("[data-page='home.start']")
    return page


def test_pages_full_of_figures_fit_a_phone(browser: Browser, filled: Server) -> None:
    page = signed_in(browser, filled, Role.MANAGER)
    page.set_viewport_size({"width": 320, "height": 640})
    quarter = f"/staff/figures/{Quarter.current().previous}"
    for part in ("", "/experience", "/fairness", "/themes/worker", "/distance"):
        page.goto(f"{filled.address}{quarter}{part}")
        looking.check(page, part or "overview")


def test_from_the_overview_to_a_theme_to_an_action_to_its_public_line(browser: Browser, filled: Server) -> None:
    page = signed_in(browser, filled, Role.MANAGER)
    page.click("main >> text=Figures")
    page.click(f"nav[aria-label=Quarters] >> text={Quarter.current().previous}")
    page.locator("main a[href*='/themes/']").first.click()
    theme = page.inner_text("h1").rpartition(",")[0]
    page.click("text=Add an action, or a reason why not")
    expect(page.get_by_label(theme, exact=True)).to_be_checked()
    _write_action(page)
    for code, (heard, answered, _) in LINES.items():
        page.select_option("#language", code)
        page.select_option("#version", "parent")
        page.click("text=Write or change the words")
        page.get_by_label("What we heard").fill(heard)
        page.get_by_label("What we did, or why we cannot").fill(answered)
        page.click("[data-main]")
        expect(page.get_by_role("status")).to_contain_text("are saved")
    for code, (heard, answered, direction) in LINES.items():
        page.goto(f"{filled.address}/{code}/you-said?version=parent")
        expect(page.locator("html")).to_have_attribute("dir", direction)
        section = page.locator("section", has_text=heard)
        expect(section).to_contain_text(answered)
        expect(section.locator("[lang=en-GB]")).to_have_count(0)
    page.context.close()


def _write_action(page: Page) -> None:
    """Fill the form of a new action as far as it must be, published at once."""
    for name, words in (
        ("summary", "Give everybody a copy of the plan."),
        ("measure", "Everybody says they know what has to change."),
        ("plan", "The minute taker prints it."),
        ("owner_role", "Head of service"),
        ("owner_person", "head@council.example"),
        ("due_on", "2099-01-01"),
    ):
        page.fill(f"[name={name}]", words)
    page.select_option("[name=construct]", "plan")
    page.check("[name=is_public]")
    page.click("[data-main]")
    expect(page.locator("h1")).to_have_text(re.compile(r"Action \d+"))


def test_what_lacks_a_translation_is_marked_and_one_tap_needs_no_script(browser: Browser, filled: Server) -> None:
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{filled.address}/ar/you-said?version=young")
    english = page.locator("p[lang=en-GB]", has_text="Meetings are in school time.")
    expect(english).to_have_attribute("dir", "ltr")
    page.locator("section button").first.click()
    expect(page.locator("[role=status][data-focus]")).to_have_count(1)
    assert page.evaluate(looking.WIDE) <= 0
    context.close()


@pytest.mark.parametrize("lang", ["en", "pl", "ar", "ur"])
@pytest.mark.parametrize("version", ["child", "young", "parent"])
def test_axe_and_our_own_eyes_find_nothing_on_what_families_read(
    browser: Browser, filled: Server, lang: str, version: str
) -> None:
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{filled.address}/{lang}/you-said?version={version}")
    assert page.locator("section").count() > 1
    looking.check(page, f"{lang} {version}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self.choices = page, 0, 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def answer(self, keys: str) -> None:
        """Answer one field and go to the next: letters choose or write, nothing leaves it as it is."""
        self.choices += bool(keys)
        for key in keys:
            self.press(key)
        self.press("Tab")


def test_a_conference_with_three_people_takes_under_a_minute_by_keyboard(browser: Browser, filled: Server) -> None:
    page = signed_in(browser, filled, Role.ADMINISTRATOR)
    page.goto(f"{filled.address}/staff/events/")
    keys = Keys(page)
    page.focus("[name=reference]")
    for said in ("CP4711", "R", "", "03112026"):  # British dates: day, month, year
        keys.answer(said)
    _to_button(keys)
    expect(page.locator("h1")).to_have_text("Who had a say: CP4711")
    page.focus("[name=people-0-who]")
    # who, told, advocate, came, took part, why not, told in, age, ethnic group, language, disability
    for person in (
        ("Y", "I", "Y", "C", "S", "", "E", "14", "W", "", ""),
        ("M", "I", "N", "C", "S", "", "E", "3", "W", "", ""),
        ("F", "N", "N", "D", "D", "N", "", "", "", "", ""),
    ):
        for said in person:
            keys.answer(said)
    _to_button(keys)
    expect(page.get_by_role("status")).to_contain_text("Recorded for CP4711.")
    _is_kept(filled)
    seconds = keys.pressed * SECONDS_A_KEY + keys.choices * SECONDS_A_CHOICE
    assert seconds < 60, f"{keys.pressed} keys, {keys.choices} choices, {seconds:.0f} s"
    page.context.close()


def _to_button(keys: Keys) -> None:
    """Go on to the form's button and press it."""
    for _ in range(8):
        if keys.page.evaluate("document.activeElement.matches('[data-main]')"):
            break
        keys.press("Tab")
    keys.press("Enter")


def _is_kept(server: Server) -> None:
    app = opened(server)
    with app.extensions["database"].reading() as session:
        event = events.find_by_reference(session, "CP4711")
        assert event is not None
        people = [
            (each.who, each.was_told, each.took_part, each.why_not) for each in events.list_people(session, event.id)
        ]
    close(app)
    assert event.event_type == "rcpc"
    assert people == [
        ("young", True, "in_person", None),
        ("mother", True, "in_person", None),
        ("father", False, "not", "not_told"),
    ]
