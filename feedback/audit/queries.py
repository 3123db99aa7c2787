"""Reading and checking the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from feedback.clock import LONDON
from feedback.db import keys

PAGE = 50
AT_ONCE = 500


@dataclass(frozen=True)
class Break:
    """Where the log does not hold together, and what is wrong there."""

    line: int
    what: str


def chained(before: str, at: datetime | None, actor: str, action: str, facts: dict[str, Any]) -> str:
    """Return the one canonical text that a line's seal is made from."""
    moment = at.isoformat() if at else ""
    return json.dumps([before, moment, actor, action, facts], sort_keys=True, ensure_ascii=False)


def sealed_text(checkpoint: AuditCheckpoint) -> str:
    """Return the text that a checkpoint's seal is made from."""
    facts = [checkpoint.purged_to, checkpoint.up_to, checkpoint.digest, checkpoint.last_seal]
    return json.dumps([checkpoint.made_at.isoformat(), *facts])


def head_text(head: AuditHead) -> str:
    """Return the text that the seal of the chain's end is made from."""
    return json.dumps([head.last_id, head.number])


def find_break(session: Session) -> Break | None:
    """Return the first place where a line was changed, removed or inserted, or None when the log holds together."""
    hasher, checkpoint = keys(session).hasher, find_checkpoint(session)
    if checkpoint is None:
        return _broken_chain(session, after=0, seal="") or _wrong_end(session)
    if not hasher.matches(checkpoint.seal, "checkpoint", sealed_text(checkpoint)):
        return Break(checkpoint.up_to, "the checkpoint there was changed")
    if digest_of(session, after=checkpoint.purged_to, up_to=checkpoint.up_to) != checkpoint.digest:
        # Where the keys of that time are still in use, the chain itself says which line it is.
        first = _broken_chain(session, after=checkpoint.purged_to, seal=None)
        return first or Break(checkpoint.up_to, "a line before the checkpoint there was changed")
    return _broken_chain(session, after=checkpoint.up_to, seal=checkpoint.last_seal) or _wrong_end(session)


def find_first_broken(session: Session) -> int | None:
    """Return the id of the first line that does not hold, or None."""
    broken = find_break(session)
    return broken.line if broken else None


def _broken_chain(session: Session, *, after: int, seal: str | None) -> Break | None:
    """Follow the chain from a line on; without the seal before it, that line's own is taken as right."""
    hasher, before = keys(session).hasher, seal
    for entry in _lines(session, after=after):
        if before is not None:
            text = chained(before, entry.at, entry.actor, entry.action, entry.facts)
            if not hasher.matches(entry.seal, "audit", text):
                return Break(entry.id, "this line, or the one before it, was changed, removed or inserted")
        before = entry.seal
    return None


def _wrong_end(session: Session) -> Break | None:
    """Compare the end of the log with what its sealed head says."""
    head, last, checkpoint = session.get(AuditHead, 1), find_last(session), find_checkpoint(session)
    if head is None:
        return Break(last.id, "the head of the log is gone") if last else None
    if not keys(session).hasher.matches(head.seal, "audit-head", head_text(head)):
        return Break(head.last_id, "the head of the log was changed")
    if last is None or last.id != head.last_id:
        return Break(head.last_id, "lines are missing at the end of the log")
    if count_entries(session) != head.number:
        first = session.scalar(select(func.min(AuditEntry.id)))
        is_old = checkpoint is not None and first is not None and first <= checkpoint.purged_to
        return Break(first if is_old and first else head.last_id, "a line was inserted where none is, or is missing")
    return None


def digest_of(session: Session, *, after: int, up_to: int) -> str:
    """Return one hash over every line of a stretch, seals included."""
    running = hashlib.sha256()
    for entry in _lines(session, after=after, up_to=up_to):
        text = chained(entry.seal, entry.at, entry.actor, entry.action, entry.facts)
        running.update(f"{entry.id}\0{text}\0".encode())
    return running.hexdigest()


def _lines(session: Session, *, after: int, up_to: int | None = None) -> Iterator[AuditEntry]:
    """Yield lines in order, some at a time: whoever stops early leaves no cursor open in the database."""
    while True:
        statement = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(AT_ONCE)
        if up_to is not None:
            statement = statement.where(AuditEntry.id <= up_to)
        lines = list(session.scalars(statement))
        yield from lines
        if len(lines) < AT_ONCE:
            return
        after = lines[-1].id


def find_checkpoint(session: Session) -> AuditCheckpoint | None:
    """Return the newest checkpoint, if there is one."""
    return session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.id.desc()).limit(1))


def find_last(session: Session) -> AuditEntry | None:
    """Return the last line."""
    return session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))


def find_last_older(session: Session, before: datetime) -> int | None:
    """Return the id of the last line of the oldest stretch that lies wholly before a moment."""
    first_younger = session.scalar(select(func.min(AuditEntry.id)).where(AuditEntry.at >= before))
    older = select(func.max(AuditEntry.id)).where(AuditEntry.at < before)
    return session.scalar(older.where(AuditEntry.id < first_younger) if first_younger else older)


def count_entries(session: Session) -> int:
    """Count the lines."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@dataclass(frozen=True)
class Wanted:
    """Which lines somebody wants to see; what is empty does not narrow. Lines without a moment belong to no day."""

    action: str = ""
    actor: str = ""
    first_day: date | None = None
    last_day: date | None = None


def list_entries(session: Session, wanted: Wanted, *, before: int | None = None) -> list[AuditEntry]:
    """Return the lines that are wanted, newest first, a page at a time: those before a line, if given."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.actor:
        statement = statement.where(AuditEntry.actor == wanted.actor)
    if wanted.first_day:
        statement = statement.where(AuditEntry.at >= midnight(wanted.first_day))
    if wanted.last_day:
        statement = statement.where(AuditEntry.at < midnight(wanted.last_day + timedelta(days=1)))
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return list(session.scalars(statement))


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in London."""
    return datetime.combine(day, time.min, LONDON)
