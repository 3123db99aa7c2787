"""Letters by the calendar: owners are reminded of their actions, readers are told of figures, each once, by a link."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.accounts import operations as accounts
from feedback.accounts import queries as people
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.improvements import reminder_operations as reminders
from feedback.improvements.models import State
from feedback.outbox import queries as outbox
from feedback.outbox.letters import Letter, written
from feedback.outbox.models import Message
from feedback.subscriptions import operations, queries
from feedback.subscriptions.models import Rhythm
from tests import staff
from tests.integration.test_improvements import FACTS, add, release

STAFF_SIDE = "https://views.council.example/staff/"


def waiting(database: Database) -> list[Message]:
    """Return every letter in the outbox."""
    with database.reading() as session:
        return outbox.list_waiting(session)


def remind(database: Database) -> int:
    """Remind whoever is due."""
    with database.transaction() as session:
        return reminders.remind(session)


def announce(database: Database) -> int:
    """Tell whoever is due."""
    with database.transaction() as session:
        return operations.announce(session)


def test_an_owner_is_reminded_before_the_day_and_after_it_once_each(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    action = add(database, due_on=today + timedelta(days=10))
    add(database, due_on=today + timedelta(days=20))
    assert [remind(database), remind(database)] == [1, 0]
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=11))
    assert [remind(database), remind(database)] == [2, 0]  # the first is overdue, the other has come near
    letters = [(each.letter, each.recipient, each.facts) for each in waiting(database)]
    assert letters[:2] == [
        ("action_soon", FACTS.owner_person, {"action": action.id, "number": action.number}),
        ("action_overdue", FACTS.owner_person, {"action": action.id, "number": action.number}),
    ]


@pytest.mark.parametrize(
    "changes", [{"state": State.DONE}, {"state": State.REFUSED, "why_not": "No."}, {"owner_person": "To be named"}]
)
def test_nobody_is_reminded_of_what_is_finished_or_owned_by_no_address(
    database: Database, changes: dict[str, str]
) -> None:
    add(database, due_on=clock.today() - timedelta(days=1), **changes)
    assert remind(database) == 0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_of_an_owner_whose_account_is_closed_whoever_can_name_another_hears(database: Database, role: Role) -> None:
    owner = staff.add(database, Role.MANAGER)
    action = add(database, due_on=clock.today() - timedelta(days=1), owner_person=owner.email.title())
    with database.transaction() as session:
        for person in people.list_holders(session, Role.MANAGER):
            accounts.deactivate(session, person=person, by="test")
    deputy = staff.add(database, role)
    assert [remind(database), remind(database)] == [1, 0]
    (letter,) = waiting(database)
    subject, text = written(Letter(letter.letter), letter.facts, address=STAFF_SIDE)
    assert letter.recipient == deputy.email
    assert "needs another owner" in subject
    assert f"improvements/{action.id}/edit" in text


def test_the_page_says_when_a_reminder_was_written(app: Flask, database: Database) -> None:
    action = add(database, due_on=clock.today() - timedelta(days=1))
    remind(database)
    page = staff.signed_in(app, Role.MANAGER).get(f"/staff/improvements/{action.id}")
    assert "Reminder written on" in page.text
    assert "This is overdue" in page.text


def test_an_owner_without_an_address_is_refused_in_the_form(app: Flask, database: Database) -> None:
    action = add(database)
    client = staff.signed_in(app, Role.MANAGER)
    page = client.get(f"/staff/improvements/{action.id}/edit")
    refused = client.post(page, owner_person="Head of something")
    assert (refused.status, "e-mail address at work" in refused.text) == (422, True)


def test_somebody_is_told_of_each_final_quarter_once(app: Flask, database: Database) -> None:
    release(database, "2025-Q1", 40)
    client = staff.signed_in(app, Role.MANAGER)
    client.post(client.get("/staff/reports-by-e-mail/"), rhythm="quarterly")
    assert announce(database) == 0, "what was final before is known"
    release(database, "2025-Q2", 50)
    assert [announce(database), announce(database)] == [1, 0]
    (letter,) = waiting(database)
    subject, text = written(Letter(letter.letter), letter.facts, address=STAFF_SIDE)
    assert subject == "Your views: figures of 2025-Q2"
    assert f"{STAFF_SIDE}figures/2025-Q2" in text
    assert "50" not in text


def test_a_month_brings_the_running_quarter(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = staff.add(database, Role.ADVOCATE)
    with database.transaction() as session:
        operations.subscribe(session, person=reader, rhythm=Rhythm.MONTHLY, by=reader)
    assert announce(database) == 0
    monkeypatch.setattr(clock, "today", lambda: date(2031, 5, 1))
    assert announce(database) == 1
    assert waiting(database)[0].facts == {"year": 2031, "quarter": 2}
    assert Quarter.current() == Quarter(2031, 2)


def test_whoever_may_no_longer_read_figures_is_not_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = staff.add(database, Role.READER)
    made_up = staff.add(database, Role.MANAGER, is_demo=True)
    with database.transaction() as session:
        for person in (reader, made_up):
            operations.subscribe(session, person=person, rhythm=Rhythm.MONTHLY, by=person)
    monkeypatch.setattr(clock, "today", lambda: date(2031, 5, 1))
    assert announce(database) == 0


def test_an_administrator_chooses_for_others_and_only_for_who_may_read_figures(app: Flask, database: Database) -> None:
    manager, reader = staff.add(database, Role.MANAGER), staff.add(database, Role.READER)
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/reports-by-e-mail/everybody")
    assert manager.email in page.text
    assert reader.email not in page.text
    token = page.markup.hidden[f"p{manager.id}-csrf_token"]
    for person, status in ((manager, 303), (reader, 404)):
        sent = {f"p{person.id}-csrf_token": token, f"p{person.id}-rhythm": "monthly"}
        assert client.http.post(f"/staff/reports-by-e-mail/everybody/{person.id}", data=sent).status_code == status
    with database.reading() as session:
        assert queries.find_rhythm(session, manager.id) is Rhythm.MONTHLY
    sent = {f"p{manager.id}-csrf_token": token, f"p{manager.id}-rhythm": ""}
    client.http.post(f"/staff/reports-by-e-mail/everybody/{manager.id}", data=sent)
    with database.reading() as session:
        assert queries.find_rhythm(session, manager.id) is None
