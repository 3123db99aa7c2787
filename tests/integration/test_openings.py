"""The sealed link: no role and no page joins words to an event without an opening by two people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.routing import IntegerConverter, Rule

from feedback import clock
from feedback.accounts.permissions import PERMISSIONS, Permission, Role
from feedback.accounts.queries import get_person
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from feedback.events.models import Event
from feedback.events.operations import add_event
from feedback.identity import opening_operations as operations
from feedback.identity import queries
from feedback.identity import role as link_role
from feedback.identity.models import IssuedCode, Opening, OpeningReason, SealedLink
from feedback.identity.operations import forget_links, forget_on, issue_codes
from feedback.outbox.models import Message
from feedback.responses.models import Response
from feedback.safeguarding.late_operations import tell_late
from feedback.safeguarding.models import Alert, Level, Reason
from feedback.safeguarding.operations import Signal, raise_alerts
from tests import staff
from tests.client import Client, Page

REFERENCE = "EVENT-4711"
WORRIED = "My dad hits me when the social worker has gone home."


@pytest.fixture
def response_id(client: Client, database: Database) -> str:
    """An answer with a code from a card, and an alert."""
    with database.transaction() as session:
        event = add_event(session, reference=REFERENCE, event_type="icpc", held_on=date(2026, 11, 2))
        (code,) = issue_codes(session, event=event, audience="parent", number=1, by="test")
    assert client.walk(who="parent", code=code, p_good=WORRIED).name == "done"
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        assert response.has_code
        return response.id


def alert_id(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(Alert.id)).first() or 0


def asked(lead: Client, database: Database, reason: str = "harm") -> Page:
    page = lead.get(f"/staff/openings/ask/{alert_id(database)}")
    return lead.post(page, reason=reason, words="She has to be found today.")


def only_opening(database: Database) -> Opening:
    with database.reading() as session:
        return session.scalars(select(Opening)).one()


def decide(approver: Client, opening: Opening, decision: str) -> Page:
    return approver.post(approver.get(f"/staff/openings/{opening.id}/decide"), decision=decision)


@pytest.mark.usefixtures("response_id")
def test_two_people_open_one_link_for_half_an_hour(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    waits = asked(lead, database)
    assert "A second person has to agree first" in waits.text
    assert lead.post(waits).status == 422
    decide(approver, only_opening(database), "yes")
    page = lead.get(waits.url)
    assert REFERENCE not in page.text
    assert REFERENCE in lead.post(page).text
    now = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: now)
    later = lead.post(page)
    assert later.status == 422
    assert REFERENCE not in later.text


@pytest.mark.usefixtures("response_id")
def test_a_refused_opening_stays_sealed(app: Flask, database: Database) -> None:
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    page = asked(lead, database)
    decide(approver, only_opening(database), "no")
    assert lead.post(lead.get(page.url)).status in {405, 422}
    assert REFERENCE not in lead.get(page.url).text


def test_in_danger_one_person_opens_it_and_another_reviews(app: Flask, database: Database, response_id: str) -> None:
    with database.transaction() as session:
        session.execute(update(Alert).where(Alert.response_id == response_id).values(code=Level.DANGER))
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    page = asked(lead, database, reason="danger")
    assert REFERENCE in lead.post(page).text
    assert "Review" in approver.get("/staff/openings/").text
    decide(approver, only_opening(database), "yes")
    with database.reading() as session:
        line = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.OPENING_DECIDED)).one()
        assert line.facts == {"opening": only_opening(database).id, "is_agreed": True, "is_review": True}


def test_in_danger_the_alert_one_comes_from_does_not_matter(app: Flask, database: Database, response_id: str) -> None:
    with database.transaction() as session:
        raise_alerts(session, response_id=response_id, signals=[Signal(Reason.WORDS, "unsafe_now", 3)])
        newest = session.scalars(select(Alert).order_by(Alert.id.desc())).first()
        assert newest is not None
        newest.code = Level.DANGER
    lead = staff.signed_in(app, Role.SAFEGUARDING_LEAD)
    assert "open to you until" in asked(lead, database, reason="danger").text


@pytest.mark.usefixtures("response_id")
def test_the_reason_danger_alone_opens_nothing(app: Flask, database: Database) -> None:
    lead = staff.signed_in(app, Role.SAFEGUARDING_LEAD)
    page = asked(lead, database, reason="danger")  # no reader has given level 3
    assert lead.post(page).status == 422


def test_nobody_agrees_to_their_own_wish(database: Database, response_id: str) -> None:
    person = staff.add(database, Role.SECOND_APPROVER)
    with database.transaction() as session:
        opening = operations.ask(
            session, response_id=response_id, reason=OpeningReason.HARM, words="why", by=person, is_danger=False
        )
        with pytest.raises(operations.OneselfNever):
            operations.decide(session, opening=opening, is_agreed=True, by=person)
    assert not [role for role in Role if {Permission.ASK_FOR_OPENING, Permission.APPROVE_OPENING} <= PERMISSIONS[role]]


@pytest.mark.usefixtures("response_id")
def test_somebody_elses_opening_is_open_to_nobody(app: Flask, database: Database) -> None:
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    page = asked(lead, database)
    decide(approver, only_opening(database), "yes")
    assert staff.signed_in(app, Role.SAFEGUARDING_LEAD).get(page.url).status == 404


@pytest.mark.usefixtures("response_id")
def test_each_step_leaves_a_line_and_the_first_look_is_told_to_the_auditors(app: Flask, database: Database) -> None:
    auditor = staff.add(database, Role.AUDITOR)
    approver_person = staff.add(database, Role.SECOND_APPROVER)
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    page = asked(lead, database)
    decide(approver, only_opening(database), "yes")
    for _ in range(2):
        lead.post(lead.get(page.url))
    with database.reading() as session:
        lines = [e.action for e in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
        told = [(m.letter, m.recipient) for m in session.scalars(select(Message))]
        everything = str([e.facts for e in session.scalars(select(AuditEntry))])
    assert lines.count(Action.OPENING_ASKED) == lines.count(Action.OPENING_DECIDED) == 1
    assert lines.count(Action.LINK_OPENED) == 2
    assert told.count(("opening_used", auditor.email)) == 1
    assert ("opening_asked", approver_person.email) in told
    assert REFERENCE not in everything


def test_no_role_and_no_page_joins_words_to_an_event_without_an_opening(
    app: Flask, database: Database, response_id: str
) -> None:
    """Every page, of every role and of whoever waits for an opening, looked at and sent: none shows both."""
    lead = staff.signed_in(app, Role.SAFEGUARDING_LEAD)
    asked(lead, database)
    with database.reading() as session:
        quarter = session.get_one(Response, response_id).quarter
        event_id = session.scalars(select(Event.id)).one()
    known = {"alert_id": alert_id(database), "response_id": response_id, "question_id": "p_good", "event_id": event_id}
    known |= {"name": quarter, "lang": "en", "language": "en", "version": "parent", "layer": "full"}
    addresses = [address_of(app, rule, known) for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    shown = {"words": 0, "reference": 0}
    everybody = [(staff.signed_in(app, role), "/staff/") for role in Role]
    for client, side in [(lead, "/staff/"), *everybody, (Client(app.test_client()), "/")]:
        for address in addresses:
            if not address.startswith(side) or "/sign-" in address:  # what ends the session
                continue
            page = client.get(address)
            pages = [page.html, client.post(page).html] if "csrf_token" in page.markup.hidden else [page.html]
            for html in pages:
                has_words = WORRIED in re.sub(r"<[^>]+>", "", html)
                shown["words"] += has_words
                shown["reference"] += REFERENCE in html
                assert not (REFERENCE in html and (has_words or response_id in html)), address
    assert min(shown.values()) > 0  # each is shown somewhere, so that this test could fail
    assert only_opening(database).times_opened == 0


def address_of(app: Flask, rule: Rule, known: dict[str, Any]) -> str:
    """Return an address of a page: with what there is, else with the first of a kind."""
    kinds = rule._converters  # noqa: SLF001 - werkzeug tells nowhere else what an address takes
    made = {
        name: known.get(name, 1 if isinstance(kinds.get(name), IntegerConverter) else "x") for name in rule.arguments
    }
    return app.url_map.bind("localhost").build(rule.endpoint, made)


@pytest.mark.usefixtures("response_id")
def test_a_link_is_forgotten_ninety_days_after_its_event(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert forget_on(date(2026, 11, 2)) == date(2027, 2, 1)
    assert forget_on(date(2026, 10, 3)) == date(2027, 2, 1)
    with database.transaction() as session:
        assert forget_links(session) == 0
    monkeypatch.setattr(clock, "today", lambda: date(2027, 2, 1))
    with database.transaction() as session:
        assert forget_links(session) == 1
        with link_role.taken(session):
            assert session.scalars(select(IssuedCode)).all() == []
            assert session.scalars(select(SealedLink)).all() == []


@pytest.mark.usefixtures("response_id")
@pytest.mark.parametrize(("decision", "outcome"), [("yes", "open to you"), ("no", "refused")])
def test_whoever_asked_is_told_at_once_and_sees_the_outcome(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch, decision: str, outcome: str
) -> None:
    lead, approver = staff.signed_in(app, Role.SAFEGUARDING_LEAD), staff.signed_in(app, Role.SECOND_APPROVER)
    asked(lead, database)
    assert "waits for the second person" in lead.get("/staff/openings/mine").text
    decide(approver, only_opening(database), decision)
    with database.reading() as session:
        asker = get_person(session, only_opening(database).asked_by or 0).email
        letter = session.scalars(select(Message).where(Message.letter == "opening_decided")).one()
    assert (letter.recipient, letter.facts["decision"]) == (asker, "agreed" if decision == "yes" else "refused")
    assert outcome in lead.get("/staff/openings/mine").text
    assert "Nothing waits" not in lead.get(f"/staff/openings/ask/{alert_id(database)}").text
    now = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert ("expired" if decision == "yes" else "refused") in lead.get("/staff/openings/mine").text
    assert "EVENT" not in lead.get("/staff/openings/mine").text
    assert "waits" not in staff.signed_in(app, Role.SAFEGUARDING_LEAD).get("/staff/openings/mine").text


def test_an_opening_found_wrong_on_review_closes_and_is_told_to_the_auditors(
    app: Flask, database: Database, response_id: str
) -> None:
    auditor = staff.add(database, Role.AUDITOR)
    person, approver = staff.add(database, Role.SAFEGUARDING_LEAD), staff.add(database, Role.SECOND_APPROVER)
    with database.transaction() as session:
        opening = operations.ask(
            session, response_id=response_id, reason=OpeningReason.DANGER, words="why", by=person, is_danger=True
        )
        operations.open_link(session, opening=opening, by=person)
        operations.decide(session, opening=opening, is_agreed=False, by=approver)
        with pytest.raises(operations.NotOpen):
            operations.open_link(session, opening=opening, by=person)
        told = session.scalars(select(Message).where(Message.letter == "opening_decided")).all()
    assert {message.recipient for message in told} == {person.email, auditor.email}
    assert {message.facts["decision"] for message in told} == {"found_wrong_on_review"}
    shown = staff.signed_in(app, Role.AUDITOR).get("/staff/audit/openings").text
    assert "found wrong, after it opened at once" in " ".join(shown.split())


def test_a_review_that_nobody_makes_within_a_working_day_is_late_everywhere_and_passed_up(
    app: Flask, database: Database, response_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor, approver = staff.add(database, Role.AUDITOR), staff.add(database, Role.SECOND_APPROVER)
    administrator, person = staff.add(database, Role.ADMINISTRATOR), staff.add(database, Role.SAFEGUARDING_LEAD)
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: friday)
    with database.transaction() as session:
        operations.ask(
            session, response_id=response_id, reason=OpeningReason.DANGER, words="why", by=person, is_danger=True
        )
    told = []
    for hours in (71, 73, 74, 96, 98):  # Monday at 14:00, 16:00 and 17:00, Tuesday at 15:00 and 17:00
        now = friday + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        with database.transaction() as session:
            session.execute(delete(Message))
            tell_late(session)
            late = session.scalars(select(Message).where(Message.letter == "late"))
            told.append([m.recipient for m in late if m.facts["step"] == "opening_of_a_sealed_link"])
    assert told == [[], [approver.email, auditor.email], [], [], [administrator.email]]
    for role, url in ((Role.SECOND_APPROVER, "/staff/openings/"), (Role.AUDITOR, "/staff/audit/openings")):
        assert "late since Mon 30 Nov, 15:00" in staff.signed_in(app, role).get(url).text


def test_the_auditor_sees_the_counts_of_each_year(app: Flask, database: Database, response_id: str) -> None:
    person, approver = staff.add(database, Role.SAFEGUARDING_LEAD), staff.add(database, Role.SECOND_APPROVER)
    with database.transaction() as session:
        for is_danger, is_agreed in ((False, True), (False, False), (True, None)):
            reason = OpeningReason.DANGER if is_danger else OpeningReason.HARM
            asked: dict[str, Any] = {"reason": reason, "words": "why", "by": person, "is_danger": is_danger}
            opening = operations.ask(session, response_id=response_id, **asked)
            if is_agreed is not None:
                operations.decide(session, opening=opening, is_agreed=is_agreed, by=approver)
            if is_agreed is not False:
                operations.open_link(session, opening=opening, by=person)
        (year,) = queries.list_years(session)
    assert (year.asked, year.refused, year.at_once, year.unreviewed, year.looks) == (3, 1, 1, 1, 2)
    assert str(year.year) in staff.signed_in(app, Role.AUDITOR).get("/staff/audit/openings").text
