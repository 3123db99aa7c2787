"""Staff pages in a real browser: what axe knows, a narrow screen, paper, and a desk that a keyboard is enough for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from feedback import create_app
from feedback.accounts.permissions import PERMISSIONS, Role
from feedback.db import Database
from feedback.events.operations import add_event
from feedback.identity import opening_operations as openings
from feedback.identity.models import OpeningReason
from feedback.identity.operations import issue_codes
from feedback.responses.models import Response
from feedback.safeguarding import help_operations, operations
from feedback.safeguarding.models import Alert, AlertState, HelpKind
from feedback.web import access
from tests import staff
from tests.client import Client
from tests.conftest import close, configure
from tests.journeys import looking
from tests.network import NetworkClient
from tests.server import Server

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
WORRIED = "My dad hits me when the social worker has gone home. The chair did not listen to me at all."
NOT_LOOKED_AT = {"staff.account.sign_out", "staff.desk.next_item"}


@dataclass(frozen=True)
class Desk:
    """A running service with something of everything on it, and where that stands."""

    address: str
    app: Flask
    rows: dict[str, int | str]

    def pages(self, role: Role) -> list[str]:
        """Return the addresses of everything that a role may look at and that needs no more than `rows`."""
        found = []
        for rule in self.app.url_map.iter_rules():
            need = access.need_of(self.app.view_functions[rule.endpoint])
            is_page = (
                rule.endpoint.startswith("staff.") and rule.endpoint not in NOT_LOOKED_AT and "GET" in rule.methods
            )
            may_look = need and need.account and (need.permission is None or need.permission in PERMISSIONS[role])
            if is_page and may_look and rule.arguments <= set(self.rows):
                values = {name: self.rows[name] for name in rule.arguments}
                found.append(self.app.url_map.bind("localhost").build(rule.endpoint, values))
        return found


@pytest.fixture(scope="module")
def desk(server: Server) -> Iterator[Desk]:
    """Answers that worry, one nobody here can read, a request for help, an opening that waits, staff to sign in as."""
    app = create_app(configure(server.instance, server.database_url, **server.settings))
    database: Database = app.extensions["database"]
    people = {role: staff.add(database, role, email=f"{role}@council.example") for role in Role}
    with database.transaction() as session:
        event = add_event(session, reference="EVENT-4711", event_type="icpc", held_on=date(2026, 11, 2))
        (code,) = issue_codes(session, event=event, audience="parent", number=1, by="test")
        help_operations.ask(session, kind=HelpKind.CALL, language="ta", details={"name": "Sam", "way": "07700 900123"})
    send(server, who="parent", code=code, p_good=WORRIED)
    for words in ("Nothing more to say, thank you.", "They listened.", "It was long."):
        send(server, who="young", y_good=words)
    send(server, "pl", who="parent", p_good="Nikt mnie nie słuchał na tym spotkaniu.")
    with database.transaction() as session:
        response = session.scalars(select(Response).where(Response.has_code)).one()
        alert = session.scalars(select(Alert).where(Alert.response_id == response.id)).first()
        assert alert is not None
        lead = people[Role.SAFEGUARDING_LEAD]
        operations.move_alert(session, alert=alert, to=AlertState.ACKNOWLEDGED, by=lead, note="Rang the duty team.")
        opening = openings.ask(
            session, response_id=response.id, reason=OpeningReason.HARM, words="Find her.", by=lead, is_danger=False
        )
        rows = {"alert_id": alert.id, "opening_id": opening.id, "request_id": 1}
        rows |= {"response_id": response.id, "question_id": "p_good"}
    yield Desk(server.address, app, rows)
    close(app)


def send(server: Server, lang: str = "en", **answers: str) -> None:
    browser = NetworkClient(server.address)
    assert Client(browser).walk(lang, **answers).name == "done"  # type: ignore[arg-type]
    browser.close()


def sign_in(context: BrowserContext, desk: Desk, role: Role, page: Page | None = None) -> Page:
    page = page or context.new_page()
    page.goto(f"{desk.address}/staff/")
    page.fill("[name=email]", f"{role}@council.example")
    page.fill("[name=password]", staff.PASSWORD)
    page.click("[data-main]")
    page.wait_for_selector("[data-page='home.start']")
    return page


@pytest.mark.parametrize("role", list(Role))
def test_axe_and_our_own_eyes_find_nothing_and_nothing_scrolls_sideways(
    browser: Browser, desk: Desk, role: Role
) -> None:
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = sign_in(context, desk, role)
    for address in _not_looked_at_before(desk, role):
        answer = page.goto(f"{desk.address}{address}")
        assert answer is not None
        assert answer.status == 200, address
        looking.check(page, address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        page.set_viewport_size(WIDE)
        wide = Axe().run(page)
        assert wide.violations_count == 0, f"{address} on a wide screen: {wide.generate_report()}"
        page.set_viewport_size(NARROW)
    context.close()


def _not_looked_at_before(desk: Desk, role: Role) -> list[str]:
    """Return the pages of a role that no role before it has; the first page is every role's own."""
    roles = list(Role)
    before = {address for earlier in roles[: roles.index(role)] for address in desk.pages(earlier)}
    return [address for address in desk.pages(role) if address == "/staff/" or address not in before]


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.SECOND_APPROVER, Role.AUDITOR])
def test_paper_holds_the_whole_page_and_none_of_its_frame(browser: Browser, desk: Desk, role: Role) -> None:
    context = browser.new_context(viewport={"width": 718, "height": 1000})  # A4 less its margins
    page = sign_in(context, desk, role)
    page.emulate_media(media="print")
    for address in desk.pages(role):
        page.goto(f"{desk.address}{address}")
        assert page.evaluate(looking.WIDE) <= 0, f"{address} is cut on paper"
        cut = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        )
        assert cut == 0, f"{address} holds a table that is wider than the paper"
        expect(page.locator(".sides-bar")).to_be_hidden()
    context.close()


def test_nothing_that_is_focused_at_the_desk_is_covered(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=WIDE)
    page = sign_in(context, desk, Role.READER)
    for address in desk.pages(Role.READER):
        page.goto(f"{desk.address}{address}")
        assert looking.tab_through(page, address) >= 1
    context.close()


def test_keys_read_a_comment_and_the_next_one_loads_by_itself(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=WIDE)
    page = sign_in(context, desk, Role.READER)
    page.goto(f"{desk.address}/staff/desk/next")
    first = page.url
    for key in ("2", "n", "e"):
        page.keyboard.press(key)
    page.keyboard.type("0 p: typed, not chosen")
    expect(page.locator("[name=level]:checked")).to_have_value("2")
    expect(page.locator("[name=tone]:checked")).to_have_value("negative")
    expect(page.locator("[name=note]")).to_have_value("0 p: typed, not chosen")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != second)
    context.close()


def test_single_keys_can_be_switched_off_and_stay_off_until_signing_out(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=WIDE)
    page = sign_in(context, desk, Role.READER)
    page.goto(f"{desk.address}/staff/desk/{desk.rows['response_id']}/{desk.rows['question_id']}")
    page.locator(".keys summary").click()
    page.locator("[data-keys-switch]").click()
    expect(page.get_by_text("Switch the single keys on")).to_be_visible()
    before = page.locator("[name=level]:checked").evaluate_all("all => all.map(each => each.value)")
    page.locator("h1").focus()
    page.keyboard.press("1")
    assert page.locator("[name=level]:checked").evaluate_all("all => all.map(each => each.value)") == before
    page.reload()
    page.keyboard.press("1")
    assert page.locator("[name=level]:checked").evaluate_all("all => all.map(each => each.value)") == before
    page.locator(".keys summary").click()
    page.get_by_text("Switch the single keys on").click()
    expect(page.get_by_text("Switch the single keys off")).to_be_visible()
    page.locator("h1").focus()
    page.keyboard.press("1")
    expect(page.locator("[name=level]:checked")).to_have_value("1")
    context.close()


def test_a_screen_left_alone_warns_before_it_is_signed_out_and_typing_counts_as_being_there(
    browser: Browser, desk: Desk
) -> None:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.clock.install()
    sign_in(context, desk, Role.READER, page)
    page.goto(f"{desk.address}/staff/desk/{desk.rows['response_id']}/{desk.rows['question_id']}")
    page.clock.fast_forward("25:01")
    expect(page.locator("[data-idle-soon]")).to_be_visible()
    with page.expect_response("**/staff/still-here") as answer:
        page.click("[data-extend]")
    assert answer.value.status == 204
    expect(page.locator("#idle")).to_be_hidden()
    for _ in range(3):
        page.clock.fast_forward("20:00")
        with page.expect_response("**/staff/still-here"):
            page.locator("[name=note]").press_sequentially("a")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("30:01")
    expect(page.locator("[data-idle-over]")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("aaa")
    context.close()


def test_the_way_in_and_a_refusal_hold_too(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    for address in ("/staff/sign-in", "/staff/no-such-page"):
        page.goto(f"{desk.address}{address}")
        looking.check(page, address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    sign_in(context, desk, Role.AUDITOR, page)
    page.goto(f"{desk.address}/staff/desk/")
    looking.check(page, "refused")
    assert Axe().run(page).violations_count == 0
    context.close()


def test_the_desk_works_without_javascript(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    page = sign_in(context, desk, Role.READER)
    page.goto(f"{desk.address}/staff/desk/next")
    first = page.url
    expect(page.locator(".keys")).to_be_hidden()
    page.check("[name=level][value='0']")
    page.check("[name=tone][value=neutral]")
    page.click("[data-keys] [data-main]")
    page.wait_for_url(lambda url: url != first)
    context.close()
