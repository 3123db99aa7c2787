"""A shared tablet: each person starts clean, and what nobody touches is wiped."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from feedback import clock
from feedback.db import Database
from feedback.responses.models import Response, StoredDraft
from tests.client import Client, Page


def begun(client: Client) -> Page:
    """Go from the tablet's first page to the one after "who are you"."""
    page = client.get("/en/kiosk/start")
    while page.markup.form is None:
        page = client.get(next(str(link["href"]) for link in page.markup.links if "data-next" in link))
    return client.post(page, answer="child")


def test_its_first_page_wipes_what_the_person_before_left(client: Client, database: Database) -> None:
    begun(client)
    page = client.get("/en/kiosk/start")
    assert page.headers["Clear-Site-Data"] == '"storage"'
    assert client.get("/en/survey/age").status == 410
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredDraft)) == 0


def test_every_page_of_it_is_watched_and_goes_back_to_the_first(client: Client) -> None:
    page = begun(client)
    for _ in range(40):
        assert 'data-idle-minutes="3"' in page.html
        assert 'data-idle-then="/en/kiosk/start?kiosk=1"' in page.html
        if page.name == "done":
            break
        page = client.post(page)
    assert page.name == "done"
    assert any(link.get("href", "").startswith("/en/kiosk/start") for link in page.markup.links)
    assert not any(link.get("href") == "/en/start" for link in page.markup.links)
    for link in page.markup.links:
        if str(link.get("href")).startswith(("/en/help", "/en/privacy", "/en/safety")):
            assert "data-idle-then" in client.get(str(link["href"])).html


def test_a_draft_on_it_lives_three_minutes(client: Client, database: Database) -> None:
    begun(client)
    with database.reading() as session:
        left = session.scalars(select(StoredDraft.expires_at)).one() - clock.now()
    assert left <= timedelta(minutes=3)


def test_leaving_on_it_shows_its_first_page_and_no_other_website(client: Client) -> None:
    begun(client)
    left = client.http.get("/en/leave?kiosk=1")
    assert left.headers["Location"].startswith("/en/kiosk/start")
    assert client.get("/en/survey/age").status == 410


def test_its_language_page_leads_back_to_it(client: Client, app: Flask) -> None:
    app.extensions["languages"] = ["en", "pl"]
    page = client.get("/?kiosk=1")
    assert {link["href"] for link in page.markup.links if link.get("hreflang")} == {
        "/en/kiosk/start?kiosk=1",
        "/pl/kiosk/start?kiosk=1",
    }


def test_two_people_one_after_the_other_are_two_responses(client: Client, database: Database) -> None:
    for _ in range(2):
        page = begun(client)
        assert page.markup.checked == {}
        while page.name != "done":
            page = client.post(page)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 2
