"""The audit log: declared facts, a chain that tells where it was touched, keys that rotate, lines that are purged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit import queries
from feedback.audit.actions import FACTS, Action
from feedback.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from feedback.db import Database
from feedback.security import Hasher, Keyring
from tests import staff
from tests.client import Client

SOME = 8


@pytest.fixture
def log(database: Database) -> list[int]:
    """A log with some lines after those of setting up; the ids of all."""
    with database.transaction() as session:
        for number in range(SOME):
            audit.record(session, Action.SIGNED_IN, by=f"person:{number}", person=number)
        return list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def broken_at(database: Database) -> int | None:
    with database.reading() as session:
        return queries.find_first_broken(session)


def test_an_untouched_log_holds_together(database: Database, log: list[int]) -> None:
    assert len(log) >= SOME
    assert broken_at(database) is None


@pytest.mark.parametrize("facts", [{}, {"person": 1, "name": "x"}])
def test_a_missing_or_an_extra_fact_is_an_error(database: Database, facts: dict[str, object]) -> None:
    with database.transaction() as session, pytest.raises(audit.WrongFacts):
        audit.record(session, Action.SIGNED_IN, by="test", **facts)


def test_every_action_declares_its_facts() -> None:
    assert set(FACTS) == set(Action)


@pytest.mark.parametrize(
    "change",
    [{"actor": "somebody"}, {"action": "signed_out"}, {"facts": {"person": 99}}, {"at": None}, {"seal": "x:y"}],
)
def test_a_changed_line_is_found(database: Database, log: list[int], change: dict[str, object]) -> None:
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[-4]).values(**change))
    assert broken_at(database) == log[-4]


def test_a_removed_line_is_found(database: Database, log: list[int]) -> None:
    with database.transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == log[-4]))
    assert broken_at(database) == log[-3]


def test_an_inserted_line_is_found(database: Database, log: list[int]) -> None:
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[-1]).values(id=log[-1] + 1))
        copied = session.get_one(AuditEntry, log[-2])
        session.add(
            AuditEntry(id=log[-1], at=copied.at, actor="x", action=copied.action, facts=copied.facts, seal=copied.seal)
        )
    assert broken_at(database) == log[-1]


def test_lines_cut_off_at_the_end_are_missed(database: Database, log: list[int]) -> None:
    with database.transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id > log[-3]))
    assert broken_at(database) == log[-1]
    with database.transaction() as session:
        session.execute(update(AuditHead).values(last_id=log[-3], number=len(log) - 2))
    assert broken_at(database) == log[-3]


def test_an_old_key_can_be_taken_out_of_use_behind_a_checkpoint(database: Database, log: list[int]) -> None:
    old = database.reading.kw["info"]["keyring"]
    both = Keyring(old.feedback, old.identity, Hasher(("a newer key", *old.hasher.keys)))
    new = Keyring(old.feedback, old.identity, Hasher(("a newer key",)))
    use(database, both)
    with database.transaction() as session:
        audit.renew(session)
    use(database, new)
    assert broken_at(database) is None
    with database.transaction() as session:
        audit.record(session, Action.SIGNED_IN, by="test", person=1)
    assert broken_at(database) is None
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[2]).values(actor="somebody"))
    assert broken_at(database) is not None


def use(database: Database, keyring: Keyring) -> None:
    for maker in (database.reading, database.writing, database.drafting):
        maker.configure(info={"keyring": keyring})


def test_old_lines_are_purged_behind_a_checkpoint_and_the_chain_goes_on(
    database: Database, log: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.reading() as session:
        moment = session.get_one(AuditEntry, log[-3]).at
    with database.transaction() as session:
        removed = audit.purge(session, before=moment)
    assert removed > 0
    assert broken_at(database) is None
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=1))
    with database.transaction() as session:
        audit.record(session, Action.SIGNED_IN, by="test", person=1)
        assert session.get(AuditEntry, log[0]) is None
    assert broken_at(database) is None
    with database.transaction() as session:
        session.execute(update(AuditCheckpoint).values(purged_to=0))
    assert broken_at(database) is not None


def test_a_log_that_was_touched_is_not_purged(database: Database, log: list[int]) -> None:
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[1]).values(actor="somebody"))
    with database.transaction() as session, pytest.raises(audit.Tampered):
        audit.purge(session, before=clock.now())
    assert count(database) == len(log)


@pytest.fixture
def purged(database: Database, log: list[int]) -> int:
    """Purge twice; return the id of the first line that is left."""
    for place in (-6, -3):
        with database.reading() as session:
            moment = session.get_one(AuditEntry, log[place]).at
        with database.transaction() as session:
            assert audit.purge(session, before=moment) > 0
    assert broken_at(database) is None
    return log[-3]


def count(database: Database) -> int:
    with database.reading() as session:
        return queries.count_entries(session)


def first_left(session: Session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first() or pytest.fail("nothing is left")


def remove_one_more(session: Session, _purged: int) -> None:
    session.delete(first_left(session))


def put_one_back(session: Session, purged: int) -> None:
    seal = first_left(session).seal
    session.add(AuditEntry(id=purged - 1, at=clock.now(), actor="x", action="signed_in", facts={}, seal=seal))


def change_one_left(session: Session, purged: int) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.id == purged).values(actor="somebody"))


def forget_the_checkpoint(session: Session, _purged: int) -> None:
    session.delete(queries.find_checkpoint(session))


def forget_every_checkpoint(session: Session, _purged: int) -> None:
    session.execute(delete(AuditCheckpoint))


def move_the_checkpoint(session: Session, purged: int) -> None:
    session.execute(update(AuditCheckpoint).values(purged_to=purged))
    session.delete(first_left(session))


def change_what_came_after(session: Session, _purged: int) -> None:
    last = queries.find_last(session)
    session.execute(update(AuditEntry).where(AuditEntry.id == last.id).values(facts={"number": 1}))


@pytest.mark.parametrize(
    "tamper",
    [
        remove_one_more, put_one_back, change_one_left, forget_the_checkpoint, forget_every_checkpoint,
        move_the_checkpoint, change_what_came_after,
    ],
)  # fmt: skip
def test_tampering_with_a_purged_log_is_found(
    database: Database, purged: int, tamper: Callable[[Session, int], None]
) -> None:
    with database.transaction() as session:
        tamper(session, purged)
    assert broken_at(database) is not None


def test_lines_are_kept_for_six_years(app: Flask, database: Database, log: list[int]) -> None:
    with database.reading() as session:
        old = len(session.scalars(select(AuditEntry).where(AuditEntry.id <= log[-4])).all())
    six_years_ago = clock.now() - timedelta(days=6 * 366 + 31)
    with database.transaction() as session:
        rebuild(session, dict.fromkeys(log[:-3], six_years_ago))
    assert broken_at(database) is None
    shown = app.test_cli_runner().invoke(args=["purge-audit", "--years", "7"])
    assert (shown.exit_code, count(database)) == (0, len(log))
    shown = app.test_cli_runner().invoke(args=["purge-audit"])
    assert f"{old} lines removed" in shown.output
    assert (broken_at(database), count(database)) == (None, 3 + 1)  # the purge has left its own line


def rebuild(session: Session, moments: dict[int, datetime]) -> None:
    """Write the log anew as if some of its lines had been written earlier."""
    before = ""
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        entry.at = moments.get(entry.id, entry.at)
        text = queries.chained(before, entry.at, entry.actor, entry.action, entry.facts)
        before = entry.seal = session.info["keyring"].hasher.digest("audit", text)


def test_a_checkpoint_never_makes_a_broken_log_look_right(database: Database, log: list[int]) -> None:
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[-4]).values(actor="somebody"))
    with database.transaction() as session, pytest.raises(audit.Tampered):
        audit.set_checkpoint(session)


def test_verify_audit_says_where(app: Flask, database: Database, log: list[int]) -> None:
    shown = app.test_cli_runner().invoke(args=["verify-audit"])
    assert (shown.exit_code, "holds together" in shown.output) == (0, True)
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == log[-4]).values(actor="somebody"))
    shown = app.test_cli_runner().invoke(args=["verify-audit"])
    assert shown.exit_code == 1
    assert f"line {log[-4]}" in shown.output


def test_the_auditor_filters_the_log_and_sees_no_word_of_a_family(app: Flask, client: Client, log: list[int]) -> None:
    assert log
    client.walk(who="parent", p_good="My dad hits me when the social worker has gone home.")
    auditor = staff.signed_in(app, Role.AUDITOR)
    page = auditor.get("/staff/audit/")
    assert "response received" in page.text
    assert "hits" not in page.html
    filtered = auditor.get("/staff/audit/?action=signed_in")
    assert "person:3" in filtered.text
    assert "response received</td>" not in filtered.html
    assert "holds together" in auditor.get("/staff/audit/?check=1").text
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    assert "signed in</td>" in auditor.get(f"/staff/audit/?first_day={today}&last_day={today}").html
    assert "signed in</td>" not in auditor.get(f"/staff/audit/?first_day={tomorrow}").html
    assert "signed in</td>" not in auditor.get(f"/staff/audit/?last_day={today - timedelta(days=1)}").html
    assert "signed in</td>" in auditor.get("/staff/audit/?first_day=nonsense").html


def test_the_auditor_finds_somebody_by_their_address(app: Flask, database: Database) -> None:
    person = staff.add(database, Role.READER)
    with database.transaction() as session:
        audit.record(session, Action.SIGNED_OUT, by=person.actor, person=person.id)
        audit.record(session, Action.SIGNED_IN, by="system", person=person.id)
    shown = staff.signed_in(app, Role.AUDITOR).get(f"/staff/audit/?actor={person.email}").html
    assert f'<td class="govuk-table__cell">{person.email}</td>' in shown
    assert ("signed out</td>" in shown, "signed in</td>" in shown) == (True, False)


def test_older_lines_are_a_page_further_with_the_same_filter(app: Flask, database: Database) -> None:
    with database.transaction() as session:
        for number in range(queries.PAGE + 1):
            audit.record(session, Action.SIGNED_IN, by="person:77", person=number)
    page = staff.signed_in(app, Role.AUDITOR).get("/staff/audit/?actor=person:77&action=signed_in")
    older = next(str(link["href"]) for link in page.markup.links if "before=" in str(link.get("href")))
    assert "actor=person:77" in older
    assert "person 0" in staff.signed_in(app, Role.AUDITOR).get(older).text
