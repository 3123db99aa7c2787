"""People, as an administrator sees them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from feedback.accounts import queries
from feedback.accounts.permissions import Role
from feedback.db import Database
from tests import staff
from tests.client import Client


@pytest.fixture
def administrator(app: Flask) -> Client:
    return staff.signed_in(app, Role.ADMINISTRATOR)


def test_somebody_is_added_and_signs_in_with_the_password_shown_once(
    app: Flask, administrator: Client, database: Database
) -> None:
    page = administrator.post(administrator.get("/staff/people/"), email="new@council.example", roles=["reader"])
    password = re.search(r"works once: ([0-9a-f-]+)", page.text)[1]
    assert password not in administrator.get("/staff/people/").html
    assert staff.sign_in(Client(app.test_client()), "new@council.example", password).name == "account.password"
    with database.reading() as session:
        assert queries.roles_of(queries.find_person(session, "new@council.example")) == {Role.READER}


@pytest.mark.parametrize("roles", [[], ["safeguarding_lead", "auditor"]])
def test_roles_that_must_not_be_held_are_refused(administrator: Client, roles: list[str]) -> None:
    page = administrator.post(administrator.get("/staff/people/"), email="new@council.example", roles=roles)
    assert page.status == 422
    assert "works once" not in page.text


def test_roles_change_and_accounts_start_anew_and_close(app: Flask, administrator: Client, database: Database) -> None:
    person = staff.with_second_factor(app, staff.add(database, Role.SAFEGUARDING_LEAD))
    url = f"/staff/people/{person.id}"
    administrator.post(administrator.get(url), roles=["reader", "manager"])
    with database.reading() as session:
        assert queries.roles_of(queries.get_person(session, person.id)) == {Role.READER, Role.MANAGER}
    page = administrator.post(administrator.get(url), roles=["reader"], action="anew")
    password = re.search(r"works once: ([0-9a-f-]+)", page.text)[1]
    with database.reading() as session:
        assert not queries.has_second_factor(queries.get_person(session, person.id))
    assert staff.sign_in(Client(app.test_client()), person.email, password).name == "account.password"
    administrator.post(administrator.get(url), action="close")
    assert staff.sign_in(Client(app.test_client()), person.email, password).status == 422


def test_nobody_changes_their_own_account(administrator: Client, database: Database) -> None:
    with database.reading() as session:
        own = queries.list_people(session)[0].id
    page = administrator.post(administrator.get(f"/staff/people/{own}"), roles=["auditor"])
    assert page.status == 422


@pytest.mark.parametrize("email", ["nobody", "a@", "one@council.example, two@council.example", "<b@council.example>"])
def test_an_address_that_no_letter_reaches_is_refused(administrator: Client, email: str) -> None:
    page = administrator.post(administrator.get("/staff/people/"), email=email, roles=["safeguarding_lead"])
    assert page.status == 422
    assert "Write one e-mail address" in page.text
