"""The survey, page by page, without JavaScript."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from feedback.audit.models import AuditEntry
from feedback.audit.queries import find_first_broken
from feedback.db import Database
from feedback.questionnaires.kinds import State
from feedback.responses.models import Comment, Response, StoredAnswer, StoredDraft
from feedback.responses.queries import open_words
from feedback.safeguarding.models import Alert, DeskItem
from tests.client import Client

GROUPS = ["child", "young", "parent"]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", ["en", "pl", "ar"])
def test_everything_may_be_left_blank(client: Client, database: Database, group: str, lang: str) -> None:
    done = client.walk(lang, who=group)
    assert done.name == "done"
    assert done.markup.receipt
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        assert (response.group, response.language) == (group, lang)
        states = {answer.state for answer in response.answers}
        assert states == {State.BLANK}


def test_who_says_nothing_gets_the_most_protective_version(client: Client, database: Database) -> None:
    client.walk()
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        assert (response.audience, response.group) == ("child", None)
        asked = [answer.question_id for answer in response.answers]
        assert sorted(asked) == ["c_better", "c_clear", "c_good", "c_heard", "c_respect", "c_support"]


def test_an_older_child_is_asked_ten_questions(client: Client, database: Database) -> None:
    client.walk(who="child", age="8_10")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredAnswer)) == 10


def test_four_ways_of_not_answering_stay_four_facts(client: Client, database: Database) -> None:
    client.walk(who="parent", p_heard="dont_know", p_clear="wont_say", p_plan="4")
    with database.reading() as session:
        found = {a.question_id: (a.state, a.value) for a in session.scalars(select(StoredAnswer))}
    assert found["p_heard"] == (State.DONT_KNOW, None)
    assert found["p_clear"] == (State.WONT_SAY, None)
    assert found["p_plan"] == (State.ANSWERED, 4)
    assert found["p_respect"] == (State.BLANK, None)
    assert "p_prepared" not in found, "a question that was not asked has no answer, not a blank one"


def test_words_are_stored_sealed_with_an_alert_a_desk_item_and_an_audit_line(
    client: Client, database: Database
) -> None:
    words = "He hit me last night and I am scared to go home"
    client.walk(who="young", y_good={"words": words})
    with database.reading() as session:
        comment = session.scalars(select(Comment)).one()
        assert words.encode() not in comment.sealed_text
        assert open_words(session, comment) == words
        assert session.scalars(select(DeskItem)).one().received_at is not None
        assert session.scalars(select(Alert)).first() is not None
        assert (
            session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "response_received"))
            == 1
        )
        assert find_first_broken(session) is None


def test_nothing_of_the_draft_is_left_after_sending(client: Client, database: Database) -> None:
    client.walk(who="parent", p_good={"words": "fine"})
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredDraft)) == 0
    with client.http.session_transaction() as cookie:
        assert "draft" not in cookie


def test_the_same_page_sent_twice_is_stored_once_and_shows_the_same_receipt(client: Client, database: Database) -> None:
    page = client.get("/en/start")
    while page.markup.hidden.get("submission") is None:
        page = client.post(page, **({"answer": "child"} if page.step == "who" else {}))
    first, second = client.post(page), client.post(page)
    assert first.name == second.name == "done"
    assert first.markup.receipt == second.markup.receipt != ""
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_going_back_shows_what_was_answered(client: Client) -> None:
    page = client.get("/en/start")
    while page.step != "c_clear":
        given = {"who": "child", "age": "8_10", "c_heard": "2"}.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    assert client.get("/en/survey/c_heard").markup.checked["answer"] == ["2"]


def test_the_check_page_tells_skipped_from_answered_and_leads_back_to_itself(client: Client) -> None:
    page = client.get("/en/start")
    while page.name != "check":
        given = {"who": "young", "y_heard": "5"}.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    assert "Yes, definitely" in page.text
    assert "You skipped this" in page.text
    change = client.get("/en/survey/y_clear?then=check")
    assert client.post(change, answer="1").name == "check"


def test_the_words_on_confidentiality_come_before_the_first_question(client: Client) -> None:
    page = client.get("/en/start")
    client.post(page, answer="parent")
    assert client.get("/en/survey/p_heard").name == "privacy"


def test_a_helper_is_asked_whom_they_help_and_who_they_are(client: Client, database: Database) -> None:
    client.walk(who="helper", helped="child", age="8_10", beside="advocate")
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
    assert (response.audience, response.group, response.beside) == ("child", "child", "advocate")


def test_what_it_was_about_chooses_the_words_and_the_questions(client: Client) -> None:
    page = client.get("/en/start")
    while page.step != "p_clear":
        given = {"who": "parent", "about": "intervention"}.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    assert page.heading == "Do you understand why your family was offered this help?"


def test_leaving_forgets_everything_on_the_server(client: Client, database: Database) -> None:
    page = client.get("/en/start")
    client.post(page, answer="child")
    left = client.http.get("/en/leave")
    assert left.status_code == 303
    assert not left.headers["Location"].startswith("/")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredDraft)) == 0
    assert client.get("/en/survey/c_heard").status == 410


def test_an_answer_for_another_person_keeps_the_language_and_nothing_else(client: Client) -> None:
    client.walk("pl", who="parent", p_heard="1")
    page = client.get("/pl/start")
    assert page.markup.root["lang"] == "pl"
    assert page.markup.checked == {}
