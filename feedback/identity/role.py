"""On PostgreSQL the link store lies in a schema of its own, which opens only to a role taken for a moment.

Code that has not taken the role is refused by the database itself. SQLite knows no roles: there the keys and the house
rule that only `identity/` names these tables have to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from feedback.db import LINK_STORE, memory

ROLE = "feedback_identity"
DOOR = "feedback_identity_door"
"""Leads to the role and inherits nothing, so that who may take the role does not hold its rights before."""

_TABLES = f"{LINK_STORE}.identity_codes, {LINK_STORE}.identity_links"
_CAN_BE_TAKEN = text(
    f"SELECT has_table_privilege(oid, '{LINK_STORE}.identity_codes', 'SELECT') AND pg_has_role(oid, 'MEMBER')"
    f" FROM pg_roles WHERE rolname = '{ROLE}'"
)
_IS_REFUSED = text(f"SELECT NOT has_table_privilege('{LINK_STORE}.identity_codes', 'SELECT')")
_ROLES = (
    f"CREATE ROLE {ROLE} NOLOGIN",
    f"CREATE ROLE {DOOR} NOLOGIN NOINHERIT",
    f"GRANT {ROLE} TO {DOOR}",
    f"GRANT {DOOR} TO CURRENT_USER",
)
_GRANTS = (
    f"GRANT USAGE ON SCHEMA {LINK_STORE} TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLES} TO {ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {LINK_STORE} TO {ROLE}",
    f"REVOKE ALL ON {_TABLES} FROM CURRENT_USER",
)


@contextmanager
def taken(session: Session) -> Iterator[None]:
    """Read and write the link store inside this block, and nothing else: the role may touch no other table.

    An error inside leaves the role to the roll-back that must follow.
    """
    session.flush()
    is_needed = _can_be_taken(session)
    if is_needed:
        session.execute(text(f"SET LOCAL ROLE {ROLE}"))
    yield
    session.flush()
    if is_needed:
        session.execute(text("RESET ROLE"))


def set_apart(session: Session) -> bool:
    """Give the link store to its role alone, as far as this database user may; safe to repeat.

    Return whether a session that has not taken the role is refused now; True on SQLite, where there is nothing to do.
    """
    if not _knows_roles(session):
        return True
    if not _try(session, f"SET LOCAL ROLE {ROLE}", "RESET ROLE"):
        for statement in _ROLES:
            _try(session, statement)
        if not _try(session, f"SET LOCAL ROLE {ROLE}", "RESET ROLE"):
            return False
    if not (session.scalar(_CAN_BE_TAKEN) and session.scalar(_IS_REFUSED)):
        for grant in _GRANTS:
            session.execute(text(grant))
    return bool(session.scalar(_IS_REFUSED))


def _try(session: Session, *statements: str) -> bool:
    """Do what needs a right that the database user may not have, or was done already; return whether it went."""
    try:
        with session.begin_nested():
            for statement in statements:
                session.execute(text(statement))
    except DBAPIError:
        return False
    return True


def _can_be_taken(session: Session) -> bool:
    """Whether there is a role to take; remembered once there is one, which no running process ever takes back."""
    if not _knows_roles(session):
        return False
    known = memory(session)
    if not known.get(ROLE):
        known[ROLE] = bool(session.scalar(_CAN_BE_TAKEN))
    return bool(known[ROLE])


def _knows_roles(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
