"""Scripts: what they add in a real browser to pages that work without them."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from flask import Flask, redirect, render_template, request
from flask_babel import Babel
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import expect
from werkzeug.serving import make_server

from feedback.web import headers, static_files

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TEMPLATES = Path(__file__).parents[3] / "templates"
PAGE = """{% extends "layout.html" %}
{% from "partials/_blocks.html" import button, error_summary, step_form %}
{% from "partials/_fields.html" import text_area %}
{% block content %}{{ error_summary(errors) }}
{% call step_form("own", "token") %}
{{ text_area("words", "Your own words", heading=True, limit=20) }}{{ button("Continue", main=True) }}
{% endcall %}{% endblock %}"""


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if not CHROMIUM:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)("no Chromium on this machine")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]}


class Site:
    """A page with every script on it, and what came in."""

    def __init__(self) -> None:
        self.posted: list[dict[str, str]] = []
        self.extended: list[str] = []
        self.server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever)

    def _app(self) -> Flask:
        app = Flask("pages", template_folder=str(TEMPLATES), static_folder=None)
        app.jinja_env.loader = ChoiceLoader([DictLoader({"page.html": PAGE}), app.jinja_env.loader])
        Babel(app)
        static_files.register(app)
        headers.register(app)
        app.add_url_rule("/page", "page", self._page, methods=["GET", "POST"])
        app.add_url_rule("/leave", "leave", lambda: redirect("/weather"))
        app.add_url_rule("/weather", "weather", lambda: "<title>Weather</title>")
        app.add_url_rule("/extend", "extend", self._extend, methods=["POST"])
        return app

    def _page(self) -> str:
        if request.method == "POST":
            self.posted.append(dict(request.form))
        frame = {"lang": "en", "text_dir": "ltr", "page": "question", "audience": "young", "leave_url": "/leave"}
        errors = [("words", "Write less")] if "wrong" in request.args else []
        return render_template("page.html", **frame, errors=errors, idle_minutes=30, extend_url="/extend")

    def _extend(self) -> tuple[str, int]:
        self.extended.append(request.form["csrf_token"])
        return "", 204

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def site():
    site = Site()
    site.thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    site.thread.join()


def _open(page, site, path="/page"):
    page.goto(site.address + path)


def test_the_heading_has_the_focus_and_errors_come_before_it(page, site):
    _open(page, site)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    _open(page, site, "/page?wrong")
    assert "There is a problem" in page.evaluate("document.activeElement.textContent")


def test_leaving_takes_the_place_of_the_page_in_the_history(page, site):
    _open(page, site, "/weather?first")
    _open(page, site)
    page.click(".top__in [data-leave]")
    page.wait_for_url("**/weather")
    page.go_back()
    assert page.url.endswith("/weather?first")


def test_shift_pressed_three_times_leaves(page, site):
    _open(page, site)
    page.keyboard.press("Shift")
    assert "2 more times" in page.inner_text("#leave-status")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("**/weather")


def test_capital_letters_do_not_leave(page, site):
    _open(page, site)
    page.focus("textarea")
    for key in "ABCDEF":
        page.keyboard.press(f"Shift+{key}")
    assert page.inner_text("#leave-status") == ""
    assert page.input_value("textarea") == "ABCDEF"


def test_what_is_left_is_counted_as_the_server_counts(page, site):
    _open(page, site)
    page.fill("textarea", "good \U0001f600")
    assert page.inner_text("#words-left") == "Characters left: 14"
    page.fill("textarea", "x" * 23)
    assert page.inner_text("#words-left") == "Too many characters: 3"
    expect(page.locator("#words-spoken")).to_contain_text("Too many")


def test_two_presses_send_once(page, site):
    _open(page, site)
    page.evaluate("() => { const go = document.querySelector('[data-main]'); go.click(); go.click() }")
    page.wait_for_load_state("networkidle")
    assert len(site.posted) == 1


def test_a_warning_comes_before_the_end_and_one_press_gives_more_time(page, site):
    page.clock.install()
    _open(page, site)
    page.clock.fast_forward("24:00")
    assert page.is_hidden("#idle")
    page.clock.fast_forward("01:30")
    assert page.is_visible("#idle")
    with page.expect_response("**/extend"):
        page.click("[data-extend]")
    page.wait_for_selector("#idle", state="hidden")
    assert site.extended == ["token"]


def test_writing_counts_as_being_here(page, site):
    page.clock.install()
    _open(page, site)
    page.clock.fast_forward("10:00")
    with page.expect_response("**/extend"):
        page.locator("textarea").press_sequentially("x")
    page.clock.fast_forward("24:00")
    assert page.is_hidden("#idle")


def test_when_the_time_is_over_the_page_says_what_is_gone(page, site):
    page.clock.install()
    _open(page, site)
    page.clock.fast_forward("31:00")
    assert "we deleted your answers" in page.inner_text("#idle")
    assert page.is_hidden("[data-extend]")


def test_the_strict_policy_lets_all_of_this_run(page, site):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    _open(page, site)
    page.wait_for_load_state("networkidle")
    assert messages == []
