"""Releases: a quarter's figures, computed in one pass, gated, and frozen with a digest.

The named adapter that writes releases. A frozen quarter never changes again; the running one moves in steps of ten
responses, so that two looks cannot be subtracted. Pages and files read releases and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback import clock
from feedback.analysis import operations as analysis
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import Quarter
from feedback.db import Database
from feedback.reports import counting, disclosure, tables
from feedback.reports.counting import Slice
from feedback.reports.models import Release
from feedback.responses.models import Response

SETTLING = timedelta(days=28)
"""How long after its end a quarter waits for late answers before it is frozen (practice 3.7 rule 7)."""


@dataclass(frozen=True)
class Released:
    """What may be read of a quarter: its gated figures and whether they are final."""

    quarter: Quarter
    is_frozen: bool
    figures: dict[str, Any]
    digest: str

    @property
    def base(self) -> int | None:
        """The number of responses, rounded as it may be shown; None when there are fewer than ten."""
        shown: int | None = self.figures["responses"]["base"]
        return shown

    def as_json(self) -> dict[str, Any]:
        """Return the release as `flask report --format json` writes it."""
        return {"quarter": str(self.quarter), "frozen": self.is_frozen, "digest": self.digest, **self.figures}


def current(database: Database, quarter: Quarter) -> Released:
    """Return a quarter's newest release, computing it first when it is due."""
    with database.reading() as session:
        latest = find_latest(session, quarter)
        due = not (latest and latest.is_frozen) and _is_due(session, quarter, latest)
    if due:
        analysis.analyse_pending(database)
        compute(database, quarter)
        with database.reading() as session:
            latest = find_latest(session, quarter)
    if latest is None:
        figures = tables.nothing(quarter)
        return Released(quarter, is_settled(quarter), figures, _digest(figures))
    return Released(quarter, latest.is_frozen, latest.figures, latest.digest)


def find_latest(session: Session, quarter: Quarter) -> Release | None:
    """Return the newest release of a quarter, if there is one."""
    return session.scalar(
        select(Release)
        .where(Release.quarter == str(quarter))
        .order_by(Release.is_frozen.desc(), Release.base.desc())
        .limit(1)
    )


def list_quarters(session: Session) -> list[Quarter]:
    """Return every quarter that has responses, newest first."""
    found = session.scalars(select(Response.quarter).distinct())
    return sorted((Quarter.parse(text) for text in found), reverse=True)


def is_settled(quarter: Quarter) -> bool:
    """Whether a quarter's figures may be frozen."""
    return clock.today() > quarter.last_day + SETTLING


def compute(database: Database, quarter: Quarter) -> None:
    """Compute and keep a quarter's release as far as it may go now; nothing happens when it is there already."""
    settled = is_settled(quarter)
    _compute_before(database, quarter)
    with database.reading() as session:
        whole = counting.count_responses(session, Slice(quarter))
        base = whole if settled else disclosure.running_base(whole).value
        if not base:
            return
        upto = None if settled else counting.last_arrival(session, quarter, base)
        before = find_latest(session, quarter.previous)
        counts = counting.count(session, Slice(quarter, upto))
        figures = tables.build(counts, quarter, before.figures if before else None)
    try:
        with database.transaction() as session:
            _keep(session, quarter, base, figures, frozen=settled)
    except IntegrityError:
        # Another process has just computed the same step; its figures are these figures.
        return


def _compute_before(database: Database, quarter: Quarter) -> None:
    """Make sure that the quarter before is released, so that there is something to compare with."""
    with database.reading() as session:
        missing = find_latest(session, quarter.previous) is None
        has_responses = counting.count_responses(session, Slice(quarter.previous)) > 0
    if missing and has_responses:
        compute(database, quarter.previous)


def _is_due(session: Session, quarter: Quarter, latest: Release | None) -> bool:
    """Whether a newer step can have been reached, by the cheapest question there is: the last arrival number."""
    if is_settled(quarter):
        return True
    arrived = session.scalar(select(func.max(Response.arrival)).where(Response.quarter == str(quarter))) or 0
    return arrived >= (latest.base if latest else 0) + disclosure.RUNNING_STEP


def _keep(session: Session, quarter: Quarter, base: int, figures: dict[str, Any], *, frozen: bool) -> None:
    existing = session.scalar(select(Release).where(Release.quarter == str(quarter), Release.base == base))
    if existing is not None and existing.is_frozen >= frozen:
        return
    digest = _digest(figures)
    release = existing or Release(quarter=str(quarter), base=base)
    release.is_frozen, release.figures, release.digest = frozen, figures, digest
    release.computed_at = clock.now()
    session.add(release)
    session.flush()
    # The exact number of responses stays out of the log: auditors read it too.
    shown = figures["responses"]["base"]
    audit.record(
        session,
        Action.RELEASE_COMPUTED,
        by=audit.SYSTEM,
        quarter=str(quarter),
        base=shown,
        digest=digest,
        frozen=frozen,
    )


def _digest(figures: dict[str, Any]) -> str:
    canonical = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
