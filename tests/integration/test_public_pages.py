"""The pages families read: every one opens, offers the way out, and says what it must."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from feedback import i18n
from feedback.db import Database
from feedback.responses import drafts
from feedback.settings.models import HelpContact, Setting
from tests.client import Client

READ_ONLY = {
    "": "welcome",
    "easy": "welcome",
    "before-you-start": "leaving",
    "safety": "safety",
    "help": "help",
    "cookies": "cookies",
    "accessibility": "accessibility",
    "privacy": "privacy_notice",
    "privacy/child": "privacy_notice",
    "privacy/young": "privacy_notice",
    "privacy/parent": "privacy_notice",
    "privacy/easy": "privacy_notice",
    "privacy/full": "privacy_notice",
    "kiosk/start": "welcome",
    "come-back": "come_back",
}


@pytest.mark.parametrize("path", READ_ONLY)
def test_a_page_opens_with_one_heading_the_way_out_and_the_way_to_help(client: Client, path: str) -> None:
    page = client.get(f"/en/{path}")
    assert (page.status, page.name) == (200, READ_ONLY[path])
    assert page.html.count("<h1") == 1
    assert page.heading
    hrefs = [link.get("href") or "" for link in page.markup.links]
    assert any(href.startswith("/en/leave") for href in hrefs)
    assert any(href.startswith("/en/help") for href in hrefs)
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/xx/", "/en/privacy/social-worker", "/en/easyread", "/zz/kiosk/start"])
def test_what_is_no_page_says_so_with_a_way_on(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status == 404
    assert any(link.get("href") == "/" for link in page.markup.links)


def test_the_start_is_reached_from_the_welcome_by_way_of_the_interruption_page(client: Client) -> None:
    page = client.get("/en/")
    seen = []
    while page.markup.form is None:
        seen.append(page.name)
        following = [link["href"] for link in page.markup.links if "data-next" in link]
        assert len(following) == 1, "a page on the way has one link on"
        page = client.get(str(following[0]))
    assert (seen, page.name) == (["welcome", "leaving"], "who")


def test_the_interruption_page_says_what_the_button_does_not_do(client: Client) -> None:
    text = client.get("/en/before-you-start").text
    assert "The button does not change the list of pages you visited." in text
    assert "We save them only if you ask us to." in text
    assert "start from the beginning" in text


def test_what_a_child_is_told_about_privacy_has_sixty_words_at_most(client: Client) -> None:
    html = client.get("/en/privacy/child").html
    told = re.search(r'<ul class="ideas">(.*?)</ul>', html, re.DOTALL)
    assert told
    words = re.sub(r"<[^>]+>", " ", told[1]).split()
    assert 40 <= len(words) <= 60, len(words)


def test_the_full_notice_names_the_periods_that_the_service_keeps_to(client: Client) -> None:
    text = client.get("/en/privacy/full").text
    assert f"{drafts.IDLE.seconds // 60} minutes, or {drafts.KEPT.days} days if you asked us to save them" in text
    assert f"{drafts.KIOSK_IDLE.seconds // 60} minutes" in client.get("/en/kiosk/start").text


def test_a_childs_survey_leads_to_the_childs_privacy_page(client: Client) -> None:
    page = client.post(client.get("/en/start"), answer="young")
    assert any(link.get("href") == "/en/privacy/young" for link in page.markup.links)


def test_numbers_come_from_the_councils_settings_even_where_the_list_hides_them(
    client: Client, database: Database
) -> None:
    with database.transaction() as session:
        childline = session.get_one(HelpContact, "childline")
        childline.number, childline.is_shown = "0800 2222", False
    page = client.post(client.get("/en/start"), answer="child")
    while page.name != "privacy":
        page = client.post(page)
    assert '<bdi dir="ltr">0800 2222</bdi>' in page.html
    assert "0800 2222" not in client.get("/en/help").html


def test_the_councils_name_is_the_councils_to_change(client: Client, database: Database) -> None:
    with database.transaction() as session:
        session.get_one(Setting, "council_name").value = "Borough of <Elsewhere>"
    assert "Borough of &lt;Elsewhere&gt;" in client.get("/en/accessibility").html


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", "en-GB"), ("xx", "en-GB"), ("ar", "ar"), ("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("de, ar;q=0.4", "ar")],
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_few_words_around_the_languages_are_in_the_browsers_own(app: Flask, asked: str, given: str) -> None:
    app.extensions["languages"] = ["en", "pl", "ar"]
    response = app.test_client().get("/", headers={"Accept-Language": asked})
    html = response.get_data(as_text=True)
    assert f'<html lang="{given}" dir="{"rtl" if given == "ar" else "ltr"}">' in html
    assert [each.name for each in i18n.LANGUAGES.values() if each.name in html] == ["English", "Polski", "العربية"]
    assert "<footer" not in html


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_language_nobody_has_signed_off_says_so_with_the_way_to_english(app: Flask) -> None:
    app.extensions["languages"] = ["en", "pl"]
    client = Client(app.test_client())
    page = client.get("/pl/easy")
    assert any(link.get("href") == "/en/easy" and link.get("lang") == "en" for link in page.markup.links)
    assert "Read this in English" not in client.get("/en/easy").text


def test_nobody_is_told_who_else_was_here(client: Client) -> None:
    """Pages that are only read set no cookie: there is nothing to remember."""
    for path in READ_ONLY:
        given = client.get(f"/en/{path}").headers.get("Set-Cookie", "")
        assert not given or path == "come-back" or "Max-Age=0" in given, path
