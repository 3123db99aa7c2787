"""The reading desk: order, words, codes, translation, the second reader."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from feedback.accounts.permissions import Role
from feedback.analysis import operations as analysis
from feedback.analysis.models import Finding
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.audit.queries import find_first_broken
from feedback.db import Database, keys
from feedback.responses.models import Comment, Response
from feedback.safeguarding import operations, promise_queries, queries
from feedback.safeguarding.models import Alert, AlertState, ClockRecord, DeskItem, Level, Reading
from tests import staff
from tests.client import Client, Page

CALM = "The lady listened to me and explained the plan in plain words."
WORRIED = "My dad hits me when the social worker has gone home."
POLISH = "Nikt mnie nie słuchał na tym spotkaniu."


def tell(client: Client, words: str, *, lang: str = "en", **answers: str) -> str:
    """Send an answer with words; return its response's id."""
    assert client.walk(lang, who="parent", p_good=words, **answers).name == "done"
    with client.http.application.extensions["database"].reading() as session:
        return str(session.scalars(select(Response.id).order_by(Response.arrival.desc())).first())


@pytest.fixture
def reader(app: Flask) -> Client:
    return staff.signed_in(app, Role.READER)


def save(reader: Client, page: Page, **codes: str) -> Page:
    """Fill the reading form the way the page suggests it, with these changes."""
    themes = {f"theme_{n}": "" for n in (1, 2, 3)} | {f"tone_{n}": "mixed" for n in (1, 2, 3)}
    filled = {"tone": "positive", "redacted": page.markup.areas["redacted"], "level": "0"}
    return reader.post(page, **(themes | filled | codes))


def test_words_that_worry_come_first_whatever_came_before(client: Client, reader: Client) -> None:
    tell(client, CALM)
    tell(client, WORRIED)
    assert WORRIED in plain(reader.get("/staff/desk/next"))


def plain(page: Page) -> str:
    return re.sub(r"<[^>]+>", "", page.html)


def test_of_equal_urgency_the_oldest_comes_first_and_the_next_loads_by_itself(client: Client, reader: Client) -> None:
    tell(client, CALM)
    tell(client, "Nothing more to say, thank you.")
    page = reader.get("/staff/desk/next")
    assert CALM in plain(page)
    page = save(reader, page)
    assert "Nothing more to say" in plain(page)
    page = save(reader, page)
    assert page.name == "desk.overview"
    assert "Nothing waits" in page.text


def test_words_are_shown_nowhere_but_at_the_desk_and_each_showing_leaves_a_line(
    client: Client, reader: Client, database: Database
) -> None:
    tell(client, WORRIED)
    assert "hits me" not in reader.get("/staff/desk/").html
    reader.get("/staff/desk/next")
    with database.reading() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.WORDS_OPENED)).all()
        comment = session.scalars(select(Comment)).one()
        assert [line.facts for line in lines] == [{"comment": comment.id}]
        assert find_first_broken(session) is None
        assert not [e for e in session.scalars(select(AuditEntry)) if "hits" in str(e.facts)]


def test_the_words_that_mattered_are_marked(client: Client, reader: Client) -> None:
    tell(client, WORRIED)
    page = reader.get("/staff/desk/next")
    assert re.search(r'<mark class="mark-concern [^>]*>[^<]*hits', page.html)


def test_what_a_reader_says_is_kept_sealed_and_counts(client: Client, reader: Client, database: Database) -> None:
    response_id = tell(client, CALM)
    page = reader.get("/staff/desk/next")
    save(reader, page, redacted="The [worker] listened.", theme_1="listened", tone_1="positive", may_be_quoted="y")
    with database.reading() as session:
        reading = session.scalars(select(Reading)).one()
        assert (reading.level, reading.tone, reading.may_be_quoted) == ("0", "positive", True)
        assert {theme.theme: theme.tone for theme in reading.themes}["listened"] == "positive"
        assert b"listened" not in reading.sealed_redacted
        assert keys(session).feedback.open(reading.sealed_redacted) == "The [worker] listened."
        item = session.get_one(DeskItem, response_id)
        assert (item.is_read, item.received_at) == (True, None)
        record = session.scalars(select(ClockRecord)).one()
        assert (record.kind, record.is_flagged, record.is_late) == ("first_read", False, False)


def test_a_level_needs_a_reason_and_raises_an_alert(client: Client, reader: Client, database: Database) -> None:
    tell(client, CALM)
    page = reader.get("/staff/desk/next")
    refused = save(reader, page, level="2")
    assert refused.status == 422
    assert "Say what made you choose this level" in refused.text
    save(reader, page, level="2", note="She writes of bruises.")
    with database.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.code, alert.level, alert.state) == (Level.HARM, 2, AlertState.ACKNOWLEDGED)
        assert b"bruises" not in alert.moves[0].sealed_note
        assert session.get_one(DeskItem, alert.response_id).received_at is not None


def test_immediate_danger_says_what_to_do_at_once(client: Client, reader: Client) -> None:
    tell(client, WORRIED)
    page = save(reader, reader.get("/staff/desk/next"), level="3", note="He is in the house now.")
    assert page.name == "desk.act_now"
    assert "999" in page.text


def test_an_untranslated_comment_is_never_in_the_queue_and_never_no_concern(
    client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, POLISH, lang="pl")
    assert reader.get("/staff/desk/next").name == "desk.overview"
    overview = reader.get("/staff/desk/")
    assert "Untranslated" in overview.text
    page = reader.get(f"/staff/desk/{response_id}/p_good")
    assert POLISH in plain(page)
    kept = reader.http.post(
        f"{page.url}/translation",
        data={"csrf_token": page.markup.hidden["csrf_token"], "text": "Nobody listened to me.", "interpreter": "JK"},
    )
    assert kept.status_code == 303
    page = reader.get("/staff/desk/next")
    assert "Nobody listened to me." in plain(page)
    assert POLISH in plain(page)
    with database.reading() as session:
        comment = session.scalars(select(Comment)).one()
        assert b"Nobody" not in comment.translation.sealed_text
        assert comment.translation.interpreter == "JK"


def test_words_that_nobody_here_reads_cannot_be_given_level_0(
    client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, POLISH, lang="pl")
    page = reader.get(f"/staff/desk/{response_id}/p_good")
    assert 'name="level" type="radio" value="0"' not in page.html
    refused = save(reader, page)
    assert (refused.status, "never “no concern”" in refused.text) == (422, True)
    with database.reading() as session:
        assert session.scalars(select(Reading)).all() == []
    save(reader, page, level="2", note="The engine points to harm, and the handwriting is upset.")
    with database.reading() as session:
        assert session.scalars(select(Alert)).one().code == Level.HARM


def test_more_untranslated_comments_than_are_listed_are_counted_all_the_same(
    client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, POLISH, lang="pl")
    with database.transaction() as session:
        sealed = keys(session).feedback.seal(POLISH)
        session.add_all(
            Comment(response_id=response_id, question_id=f"q{number}", sealed_text=sealed) for number in range(60)
        )
    with database.reading() as session:
        assert queries.count_untranslated(session) == 61
    overview = reader.get("/staff/desk/")
    assert "<dt>Untranslated</dt><dd>61</dd>" in overview.html


def test_a_translation_is_analysed_in_english(client: Client, reader: Client, database: Database) -> None:
    response_id = tell(client, POLISH, lang="pl")
    analysis.analyse_pending(database)
    page = reader.get(f"/staff/desk/{response_id}/p_good")
    form = {"csrf_token": page.markup.hidden["csrf_token"], "text": "Nobody listened to me.", "interpreter": "JK"}
    reader.http.post(f"{page.url}/translation", data=form)
    analysis.analyse_pending(database)
    with database.reading() as session:
        assert session.scalars(select(Finding)).one().language == "en"


def test_two_readers_do_not_get_the_same_comment(app: Flask, client: Client, reader: Client) -> None:
    tell(client, CALM)
    tell(client, "Nothing more to say, thank you.")
    other = staff.signed_in(app, Role.READER)
    assert reader.get("/staff/desk/next").url != other.get("/staff/desk/next").url


def test_a_tenth_of_level_0_is_read_again_by_somebody_else_without_the_first_codes(
    app: Flask, client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, CALM)
    save(reader, reader.get("/staff/desk/next"), theme_1="listened", redacted="first reader was here")
    with database.transaction() as session:
        session.execute(update(Reading).values(wants_second=True))
    assert reader.get("/staff/desk/next").name == "desk.overview"
    other = staff.signed_in(app, Role.READER)
    page = other.get("/staff/desk/next")
    assert page.url == f"/staff/desk/{response_id}/p_good"
    assert "second reading" in page.text
    assert "first reader was here" not in page.html
    save(other, page, theme_1="listened", level="1", note="There is a worry in it.")
    with database.reading() as session:
        first, second = promise_queries.list_pairs(session)[0]
        assert (first.level, second.level) == ("0", "1")
    assert "1 of them" in reader.get("/staff/desk/").text or "kappa" in reader.get("/staff/desk/").text


def test_about_one_in_ten_is_drawn_for_a_second_reading(client: Client, database: Database) -> None:
    person, response_id = staff.add(database, Role.READER), tell(client, CALM)
    codes = operations.Codes(Level.NONE, "positive", CALM)
    with database.transaction() as session:
        sealed = keys(session).feedback.seal(CALM)
        for number in range(300):
            comment = Comment(response_id=response_id, question_id=f"q{number}", sealed_text=sealed)
            session.add(comment)
            session.flush()
            operations.read(session, comment=comment, codes=codes, by=person)
        drawn = len(session.scalars(select(Reading).where(Reading.wants_second)).all())
    assert 10 <= drawn <= 55  # 300 draws of one in ten lie outside about once in fifty thousand times


def test_a_reading_can_be_corrected_and_a_level_that_rises_raises_an_alert(
    client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, CALM)
    save(reader, reader.get("/staff/desk/next"))
    again = reader.get(f"/staff/desk/{response_id}/p_good")
    assert "read before" in again.text
    save(reader, again, level="S", note="It is about how the worker behaved.")
    with database.reading() as session:
        assert session.scalars(select(Reading)).one().level == "S"
        assert session.scalars(select(Alert)).one().code == "S"


def test_a_comment_read_by_somebody_else_in_the_meantime_is_not_read_twice(
    client: Client, reader: Client, database: Database
) -> None:
    response_id = tell(client, CALM)
    page = reader.get("/staff/desk/next")
    person = staff.add(database, Role.READER)
    with database.transaction() as session:
        comment = queries.get_comment(session, response_id, "p_good")
        operations.read(session, comment=comment, codes=operations.Codes(Level.NONE, "positive", CALM), by=person)
        with pytest.raises(operations.ReadAlready):
            operations.read(session, comment=comment, codes=operations.Codes(Level.NONE, "mixed", CALM), by=person)
    assert save(reader, replace(page), tone="negative").status == 200
    with database.reading() as session:
        assert len(session.scalars(select(Reading)).all()) == 1


def test_an_unknown_comment_is_no_page(reader: Client) -> None:
    assert reader.get("/staff/desk/nobody/nothing").status == 404
