"""Staff in tests: people with roles, signed in through the pages or, where the way in is not the point, at once."""

from __future__ import annotations

import itertools
import time
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from passlib.totp import TOTP

from feedback import db
from feedback.accounts import datastore, operations, passwords
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.db import Database
from tests.client import Client, Page

PASSWORD = "three random words"
# Real argon2id at the price of a test: the price itself is what these tests do not look at.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)  # noqa: SLF001
_numbers = itertools.count(1)


def add(database: Database, *roles: Role, email: str = "", **more: Any) -> Person:
    """Add a person who holds these roles."""
    with database.transaction() as session:
        return operations.add_person(
            session,
            email=email or f"person{next(_numbers)}@council.example",
            roles=roles,
            password=PASSWORD,
            by="test",
            **more,
        )


def with_second_factor(app: Flask, person: Person) -> Person:
    """Set up an authenticator for a person."""
    with app.test_request_context(method="POST"):
        secret = datastore.new_secret()
        fresh = db.session().merge(person, load=True)
        datastore.set_second_factor(fresh, secret)
        db.session().commit()
        return fresh


def signed_in(app: Flask, *roles: Role) -> Client:
    """Return a browser in which somebody with these roles is signed in already."""
    person = with_second_factor(app, add(app.extensions["database"], *roles))
    client = Client(app.test_client())
    with client.http.session_transaction() as cookie:
        cookie["_user_id"] = person.fs_uniquifier
        cookie["seen"] = int(time.time())
    return client


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Page:
    """Go through the sign-in page."""
    return client.post(client.get("/staff/"), email=email, password=password)


def code_for(key: str, *, steps_later: int = 0) -> str:
    """Return what an authenticator with this key shows."""
    return str(TOTP(key=key).generate(time=time.time() + 30 * steps_later).token)
