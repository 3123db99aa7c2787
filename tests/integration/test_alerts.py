"""Alerts: raised with the answer, told in the same transaction, moved only as the table allows, late ones passed up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from feedback import clock
from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from feedback.outbox.letters import Letter, WrongLetter, checked
from feedback.outbox.models import Message
from feedback.safeguarding import help_operations, late_operations, operations, promise_queries, queries
from feedback.safeguarding.models import Alert, AlertState, DeskItem, HelpKind, Level
from feedback.safeguarding.moves import Missing, WhyClosed, WhyReopened
from feedback.safeguarding.operations import Codes, NotRead
from feedback.settings.models import Setting
from tests import staff
from tests.client import Client

WORRIED = "My dad hits me when the social worker has gone home."
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def lead(app: Flask) -> Client:
    return staff.signed_in(app, Role.SAFEGUARDING_LEAD)


def letters(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(m.letter, m.recipient) for m in session.scalars(select(Message).order_by(Message.id))]


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def only_alert(database: Database) -> Alert:
    with database.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert alert.moves is not None
        return alert


def test_an_answer_that_worries_is_told_to_every_lead_without_a_word_of_it(client: Client, database: Database) -> None:
    leads = [staff.add(database, Role.SAFEGUARDING_LEAD).email for _ in range(2)]
    client.walk(who="parent", p_good=WORRIED)
    assert [to for letter, to in letters(database) if letter == Letter.ALERT] == leads
    with database.reading() as session:
        for message in session.scalars(select(Message)):
            assert "hits" not in str(message.facts)


def test_an_answer_without_words_and_worries_leaves_no_moment_behind(client: Client, database: Database) -> None:
    client.walk(who="young", y_good="")
    assert letters(database) == []
    with database.reading() as session:
        assert session.scalars(select(DeskItem)).all() == []  # nothing to read, no moment kept


@pytest.mark.parametrize("facts", [{"level": "dad hits me"}, {}, {"level": 2, "words": 1}])
def test_a_letter_takes_numbers_and_our_own_names_only(facts: dict[str, object]) -> None:
    with pytest.raises(WrongLetter):
        checked(Letter.ALERT, facts)


def test_out_of_hours_whoever_is_on_call_gets_a_letter_without_content(
    client: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        session.execute(update(Setting).where(Setting.name == "on_call_address").values(value="oncall@council.example"))
    client.walk(who="parent", p_good=WORRIED)
    sunday = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    at(monkeypatch, sunday)
    client.walk(who="parent", p_good=WORRIED)
    on_call = [to for letter, to in letters(database) if letter == Letter.ON_CALL]
    assert on_call[-1:] == ["oncall@council.example"]
    with database.reading() as session:
        assert session.scalars(select(Message.facts).where(Message.letter == Letter.ON_CALL)).all()[-1] == {}


def test_a_lead_takes_an_alert_to_its_end_and_everything_is_written_down(
    client: Client, lead: Client, database: Database
) -> None:
    client.walk(who="parent", p_good=WORRIED)
    alert = only_alert(database)
    url = f"/staff/alerts/{alert.id}"
    read_all(database)
    refused = step(lead, url, "passed_on")
    assert refused.status == 422
    step(lead, url, "acknowledged")
    refused = step(lead, url, "passed_on", accepted_by="A. Duty")
    assert "When they accepted it" in refused.text
    done = step(lead, url, "passed_on", accepted_by="A. Duty", accepted_at="11:20", note="Rang twice.")
    assert "Rang twice." in done.text
    closed = only_alert(database)
    assert (closed.state, closed.raised_at) == (AlertState.PASSED_ON, None)
    with database.reading() as session:
        assert all(b"Rang" not in (move.sealed_note or b"") for move in session.get_one(Alert, alert.id).moves)
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.ALERT_MOVED)).all()
        assert [line.facts["after"] for line in lines] == ["acknowledged", "passed_on"]
        assert session.scalars(select(DeskItem)).one().received_at is None


def step(lead: Client, url: str, to: str, **more: str) -> object:
    return lead.post(lead.get(url), to=to, reason=more.pop("reason", ""), **more)


def read_all(database: Database, level: Level = Level.NONE) -> None:
    person = staff.add(database, Role.READER)
    with database.transaction() as session:
        for waiting in queries.list_unread(session):
            operations.read(
                session, comment=waiting.comment, codes=Codes(level, "negative", "…", note="why"), by=person
            )


def test_an_alert_is_not_laid_aside_before_its_words_are_read(client: Client, database: Database) -> None:
    client.walk(who="parent", p_good=WORRIED)
    person, alert = staff.add(database, Role.SAFEGUARDING_LEAD), only_alert(database)
    with database.transaction() as session:
        own = queries.get_alert(session, alert.id)
        operations.move_alert(session, alert=own, to=AlertState.ACKNOWLEDGED, by=person)
        with pytest.raises(NotRead):
            operations.move_alert(
                session, alert=own, to=AlertState.NO_FURTHER_ACTION, by=person, reason=WhyClosed.NO_CONCERN
            )


def test_reading_at_level_0_closes_no_alert(client: Client, database: Database) -> None:
    client.walk(who="parent", p_good=WORRIED)
    read_all(database)
    assert only_alert(database).state == AlertState.RAISED


def test_a_closed_alert_opens_again_only_with_a_reason_and_its_clock_starts_anew(
    client: Client, database: Database
) -> None:
    client.walk(who="parent", p_good=WORRIED)
    read_all(database)
    person, alert = staff.add(database, Role.SAFEGUARDING_LEAD), only_alert(database)
    with database.transaction() as session:
        own = queries.get_alert(session, alert.id)
        operations.move_alert(session, alert=own, to=AlertState.ACKNOWLEDGED, by=person)
        operations.move_alert(
            session, alert=own, to=AlertState.NO_FURTHER_ACTION, by=person, reason=WhyClosed.NO_CONCERN
        )
        assert own.raised_at is None
        with pytest.raises(Missing):
            operations.move_alert(session, alert=own, to=AlertState.BEING_ACTED_ON, by=person)
        operations.move_alert(
            session, alert=own, to=AlertState.BEING_ACTED_ON, by=person, reason=WhyReopened.NEW_INFORMATION
        )
        assert own.raised_at is not None


def test_what_is_late_is_told_to_the_lead_once_and_a_working_day_later_further_on(
    client: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = staff.add(database, Role.SAFEGUARDING_LEAD).email
    with database.transaction() as session:
        session.execute(update(Setting).where(Setting.name == "escalate_to").values(value="head@council.example"))
    at(monkeypatch, MONDAY)
    client.walk(who="parent", p_good=WORRIED)
    with database.transaction() as session:
        session.execute(Message.__table__.delete())
    told = []
    for later in (timedelta(hours=1), timedelta(hours=3), timedelta(hours=4), timedelta(days=1, hours=4)):
        at(monkeypatch, MONDAY + later)
        with database.transaction() as session:
            late_operations.tell_late(session)
        told.append(letters(database))
        with database.transaction() as session:
            session.execute(Message.__table__.delete())
    assert told[0] == []
    assert (str(Letter.LATE), lead) in told[1]
    assert (str(Letter.LATE), lead) not in told[2]
    assert (str(Letter.LATE), "head@council.example") in told[3]


def test_late_first_readings_end_up_in_the_monthly_figures(
    client: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, MONDAY)
    client.walk(who="parent", p_good=WORRIED)
    at(monkeypatch, MONDAY + timedelta(hours=3))
    read_all(database)
    with database.reading() as session:
        month = promise_queries.list_months(session)[0]
    assert (month.month, month.read, month.flagged, month.late) == ("2026-11", 1, 1, 1)
    assert month.median_minutes == 180


def test_a_request_for_help_that_waits_too_long_is_told_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = staff.add(database, Role.SAFEGUARDING_LEAD).email
    at(monkeypatch, MONDAY)
    with database.transaction() as session:
        help_operations.ask(session, kind=HelpKind.CALL, language="en", details={"way": "07700 900123"})
        session.execute(Message.__table__.delete())
    for later in (timedelta(hours=1), timedelta(days=1, hours=1), timedelta(days=1, hours=2)):
        at(monkeypatch, MONDAY + later)
        with database.transaction() as session:
            late_operations.tell_late(session)
    assert letters(database) == [(str(Letter.LATE), lead)]


@pytest.mark.parametrize(("level", "is_told"), [(3, True), (2, False)])
def test_an_alert_of_immediate_danger_says_first_whom_to_ring(
    client: Client, lead: Client, database: Database, level: int, *, is_told: bool
) -> None:
    client.walk(who="parent", p_good=WORRIED)
    with database.transaction() as session:
        session.execute(update(Alert).values(level=level))
    page = lead.get(f"/staff/alerts/{only_alert(database).id}")
    assert ("immediate danger" in page.text) is is_told
    assert any(link.get("href") == "tel:999" for link in page.markup.links) is is_told
