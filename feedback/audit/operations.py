"""Writing the audit log: the only change is one more line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from feedback import clock
from feedback.audit import queries
from feedback.audit.actions import FACTS, WITHOUT_MOMENT, Action
from feedback.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from feedback.db import affected, keys
from feedback.errors import FeedbackError

FAMILY = "family"
SYSTEM = "system"
KEPT_YEARS = 6
"""How long lines are kept (practice 3.5: the log of triage and of openings)."""
_CHAIN_LOCK = 7_012_012  # any number, the same everywhere: PostgreSQL's advisory lock for the chain's end


class Tampered(FeedbackError):
    """The log does not hold together; the message says where."""


class WrongFacts(FeedbackError):
    """An action was recorded with other facts than it declares."""


def record(session: Session, action: Action, *, by: str, **facts: Any) -> None:
    """Append a line sealed to the one before. Raise WrongFacts unless exactly the declared facts are given."""
    if set(facts) != FACTS[action]:
        raise WrongFacts(f"{action} declares {sorted(FACTS[action])}, not {sorted(facts)}.")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    before = session.scalar(select(AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)) or ""
    at = None if action in WITHOUT_MOMENT else clock.now()
    seal = keys(session).hasher.digest("audit", queries.chained(before, at, by, action, facts))
    entry = AuditEntry(at=at, actor=by, action=action, facts=facts, seal=seal)
    session.add(entry)
    session.flush()
    _move_head(session, entry, added=1)


def set_checkpoint(session: Session, *, purged_to: int | None = None) -> AuditCheckpoint:
    """Hold everything that is in the log under the newest key: before a key is taken out of use, or lines are removed.

    Raise Tampered when the log does not hold together now: a checkpoint must never make that look right.
    """
    broken = queries.find_break(session)
    if broken is not None:
        raise Tampered(f"The log does not hold together: {broken.what} (line {broken.line}).")
    last = queries.find_last(session)
    before = queries.find_checkpoint(session)
    start = max(purged_to or 0, before.purged_to if before else 0)
    up_to = last.id if last else start
    checkpoint = AuditCheckpoint(
        made_at=clock.now(),
        purged_to=start,
        up_to=up_to,
        digest=queries.digest_of(session, after=start, up_to=up_to),
        last_seal=last.seal if last else "",
    )
    checkpoint.seal = keys(session).hasher.digest("checkpoint", queries.sealed_text(checkpoint))
    session.add(checkpoint)
    session.flush()
    return checkpoint


def purge(session: Session, *, before: datetime) -> int:
    """Remove the oldest lines, all older than `before`, behind a checkpoint; return how many."""
    purged_to = queries.find_last_older(session, before)
    if purged_to is None:
        return 0
    set_checkpoint(session, purged_to=purged_to)
    number = affected(session.execute(delete(AuditEntry).where(AuditEntry.id <= purged_to)))
    head = session.get_one(AuditHead, 1)
    _seal_head(session, head, last_id=head.last_id, number=head.number - number)
    record(session, Action.AUDIT_PURGED, by=SYSTEM, number=number)
    return number


def purge_old(session: Session, *, years: int = KEPT_YEARS) -> int:
    """Remove the lines that are older than so many years; return how many. Raise Tampered when the log was touched."""
    now = clock.now()
    # The first of a month, so that no line goes a day early and a leap day is a day like others.
    return purge(session, before=now.replace(year=now.year - years, day=1, hour=0, minute=0, second=0, microsecond=0))


def renew(session: Session) -> None:
    """Seal the end of the chain and a checkpoint under the newest key, so that an older one can be taken out of use."""
    record(session, Action.KEYS_ROTATED, by=SYSTEM)
    set_checkpoint(session)


def _move_head(session: Session, entry: AuditEntry, *, added: int) -> None:
    head = session.get(AuditHead, 1)
    if head is None:
        # The first line of a new log, or the first since heads are kept.
        number = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
        head = AuditHead(id=1, last_id=0, number=number - added, seal="")
        session.add(head)
    _seal_head(session, head, last_id=entry.id, number=head.number + added)


def _seal_head(session: Session, head: AuditHead, *, last_id: int, number: int) -> None:
    head.last_id, head.number = last_id, number
    head.seal = keys(session).hasher.digest("audit-head", queries.head_text(head))
    session.flush()
