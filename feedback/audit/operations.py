"""Writing the audit log: the only change is one more line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from feedback import clock
from feedback.audit.actions import FACTS, WITHOUT_MOMENT, Action
from feedback.audit.models import AuditEntry
from feedback.db import keys
from feedback.errors import FeedbackError

FAMILY = "family"
SYSTEM = "system"
_CHAIN_LOCK = 7_012_012  # any number, the same everywhere: PostgreSQL's advisory lock for the chain's end


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
    seal = keys(session).hasher.digest("audit", chained(before, at, by, action, facts))
    session.add(AuditEntry(at=at, actor=by, action=action, facts=facts, seal=seal))
    session.flush()


def chained(before: str, at: datetime | None, actor: str, action: str, facts: dict[str, Any]) -> str:
    """Return the one canonical text that a line's seal is made from."""
    moment = at.isoformat() if at else ""
    return json.dumps([before, moment, actor, action, facts], sort_keys=True, ensure_ascii=False)
