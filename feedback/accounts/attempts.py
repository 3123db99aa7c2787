"""Trying to sign in: counted, delayed, and answered alike for known and unknown accounts.

The named adapter that notes refusals in short transactions of their own: a refusal must survive the roll-back of the
page it is told on, and no lock is held while a password is hashed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Never

from sqlalchemy.orm import Session

from feedback.accounts import operations, passwords, queries
from feedback.accounts.models import Person
from feedback.db import Database
from feedback.errors import FeedbackError


class Refused(FeedbackError):
    """The address, the password or the code is wrong; which of them is never said."""


class MustWait(FeedbackError):
    """Too many tries; `until` says when the next one counts."""

    def __init__(self, until: datetime) -> None:
        super().__init__("There were too many tries.")
        self.until = until


def try_password(database: Database, *, email: str, password: str, allow_demo: bool) -> int:
    """Return the id of the person whose password this is. Raise Refused, MustWait or TooBusy.

    Demonstration sign-ins have a password that everybody knows: they open nothing outside a demonstration.
    """
    with database.reading() as session:
        _check_wait(queries.find_wait(session, email))
        person = queries.find_person(session, email)
    may = person is not None and person.active and (allow_demo or not person.is_demo)
    fits = passwords.is_right(password, person.password if person and may else None)
    if person is None or not fits:
        _refuse(database, email, "password")
    return person.id


def try_code(database: Database, session: Session, *, person: Person, check: Callable[[], bool]) -> None:
    """Check a second factor as `check` does it; a refusal rolls `session` back. Raise Refused or MustWait."""
    email = person.email
    _check_wait(queries.find_wait(session, email))
    if not check():
        # The session's write lock has to go first: the refusal is noted beside it.
        session.rollback()
        _refuse(database, email, "second_factor")


def _check_wait(until: datetime | None) -> None:
    if until is not None:
        raise MustWait(until)


def _refuse(database: Database, email: str, reason: str) -> Never:
    with database.transaction() as session:
        operations.note_refusal(session, email=email, reason=reason)
    raise Refused("This did not work.")
