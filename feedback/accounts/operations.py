"""Adding staff, giving roles and passwords, counting refused sign-ins."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import passwords, queries
from feedback.accounts.models import Person, SignInAttempt, StaffRole
from feedback.accounts.permissions import FORBIDDEN_TOGETHER, Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import keys
from feedback.errors import FeedbackError
from feedback.outbox.letters import is_address

NOBODY = "nobody"


class AlreadyThere(FeedbackError):
    """Somebody with this address has an account."""


class NotAnAddress(FeedbackError):
    """Nothing can be sent to this: alerts for this person would never arrive."""


class RolesForbidden(FeedbackError):
    """These roles must not be held by one person, or there is none."""


def add_person(
    session: Session,
    *,
    email: str,
    roles: Iterable[Role],
    password: str,
    by: str,
    is_demo: bool = False,
    is_temporary: bool = False,
) -> Person:
    """Add a person. A temporary password has to be changed at the first sign-in.

    Raise AlreadyThere, NotAnAddress, RolesForbidden or WeakPassword.
    """
    wanted = checked_roles(roles)
    if not is_address(queries.spelling(email)):
        raise NotAnAddress("Write one e-mail address, like name@council.example.")
    if queries.find_person(session, email) is not None:
        raise AlreadyThere("Somebody with this address has an account already.")
    person = Person(
        email=queries.spelling(email),
        password=passwords.hashed(password),
        fs_uniquifier=uuid.uuid4().hex,
        roles=[_role(session, role) for role in wanted],
        is_demo=is_demo,
        password_is_temporary=is_temporary,
    )
    session.add(person)
    session.flush()
    audit.record(session, Action.PERSON_ADDED, by=by, person=person.id, roles=[str(role) for role in wanted])
    return person


def change_password(session: Session, *, person: Person, password: str) -> None:
    """Give a person a new password of their own choice and end their other sessions. Raise WeakPassword."""
    person.password = passwords.hashed(password)
    person.password_is_temporary = False
    person.fs_uniquifier = uuid.uuid4().hex
    audit.record(session, Action.PASSWORD_CHANGED, by=person.actor, person=person.id)


def change_roles(
    session: Session, *, person: Person, roles: Iterable[Role], by: str, services: Iterable[str] = ()
) -> None:
    """Give a person other roles and end their sessions, so that the change counts at once. Raise RolesForbidden.

    With `services`, figures of these alone (their codes).
    """
    wanted, limits = checked_roles(roles), sorted(services)
    person.services = limits or None
    person.roles = [_role(session, role) for role in wanted]
    person.fs_uniquifier = uuid.uuid4().hex
    facts = {"person": person.id, "roles": [str(role) for role in wanted], "services": limits}
    audit.record(session, Action.ROLES_CHANGED, by=by, **facts)


def start_anew(session: Session, *, person: Person, password: str, by: str) -> None:
    """Give somebody who lost their password or their phone a one-time password; the second factor is set up again."""
    person.password = passwords.hashed(password)
    person.password_is_temporary = True
    person.tf_primary_method = person.tf_totp_secret = person.totp_counter = person.mf_recovery_codes = None
    person.fs_uniquifier = uuid.uuid4().hex
    audit.record(session, Action.PERSON_STARTED_ANEW, by=by, person=person.id)


def deactivate(session: Session, *, person: Person, by: str) -> None:
    """Close an account and end its sessions; the audit log keeps knowing who it was."""
    person.active = False
    person.fs_uniquifier = uuid.uuid4().hex
    audit.record(session, Action.PERSON_DEACTIVATED, by=by, person=person.id)


def renew_secrets(session: Session, *, authenticator: Callable[[str], str]) -> None:
    """Encrypt every recovery code under the newest key, and every authenticator's secret as `authenticator` does it."""
    vault = keys(session).feedback
    for person in session.scalars(select(Person).where(Person.tf_totp_secret.is_not(None))):
        person.tf_totp_secret = authenticator(person.tf_totp_secret or "")
        codes = person.mf_recovery_codes or []
        person.mf_recovery_codes = [vault.renew(code.encode()).decode() for code in codes]
    session.flush()


def note_refusal(session: Session, *, email: str, reason: str) -> None:
    """Count a refused sign-in of an account, known or not."""
    account = keys(session).hasher.digest("account", queries.spelling(email))
    session.add(SignInAttempt(account_hash=account, at=clock.now()))
    audit.record(session, Action.SIGN_IN_REFUSED, by=NOBODY, reason=reason)


def forget_refusals(session: Session, *, email: str) -> None:
    """Start counting anew: the person has signed in."""
    hashes = keys(session).hasher.candidates("account", queries.spelling(email))
    session.execute(delete(SignInAttempt).where(SignInAttempt.account_hash.in_(hashes)))


def forget_old_refusals(session: Session) -> None:
    """Remove refusals that no longer count."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= clock.now() - queries.REMEMBERED))


def checked_roles(roles: Iterable[Role]) -> list[Role]:
    """Return the roles in the order of the table. Raise RolesForbidden for none, or for two that check each other."""
    wanted = {Role(role) for role in roles}
    if not wanted:
        raise RolesForbidden("A person needs at least one role.")
    for pair in FORBIDDEN_TOGETHER:
        if pair <= wanted:
            names = " and ".join(sorted(str(role).replace("_", " ") for role in pair))
            raise RolesForbidden(f"Nobody may be {names} at once: one checks the other.")
    return [role for role in Role if role in wanted]


def _role(session: Session, role: Role) -> StaffRole:
    """Return a role's row, made when it is first given."""
    found = session.scalar(select(StaffRole).where(StaffRole.name == role))
    if found is None:
        found = StaffRole(name=str(role))
        session.add(found)
        session.flush()
    return found
