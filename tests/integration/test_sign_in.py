"""Signing in: passwords, second factor, waiting, and what is remembered of refusals."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select

from feedback import db, demonstration
from feedback.accounts import attempts, datastore, operations, passwords, queries
from feedback.accounts.models import Person, SignInAttempt
from feedback.accounts.permissions import FORBIDDEN_TOGETHER, Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.audit.queries import find_first_broken
from feedback.db import Database
from tests import staff
from tests.client import Client


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_library_accepts_our_hashes(app: Flask) -> None:
    with app.app_context():
        assert verify_password(staff.PASSWORD, passwords.hashed(staff.PASSWORD))
        assert passwords.hashed(staff.PASSWORD).startswith("$argon2id$")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(passwords.WeakPassword):
        passwords.hashed("short")


def test_a_reader_signs_in_and_out(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    home = staff.sign_in(client, person.email)
    assert (home.status, home.name) == (200, "home.start")
    assert person.email in home.text
    client.post(replace(home, url="/staff/sign-out"))
    assert client.get("/staff/").name == "account.sign_in"
    assert actions(database)[-2:] == [Action.SIGNED_IN, Action.SIGNED_OUT]
    with database.reading() as session:
        assert find_first_broken(session) is None


def test_after_signing_in_the_page_that_was_asked_for_opens(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    way_in = client.get("/staff/password")
    assert client.post(way_in, email=person.email, password=staff.PASSWORD).name == "account.password"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/staff/", "/staff/\\example.org", "/en/"])
def test_a_sign_in_never_leads_elsewhere(client: Client, database: Database, elsewhere: str) -> None:
    person = staff.add(database, Role.READER)
    way_in = client.get("/staff/sign-in")
    assert client.post(way_in, email=person.email, password=staff.PASSWORD, next=elsewhere).name == "home.start"


def test_known_and_unknown_accounts_get_the_same_answer(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    answers = []
    for email in (person.email, "nobody@council.example"):
        for _ in range(queries.FREE_TRIES + 1):
            page = staff.sign_in(client, email, "wrong wrong wrong")
            body = re.sub(r'value="[^"]*"|\d\d:\d\d', "", page.html)
            answers.append((email, page.status, body))
    known = [answer[1:] for answer in answers if answer[0] == person.email]
    unknown = [answer[1:] for answer in answers if answer[0] != person.email]
    assert known == unknown
    assert known[-1][0] == 429


def test_after_five_refusals_even_the_right_password_has_to_wait(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    for _ in range(queries.FREE_TRIES):
        assert staff.sign_in(client, person.email.upper(), "wrong wrong wrong").status == 422
    assert staff.sign_in(client, person.email).status == 429
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == queries.FREE_TRIES
    assert actions(database).count(Action.SIGN_IN_REFUSED) == queries.FREE_TRIES


def test_signing_in_starts_the_count_anew(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    staff.sign_in(client, person.email, "wrong wrong wrong")
    staff.sign_in(client, person.email)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_a_role_with_a_second_factor_is_led_to_set_it_up_and_sees_nothing_else(
    client: Client, database: Database
) -> None:
    person = staff.add(database, Role.SAFEGUARDING_LEAD)
    set_up = staff.sign_in(client, person.email)
    assert set_up.name == "account.set_second_factor"
    assert client.get("/staff/").name == "account.sign_in"
    set_up = client.get("/staff/sign-in/set-up")
    key = re.search(r"<bdi dir=\"ltr\">([^<]+)</bdi>", set_up.html)[1].replace("-", "").replace(" ", "")
    assert client.post(set_up, code="000000").status == 422
    offer = client.post(client.get("/staff/sign-in/set-up"), code=staff.code_for(key))
    assert offer.name == "account.recovery_codes"
    codes = client.post(offer)
    assert client.get("/staff/").name == "home.start"
    with database.reading() as session:
        stored = queries.find_person(session, person.email)
        assert key not in stored.tf_totp_secret
        assert len(stored.mf_recovery_codes) == 8
        assert all(code not in codes.text for code in stored.mf_recovery_codes)


def second_factor(app: Flask, database: Database) -> tuple[Person, str, list[str]]:
    """A safeguarding lead with an authenticator; return them, the key and the recovery codes."""
    person = staff.add(database, Role.SAFEGUARDING_LEAD)
    with app.test_request_context(method="POST"):
        secret = datastore.new_secret()
        own = queries.get_person(db.session(), person.id)
        datastore.set_second_factor(own, secret)
        codes = datastore.new_recovery_codes(own)
        key = datastore.drawing(own, secret)[1].replace("-", "")
        db.session().commit()
        return own, key, codes


def test_a_code_opens_once(app: Flask, database: Database) -> None:
    person, key, _codes = second_factor(app, database)
    code = staff.code_for(key)
    first, second = Client(app.test_client()), Client(app.test_client())
    assert client_with_code(first, person, code) == "home.start"
    assert client_with_code(second, person, code) == "account.second_factor"
    assert client_with_code(second, person, staff.code_for(key, steps_later=1)) == "home.start"


def client_with_code(client: Client, person: Person, code: str) -> str:
    page = staff.sign_in(client, person.email)
    assert page.name == "account.second_factor"
    return client.post(page, code=code).name


def test_a_recovery_code_opens_once(app: Flask, database: Database) -> None:
    person, _key, codes = second_factor(app, database)
    assert client_with_code(Client(app.test_client()), person, codes[0].upper()) == "home.start"
    assert client_with_code(Client(app.test_client()), person, codes[0]) == "account.second_factor"
    assert client_with_code(Client(app.test_client()), person, codes[1]) == "home.start"


def test_codes_cannot_be_guessed_without_end(app: Flask, database: Database) -> None:
    person, key, _codes = second_factor(app, database)
    client = Client(app.test_client())
    page = staff.sign_in(client, person.email)
    for _ in range(queries.FREE_TRIES):
        assert client.post(page, code="000000").status == 422
    assert client.post(page, code=staff.code_for(key)).status == 429


def test_a_password_alone_opens_nothing_where_a_second_factor_is_due(app: Flask, database: Database) -> None:
    person, _key, _codes = second_factor(app, database)
    client = Client(app.test_client())
    staff.sign_in(client, person.email)
    assert client.get("/staff/").name == "account.sign_in"


def test_a_role_given_later_asks_for_the_second_factor_at_once(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    staff.sign_in(client, person.email)
    with database.transaction() as session:
        own = queries.get_person(session, person.id)
        operations.change_roles(session, person=own, roles=[Role.READER, Role.SAFEGUARDING_LEAD], by="test")
    assert client.get("/staff/").name == "account.sign_in"


def test_closing_an_account_ends_its_sessions(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER)
    staff.sign_in(client, person.email)
    with database.transaction() as session:
        operations.deactivate(session, person=queries.get_person(session, person.id), by="test")
    assert client.get("/staff/").name == "account.sign_in"
    assert staff.sign_in(client, person.email).status == 422


def test_a_screen_left_alone_closes(client: Client, database: Database) -> None:
    staff.sign_in(client, staff.add(database, Role.READER).email)
    with client.http.session_transaction() as cookie:
        cookie["seen"] = int(time.time()) - 31 * 60
    assert client.get("/staff/").name == "account.sign_in"


def test_a_one_time_password_is_changed_before_anything_else(client: Client, database: Database) -> None:
    person = staff.add(database, Role.READER, is_temporary=True)
    assert staff.sign_in(client, person.email).name == "account.password"
    form = client.get("/staff/")
    assert form.name == "account.password"
    wrong = client.post(
        form, present="not the present one", new="four quite random words", again="four quite random words"
    )
    assert wrong.status == 422
    home = client.post(form, present=staff.PASSWORD, new="four quite random words", again="four quite random words")
    assert home.name == "home.start"
    with database.reading() as session:
        assert passwords.is_right("four quite random words", queries.get_person(session, person.id).password)


def test_demonstration_sign_ins_open_nothing_outside_a_demonstration(client: Client, database: Database) -> None:
    demonstration.fill(database, responses_wanted=1, seed=1, quarters=1)
    assert len(demonstration.sign_ins()) == len(Role)
    assert staff.sign_in(client, "reader@demo.example", demonstration.PASSWORD).status == 422
    demonstration.wipe(database)
    with database.reading() as session:
        assert queries.list_people(session) == []


@pytest.mark.parametrize("pair", FORBIDDEN_TOGETHER, ids=lambda pair: "+".join(sorted(pair)))
def test_nobody_checks_their_own_doing(database: Database, pair: frozenset[Role]) -> None:
    with pytest.raises(operations.RolesForbidden):
        staff.add(database, *pair)


def test_an_address_has_one_account(database: Database) -> None:
    staff.add(database, Role.READER, email="one@council.example")
    with pytest.raises(operations.AlreadyThere):
        staff.add(database, Role.READER, email="ONE@council.example")


def test_add_person_prints_a_one_time_password_that_works(app: Flask, database: Database) -> None:
    shown = app.test_cli_runner().invoke(args=["add-person", "--email", "new@council.example", "--role", "reader"])
    assert shown.exit_code == 0, shown.output
    password = shown.output.strip().rpartition(" ")[2]
    assert attempts.try_password(database, email="new@council.example", password=password, allow_demo=False)


def test_add_person_says_in_a_sentence_what_is_wrong(app: Flask) -> None:
    args = ["add-person", "--email", "x@council.example", "--role", "safeguarding_lead", "--role", "auditor"]
    shown = app.test_cli_runner().invoke(args=args)
    assert shown.exit_code == 1
    assert "checks the other" in shown.output


def test_a_crowd_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._turn(), passwords._turn(), pytest.raises(passwords.TooBusy):  # noqa: SLF001
        passwords.is_right("anything", None)
