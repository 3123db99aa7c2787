"""Bad input gets a plain sentence in the reader's language, keeps what was typed, and never breaks a page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.questionnaires.kinds import MAX_CHARACTERS
from tests.client import Client, Page

ANY_TEXT = st.text(max_size=200)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def walk_to(client: Client, step: str, who: str = "parent", lang: str = "en") -> Page:
    """Go to a page of the survey, leaving the others blank."""
    page = client.get(f"/{lang}/start")
    while page.step != step:
        page = client.post(page, **({"answer": who} if page.step == "who" else {}))
    return page


def assert_plain(page: Page) -> None:
    """A page a person can read: never a server error, never a trace."""
    assert page.status < 500
    assert "Traceback" not in page.html
    assert page.heading


def test_an_unknown_language_is_a_plain_page(client: Client) -> None:
    page = client.get("/xx/")
    assert page.status == 404
    assert_plain(page)


def test_a_page_out_of_order_leads_to_the_first_open_one(client: Client) -> None:
    page = walk_to(client, "code")
    assert client.get("/en/survey/p_good").step == "privacy"
    assert client.get("/en/survey/nonsense").step == "privacy"
    assert page.status == 200


def test_a_page_without_a_draft_says_what_happened(client: Client) -> None:
    page = client.get("/en/survey/p_good")
    assert (page.status, page.name) == (410, "expired")


def test_a_wrong_code_says_so_and_keeps_it(client: Client) -> None:
    page = walk_to(client, "code")
    wrong = client.post(page, code="not-a-code")
    assert wrong.status == 422
    assert 'value="not-a-code"' in wrong.html
    assert client.post(wrong).step == "about"


def test_a_code_is_not_tried_for_ever(client: Client) -> None:
    page = walk_to(client, "code")
    for _ in range(12):
        page = client.post(page, code="CDFGHJKMN")
    assert "too many tries" in page.text
    assert client.post(page).step == "about"


def test_a_text_that_is_too_long_says_how_long_it_is_and_is_still_there(client: Client) -> None:
    page = walk_to(client, "p_good")
    long = "word " * 4000
    refused = client.post(page, words=long)
    assert refused.status == 422
    assert str(len(long.strip())) in refused.text.replace(",", "")
    assert refused.markup.areas["words"].strip() == long.strip()
    assert refused.heading == page.heading


def test_exactly_as_long_as_allowed_is_taken_counted_as_people_count(client: Client) -> None:
    page = walk_to(client, "p_good")
    assert client.post(page, words="é" * (MAX_CHARACTERS - 1) + "\r\n" + "x" * 0).step == "check"


def test_a_missing_token_asks_to_press_again_and_keeps_the_words(client: Client) -> None:
    page = walk_to(client, "p_good")
    page.markup.hidden.clear()
    refused = client.post(page, words="what I wrote")
    assert refused.status == 400
    assert refused.markup.areas["words"].strip() == "what I wrote"
    assert client.post(refused, words="what I wrote").step == "check"


def test_words_posted_after_the_draft_is_gone_are_given_back(client: Client) -> None:
    page = walk_to(client, "p_good")
    client.http.get("/en/leave")
    expired = client.post(page, words="do not lose this")
    assert expired.name == "expired"
    assert "do not lose this" in expired.html


def test_an_answer_that_is_not_on_offer_counts_as_none(client: Client) -> None:
    page = walk_to(client, "p_heard")
    client.post(page, answer="17")
    assert client.get("/en/survey/p_heard").markup.checked == {}


def test_a_form_far_too_large_is_refused_plainly(client: Client) -> None:
    page = walk_to(client, "p_good")
    refused = client.post(page, words="x" * 400_000)
    assert refused.status == 413
    assert_plain(refused)


@pytest.mark.parametrize("backend", ["sqlite"])
@FEW
@given(
    answer=ANY_TEXT,
    words=ANY_TEXT,
    action=ANY_TEXT,
    step=st.sampled_from(["who", "code", "p_heard", "p_better", "p_good", "check"]),
)
def test_nothing_posted_breaks_a_page(app: Flask, answer: str, words: str, action: str, step: str) -> None:
    client = Client(app.test_client())
    page = walk_to(client, step)
    assert_plain(client.post(page, answer=answer, words=words, code=words, action=action, submission=action))


@pytest.mark.parametrize("backend", ["sqlite"])
@FEW
@given(lang=st.sampled_from(["en", "xx", "%C3%28", "..", "EN", "en_GB"]), tail=ANY_TEXT)
def test_no_address_breaks_a_page(app: Flask, lang: str, tail: str) -> None:
    client = Client(app.test_client())
    for address in (f"/{lang}/{quote(tail)}", f"/{lang}/survey/{quote(tail)}", f"/c/{quote(tail)}"):
        assert client.http.get(address).status_code < 500


@pytest.mark.parametrize("backend", ["sqlite"])
@FEW
@given(body=st.binary(max_size=300))
def test_broken_bytes_break_no_page(app: Flask, body: bytes) -> None:
    client = Client(app.test_client())
    page = walk_to(client, "p_good")
    token = page.markup.hidden["csrf_token"].encode()
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        response = client.http.post(page.url, data=b"csrf_token=" + token + b"&words=" + body, content_type=kind)
        assert response.status_code < 500


def test_emoji_and_scripts_come_back_as_they_were_written(client: Client) -> None:
    page = walk_to(client, "p_good")
    words = "👨‍👩‍👧 சமூக پرستار‌ها 社工\nnew line"
    client.post(page, words=words + "\x00\x1b\ud7ff")
    assert words in client.get("/en/survey/p_good").markup.areas["words"]
