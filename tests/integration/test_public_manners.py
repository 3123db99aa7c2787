"""Easy Read, faces in two steps, and recordings: other ways to the same items and the same stored answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from feedback.config import Config
from feedback.db import Database
from feedback.responses.models import Response, StoredAnswer
from tests.client import Client, Page


def reach(client: Client, step: str, start: str = "/en/start", **answers: str) -> Page:
    """Go on until a step."""
    page = client.get(start)
    for _ in range(40):
        if page.step == step:
            return page
        given = answers.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    raise AssertionError(f"{step} never came")


def finish(client: Client, page: Page) -> None:
    while page.name != "done":
        page = client.post(page)


def stored(database: Database, question: str) -> tuple[str, int | None]:
    with database.reading() as session:
        answer = session.scalars(select(StoredAnswer).where(StoredAnswer.question_id == question)).one()
        return answer.state, answer.value


@pytest.mark.parametrize(("first", "second", "value"), [("5", "5", 5), ("5", "4", 4), ("1", "2", 2), ("1", "1", 1)])
def test_a_happy_or_sad_face_is_asked_about_once_more(
    client: Client, database: Database, first: str, second: str, value: int
) -> None:
    page = reach(client, "c_heard", who="child", age="5_7")
    assert page.markup.inputs["answer"] == ["5", "3", "1", "dont_know", "wont_say"]
    nearer = client.post(page, answer=first)
    assert (nearer.step, nearer.heading) == (page.step, page.heading)
    assert second in nearer.markup.inputs["answer"]
    finish(client, client.post(nearer, answer=second))
    assert stored(database, "c_heard") == ("answered", value)


def test_the_face_in_the_middle_needs_no_second_step(client: Client, database: Database) -> None:
    page = client.post(reach(client, "c_heard", who="child", age="5_7"), answer="3")
    assert page.step == "c_clear"
    finish(client, page)
    assert stored(database, "c_heard") == ("answered", 3)


@pytest.mark.parametrize(("first", "value"), [("5", 4), ("1", 2)])
def test_a_second_step_left_blank_counts_as_the_milder_answer(
    client: Client, database: Database, first: str, value: int
) -> None:
    page = client.post(reach(client, "c_heard", who="child", age="5_7"), answer=first)
    finish(client, client.post(page))
    assert stored(database, "c_heard") == ("answered", value)


def test_not_knowing_in_the_first_step_is_kept(client: Client, database: Database) -> None:
    page = client.post(reach(client, "c_heard", who="child", age="5_7"), answer="dont_know")
    assert page.step == "c_clear"
    finish(client, page)
    assert stored(database, "c_heard") == ("dont_know", None)


def test_going_back_marks_the_face_and_a_change_from_the_check_page_returns_there(client: Client) -> None:
    page = client.post(reach(client, "c_heard", who="child", age="5_7"), answer="1")
    client.post(page, answer="2")
    changed = client.get("/en/survey/c_heard?then=check")
    assert changed.markup.checked["answer"] == ["1"]
    reach(client, "check", "/en/survey/c_clear")
    nearer = client.post(client.get("/en/survey/c_heard?then=check"), answer="5")
    assert client.post(nearer, answer="5").name == "check"


def test_an_older_child_sees_all_five_faces_at_once(client: Client) -> None:
    page = reach(client, "c_heard", who="child", age="8_10")
    assert page.markup.inputs["answer"][:5] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("group", ["young", "parent"])
def test_easy_read_asks_the_same_items_with_pictures(client: Client, database: Database, group: str) -> None:
    walks = []
    for start in ("/en/start", "/en/start?easy=1"):
        page, steps = client.get(start), []
        while page.name != "done":
            steps.append(page.step)
            if "easy" in start:
                assert "data-easy" in page.html, page.step
            if page.step.endswith(("_heard", "_support")) and "easy" in start:
                assert page.html.count('class="picture"') >= 1
            page = client.post(page, **({"answer": group} if page.step == "who" else {}))
        walks.append(steps)
    assert walks[0] == walks[1]
    with database.reading() as session:
        first, second = session.scalars(select(Response)).all()
    assert first.version_id == second.version_id


@pytest.mark.parametrize(
    ("group", "words"), [("young", "Your family cannot see your answers."), ("parent", "Please do not write names.")]
)
def test_the_words_on_confidentiality_are_in_easy_read_too(client: Client, group: str, words: str) -> None:
    page = reach(client, "privacy", "/en/start?easy=1", who=group)
    assert words in page.text
    assert page.html.count('class="picture"') >= 8
    assert words not in reach(client, "privacy", "/en/start", who=group).text


def record(config: Config, name: str) -> Path:
    path = config.instance / "audio" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"ID3 a warm voice")
    return path


def test_a_recording_is_offered_and_sent(client: Client, config: Config) -> None:
    record(config, "child/c_heard.meeting.en.mp3")
    page = reach(client, "c_heard", who="child")
    assert '<source src="/audio/child/c_heard.meeting.en.mp3" type="audio/mpeg">' in page.html
    assert "data-listen" not in page.html
    with client.http.get("/audio/child/c_heard.meeting.en.mp3", headers={"Range": "bytes=0-2"}) as sent:
        assert (sent.status_code, sent.data) == (206, b"ID3")


def test_a_recording_of_other_words_or_another_language_is_not_offered(client: Client, config: Config) -> None:
    record(config, "child/c_heard.en.mp3")
    record(config, "child/c_heard.help.en.mp3")
    record(config, "child/c_heard.meeting.pl.mp3")
    assert "<audio" not in reach(client, "c_heard", who="child").html


def test_a_page_before_the_questions_can_be_recorded_too(client: Client, config: Config) -> None:
    record(config, "child/privacy.en.ogg")
    assert "/audio/child/privacy.en.ogg" in reach(client, "privacy", who="child").html


@pytest.mark.parametrize(
    "path",
    [
        "/audio/child/../../keys/secret_key",
        "/audio/child/secret",
        "/audio/..%2Fkeys/a.en.mp3",
        "/audio/child/c_heard.en.mp3",
    ],
)
def test_nothing_but_a_recording_leaves_the_audio_folder(client: Client, path: str) -> None:
    assert client.http.get(path).status_code == 404
