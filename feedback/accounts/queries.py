"""Reading staff: who they are, what they may do, and whether a sign-in must wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person, SignInAttempt, StaffRole, person_roles
from feedback.accounts.permissions import SECOND_FACTOR_ROLES, Permission, Role, permitted
from feedback.db import keys
from feedback.errors import NotFound

FREE_TRIES = 5
"""Refused sign-ins of one account in a day before it has to wait."""
LONGEST_WAIT = timedelta(hours=1)
REMEMBERED = timedelta(days=1)


def find_person(session: Session, email: str) -> Person | None:
    """Return the person with an e-mail address, in any case of letters, if there is one."""
    return session.scalar(select(Person).where(func.lower(Person.email) == spelling(email)))


def find_by_session(session: Session, uniquifier: str) -> Person | None:
    """Return the active person a session belongs to; None once their sessions were ended."""
    return session.scalar(select(Person).where(Person.fs_uniquifier == uniquifier, Person.active))


def get_person(session: Session, person_id: int) -> Person:
    """Return a person. Raise NotFound when there is none."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(f"There is no person {person_id}.")
    return person


def find_by_id(session: Session, person_id: int | None) -> Person | None:
    """Return a person by id, or None when their account is gone."""
    return session.get(Person, person_id) if person_id is not None else None


def list_people(session: Session) -> list[Person]:
    """Return everybody, by address."""
    return list(session.scalars(select(Person).order_by(Person.email, Person.id)))


def list_holders(session: Session, role: Role) -> list[Person]:
    """Return the active people who hold a role, by address."""
    return list(
        session.scalars(
            select(Person)
            .join(person_roles)
            .join(StaffRole)
            .where(StaffRole.name == role, Person.active)
            .order_by(Person.email, Person.id)
        )
    )


def roles_of(person: Person) -> frozenset[Role]:
    """Return the roles a person holds."""
    return frozenset(Role(role.name) for role in person.roles)


def permissions_of(person: Person) -> frozenset[Permission]:
    """Return what a person may do; who is limited to some services, within those."""
    return permitted(roles_of(person), is_limited=bool(person.services))


def has_second_factor(person: Person) -> bool:
    """Whether a person has set up a second factor."""
    return bool(person.tf_totp_secret and person.tf_primary_method)


def must_have_second_factor(person: Person) -> bool:
    """Whether a person's roles ask for a second factor."""
    return bool(roles_of(person) & SECOND_FACTOR_ROLES)


def find_wait(session: Session, email: str) -> datetime | None:
    """Return until when an account (known or not) must wait, or None when it may try.

    After five refusals in a day a minute, then twice as long each time, an hour at most: guessing is hopeless, and
    nobody can lock a colleague out for good.
    """
    since = clock.now() - REMEMBERED
    hashes = keys(session).hasher.candidates("account", spelling(email))
    tries, latest = session.execute(
        select(func.count(), func.max(SignInAttempt.at)).where(
            SignInAttempt.account_hash.in_(hashes), SignInAttempt.at > since
        )
    ).one()
    if tries < FREE_TRIES:
        return None
    until: datetime = latest + min(timedelta(minutes=2 ** min(tries - FREE_TRIES, 10)), LONGEST_WAIT)
    return until if until > clock.now() else None


def spelling(email: str) -> str:
    """Return an address in the one spelling it is looked up by."""
    return email.strip().lower()
