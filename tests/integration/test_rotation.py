"""Renewing keys: afterwards nothing needs the old ones any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from feedback import create_app, db, rotation
from feedback.accounts import datastore, queries
from feedback.accounts.permissions import Role
from feedback.audit.queries import find_first_broken
from feedback.config import Config
from feedback.events.operations import add_event
from feedback.identity import role
from feedback.identity.models import IssuedCode
from feedback.identity.operations import issue_codes
from feedback.responses.models import Comment
from feedback.responses.queries import open_words
from feedback.safeguarding import queries as desk
from feedback.security import CannotDecrypt
from tests import staff
from tests.client import Client
from tests.conftest import close

WORDS = "The lady listened to me."


def test_after_a_rotation_nothing_needs_the_old_keys(app: Flask, client: Client, config: Config) -> None:
    client.walk(who="parent", p_good=WORDS)
    person = staff.with_second_factor(app, staff.add(app.extensions["database"], Role.AUDITOR))
    with app.extensions["database"].transaction() as session:
        event = add_event(session, reference="E1", event_type="icpc", held_on=date(2026, 11, 2))
        issue_codes(session, event=event, audience="parent", number=1, by="test")
    new = {"feedback_keys": Fernet.generate_key().decode(), "identity_keys": Fernet.generate_key().decode()}
    both = create_app(replace(config, **{name: (key, *getattr(config, name)) for name, key in new.items()}))
    only_new = create_app(replace(config, **{name: (key,) for name, key in new.items()}))
    with only_new.app_context(), pytest.raises(CannotDecrypt):
        check(person.id)
    with both.app_context(), db.database().transaction() as session:
        assert rotation.renew(session) >= 2
    with only_new.app_context():
        check(person.id)
    close(both)
    close(only_new)


def check(person_id: int) -> None:
    """Open everything there is."""
    with db.database().reading() as session:
        assert open_words(session, session.scalars(select(Comment)).one()) == WORDS
        with role.taken(session):
            assert db.keys(session).identity.open(session.scalars(select(IssuedCode)).one().sealed_event)
        assert len(desk.list_unread(session)) == 1
        person = queries.get_person(session, person_id)
        assert datastore.drawing(person, person.tf_totp_secret or "")
        assert find_first_broken(session) is None
