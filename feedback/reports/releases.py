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

from sqlalchemy import Function, ScalarSelect, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback import clock
from feedback.analysis import operations as analysis
from feedback.analysis import queries as pending
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import QUARTERS_IN_A_YEAR, Quarter
from feedback.db import Database, keys
from feedback.reports import counting, disclosure, tables
from feedback.reports.counting import Slice
from feedback.reports.models import Release
from feedback.reports.steps import Step, open_exact
from feedback.reports.year import Year
from feedback.responses.models import Response
from feedback.text.analyse import ENGINE

SETTLING = timedelta(days=28)
"""How long after its end a quarter waits for late answers before it is frozen (practice 3.7 rule 7)."""


QUICK_RESPONSES, QUICK_COMMENTS = 2_000, 100
"""Up to so many are counted, or read by the machine, while somebody waits: half a second each, and one for the gate."""


@dataclass(frozen=True)
class Released:
    """What may be read of a quarter: its gated figures and whether they are final."""

    quarter: Quarter | Year
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
    """Return a quarter's newest release, computing it first when it is due, however long that takes."""
    with database.reading() as session:
        latest = find_latest(session, quarter)
        due = _is_due(session, quarter, latest)
    return _computed(database, quarter) if due else _released(quarter, latest)


def at_once(database: Database, quarter: Quarter) -> Released | None:
    """Return what a page can show of a quarter without letting anybody wait: its newest release, or the one before.

    What is due is computed first where that takes about a second at most; the worker does the rest, every minute. None
    while nothing is computed yet.
    """
    with database.reading() as session:
        latest = find_latest(session, quarter)
        due = _is_due(session, quarter, latest)
        quick = due and _is_quick(session, quarter)
    if quick:
        return _computed(database, quarter)
    return None if due and latest is None else _released(quarter, latest)


def _computed(database: Database, quarter: Quarter) -> Released:
    analysis.analyse_pending(database)
    compute(database, quarter)
    with database.reading() as session:
        return _released(quarter, find_latest(session, quarter))


def _released(quarter: Quarter, latest: Release | None) -> Released:
    if latest is None:
        figures = tables.nothing(quarter)
        return Released(quarter, is_settled(quarter), figures, digest_of(figures))
    return Released(quarter, latest.is_frozen, latest.figures, latest.digest)


def find_latest(session: Session, quarter: Quarter | Year) -> Release | None:
    """Return the newest release of a quarter or a year, if there is one."""
    return session.scalar(
        select(Release)
        .where(Release.quarter == str(quarter))
        .order_by(Release.is_frozen.desc(), Release.base.desc())
        .limit(1)
    )


def list_latest(session: Session, quarter: Quarter, number: int) -> list[tuple[Quarter, dict[str, Any] | None]]:
    """Return the newest figures there are of the `number` quarters up to this one, oldest first; computes nothing."""
    quarters = [quarter.shifted(-back) for back in reversed(range(number))]
    found = {each: find_latest(session, each) for each in quarters}
    return [(each, release.figures if release else None) for each, release in found.items()]


def list_quarters(session: Session) -> list[Quarter]:
    """Return every quarter from the first response to the last, newest first; asks the index for its two ends only."""
    ends = session.execute(select(_end_of(func.min(Response.quarter)), _end_of(func.max(Response.quarter)))).one()
    if ends[0] is None:
        return []
    first, last = Quarter.parse(ends[0]), Quarter.parse(ends[1])
    number = (last.year - first.year) * QUARTERS_IN_A_YEAR + last.number - first.number
    return [last.shifted(-back) for back in range(number + 1)]


def _end_of(end: Function[str]) -> ScalarSelect[str]:
    return select(end).scalar_subquery()


def is_settled(quarter: Quarter) -> bool:
    """Whether a quarter's figures may be frozen."""
    return clock.today() > quarter.last_day + SETTLING


def newest_settled() -> Quarter:
    """Return the last quarter whose figures may be frozen."""
    latest = Quarter.current().previous
    return latest if is_settled(latest) else latest.previous


def compute(database: Database, quarter: Quarter) -> None:
    """Compute and keep a quarter's release as far as it may go now; nothing happens when it is there already."""
    settled = is_settled(quarter)
    _compute_before(database, quarter)
    with database.reading() as session:
        latest = find_latest(session, quarter)
        part = _slice_for(session, quarter, latest, settled=settled)
        if part is None:
            return
        before = find_latest(session, quarter.previous)
        step = Step(session, quarter, part, latest=latest, before=before.figures if before else None)
        figures, exact = step.final() if settled else step.running()
        sealed = keys(session).feedback.seal(exact.to_json())
    try:
        with database.transaction() as session:
            keep(session, str(quarter), exact.base, figures, sealed_exact=sealed, frozen=settled)
    except IntegrityError:
        # Another process has just computed the same step; its figures are these figures.
        return


def _slice_for(session: Session, quarter: Quarter, latest: Release | None, *, settled: bool) -> Slice | None:
    """Return which responses the next release counts, None when there is none to make.

    Up to nine who came after the last step are left out of the final figures too: subtracted, they would be known.
    """
    whole = counting.count_responses(session, Slice(quarter))
    exact = open_exact(session, latest) if latest else None
    if settled:
        if not whole:
            return None
        counted = counting.count_responses(session, Slice(quarter, exact.upto)) if exact else 0
        last = counting.last_arrival(session, quarter, whole)
        return Slice(quarter, exact.upto if exact and whole - counted < disclosure.RUNNING_STEP else last)
    base = disclosure.running_base(whole).value
    if not base or (latest and latest.base >= base):
        return None
    return Slice(quarter, counting.last_arrival(session, quarter, base))


def _compute_before(database: Database, quarter: Quarter) -> None:
    """Make sure that the quarter before is released, so that there is something to compare with."""
    with database.reading() as session:
        missing = find_latest(session, quarter.previous) is None
        has_responses = counting.count_responses(session, Slice(quarter.previous)) > 0
    if missing and has_responses:
        compute(database, quarter.previous)


def _is_due(session: Session, quarter: Quarter, latest: Release | None) -> bool:
    """Whether a newer step can have been reached, by the cheapest question there is: the last arrival number."""
    if latest and latest.is_frozen:
        return False
    arrived = _last_number(session, quarter)
    if is_settled(quarter):
        return arrived > 0
    return arrived >= (latest.base if latest else 0) + disclosure.RUNNING_STEP


def _is_quick(session: Session, quarter: Quarter) -> bool:
    """Whether a release, and the one before where it is missing, can be computed in about a second."""
    missing = [each for each in (quarter.previous, quarter) if find_latest(session, each) is None]
    answers = max(_last_number(session, each) for each in (quarter, *missing))
    return answers <= QUICK_RESPONSES and pending.count_pending(session, engine=ENGINE) <= QUICK_COMMENTS


def _last_number(session: Session, quarter: Quarter) -> int:
    return session.scalar(select(func.max(Response.arrival)).where(Response.quarter == str(quarter))) or 0


def keep(
    session: Session, period: str, base: int, figures: dict[str, Any], *, sealed_exact: bytes | None, frozen: bool
) -> None:
    """Keep a period's release; a frozen one is never touched again."""
    existing = session.scalar(select(Release).where(Release.quarter == period, Release.base == base))
    if existing is not None and existing.is_frozen >= frozen:
        return
    digest = digest_of(figures)
    release = existing or Release(quarter=period, base=base)
    release.is_frozen, release.figures, release.digest, release.sealed_exact = frozen, figures, digest, sealed_exact
    release.computed_at = clock.now()
    session.add(release)
    session.flush()
    # The exact number of responses stays out of the log: auditors read it too.
    shown = figures["responses"]["base"]
    audit.record(
        session,
        Action.RELEASE_COMPUTED,
        by=audit.SYSTEM,
        quarter=period,
        base=shown,
        digest=digest,
        frozen=frozen,
    )


def digest_of(figures: dict[str, Any]) -> str:
    """Return the SHA-256 of figures in their one canonical form, in hex."""
    canonical = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
