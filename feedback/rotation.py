"""Renewing keys: everything sealed is sealed again under the newest key, in one transaction.

Knows which vault a table belongs to and nothing of what it holds. Drafts are left: they are gone in days.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from feedback.accounts import datastore
from feedback.accounts.operations import renew_secrets
from feedback.audit import operations as audit
from feedback.db import keys
from feedback.identity import role
from feedback.schema import metadata
from feedback.security import Vault

LEFT_ALONE = frozenset({"drafts"})
SEALED, IDENTITY = "sealed", "identity_"


def renew(session: Session) -> int:
    """Seal every text again under the newest keys; return how many. Raise CannotDecrypt where a key is missing."""
    keyring, number = keys(session), 0
    for table in metadata.sorted_tables:
        vault = keyring.identity if table.name.startswith(IDENTITY) else keyring.feedback
        with role.taken(session) if table.schema else nullcontext():
            for column in table.columns:
                if column.name.startswith(SEALED) and table.name not in LEFT_ALONE:
                    number += _renew_column(session, table, column, vault)
    renew_secrets(session, authenticator=datastore.renewed)
    audit.renew(session)
    return number


def _renew_column(session: Session, table: Table, column: Column[Any], vault: Vault) -> int:
    own = list(table.primary_key.columns)
    rows = session.execute(select(*own, column).where(column.is_not(None))).all()
    for *key, sealed in rows:
        here = [part == value for part, value in zip(own, key, strict=True)]
        session.execute(update(table).where(*here).values({column.name: vault.renew(sealed)}))
    return len(rows)
