"""Drafts: what somebody is still telling us. Sealed, on the server only, gone after half an hour without a tap.

Where a person asks for it, a draft is kept for a week under a code that only they know. The named adapter that writes
drafts in short transactions of its own: a draft is kept even when a page is refused, and never holds the lock that a
submission needs.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, delete, insert, select, update

from feedback import clock
from feedback.db import Database, affected, keys
from feedback.questionnaires.kinds import Answer, State
from feedback.responses.come_back import Lock
from feedback.responses.models import StoredDraft

IDLE = timedelta(minutes=30)
KIOSK_IDLE = timedelta(minutes=3)
"""On a shared tablet the next person may be waiting. The page warns a minute before (WCAG 2.2.1)."""

KEPT = timedelta(days=7)
KEPT_AS = "kept_as"
"""The fact of a draft that says where a copy of it is kept under a code."""

_TABLE = cast("Table", StoredDraft.__table__)

MANNERS = ("easy", "kiosk")
"""Facts of a draft that say how its pages are shown: Easy Read, a shared tablet."""


@dataclass
class Draft:
    """One person's answers so far. `submission_id` is random and decides that a submission is stored once."""

    language: str
    submission_id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    facts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    code_id: int | None = None
    journey: str | None = None

    @property
    def idle(self) -> timedelta:
        """How long it lives without a tap."""
        return KIOSK_IDLE if self.facts.get("kiosk") else IDLE

    def to_json(self) -> str:
        """Write the draft down."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Draft:
        """Read back what `to_json` wrote."""
        raw = json.loads(text)
        raw["answers"] = {
            question: Answer(**answer | {"state": State(answer["state"]), "picks": tuple(answer["picks"])})
            for question, answer in raw["answers"].items()
        }
        return cls(**raw)


def new_token() -> str:
    """Make the random token that a cookie carries."""
    return secrets.token_urlsafe(24)


def find(database: Database, token: str) -> Draft | None:
    """Return the draft behind a token, unless there is none or its time is over.

    Every page asks this: a bare connection is three times as fast as a session.
    """
    wanted = select(_TABLE.c.sealed).where(_TABLE.c.token_hash == _hash(token), _TABLE.c.expires_at > clock.now())
    with database.engine.connect() as connection:
        sealed = connection.execute(wanted).scalar()
    return Draft.from_json(database.keyring.feedback.open(sealed)) if sealed else None


def save(database: Database, token: str, draft: Draft) -> None:
    """Keep a draft for another half hour (on a shared tablet: three minutes)."""
    place = _hash(token)
    sealed = database.keyring.feedback.seal(draft.to_json())
    values = {"sealed": sealed, "expires_at": clock.now() + draft.idle}
    with database.quick.begin() as connection:
        kept = connection.execute(update(_TABLE).where(_TABLE.c.token_hash == place).values(**values))
        if not kept.rowcount:
            connection.execute(insert(_TABLE).values(token_hash=place, **values))


def forget(database: Database, token: str) -> None:
    """Remove a draft: sent, or left."""
    with database.drafting() as session, session.begin():
        session.execute(delete(StoredDraft).where(StoredDraft.token_hash == _hash(token)))


def keep_under(database: Database, lock: Lock, draft: Draft) -> None:
    """Keep a draft for seven days, sealed by the code's own key inside ours: without the code nobody can read it."""
    draft.facts[KEPT_AS] = lock.place
    with database.transaction() as session:
        inner = lock.vault.seal(draft.to_json()).decode()
        sealed = keys(session).feedback.seal(inner)
        session.merge(StoredDraft(token_hash=lock.place, sealed=sealed, expires_at=clock.now() + KEPT))


def find_under(database: Database, lock: Lock) -> Draft | None:
    """Return the draft kept under a code, or None alike for a wrong code and for one whose time is over."""
    with database.reading() as session:
        row = session.get(StoredDraft, lock.place)
        if row is None or row.expires_at <= clock.now():
            return None
        return Draft.from_json(lock.vault.open(keys(session).feedback.open(row.sealed).encode()))


def forget_kept(database: Database, place: str) -> None:
    """Remove a draft kept under a code: sent, saved anew, or no longer wanted."""
    with database.transaction() as session:
        session.execute(delete(StoredDraft).where(StoredDraft.token_hash == place))


def forget_expired(database: Database) -> int:
    """Remove every draft whose time is over; return how many."""
    with database.drafting() as session, session.begin():
        return affected(session.execute(delete(StoredDraft).where(StoredDraft.expires_at <= clock.now())))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
