"""Whether later voices confirm an action: its question before and after, from released final figures alone.

Must not know raw counts: it compares what the gate has let through, of the same group both times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.improvements.models import Action
from feedback.reports import disclosure
from feedback.reports.figures import Verdict
from feedback.reports.models import Release


@dataclass(frozen=True)
class Effect:
    """What later voices say of an action; shares are as the releases show them, None where there is none."""

    verdict: Verdict
    before_in: Quarter | None = None
    before: dict[str, Any] | None = None
    after_in: Quarter | None = None
    after: dict[str, Any] | None = None
    why: str = ""


def find_effect(session: Session, action: Action) -> Effect:
    """Compare the last final quarter before an action's change with the newest final quarter after it.

    Every question may get a word here, not only the four headlines (practice 5.3): the owner names it beforehand.
    """
    if action.construct is None or action.changed_on is None:
        return Effect(Verdict.TOO_FEW, why="Nobody has said yet from which day families could notice a change.")
    began = Quarter.of(action.changed_on)
    before, after = _newest(session, before=began), _newest(session, after=began)
    was = _share(before, action.construct, action.for_group)
    now = _share(after, action.construct, action.for_group)
    why = "" if before and after else "There are no final figures yet from both before and after the change."
    verdict = disclosure.verdict(_shown(was), _shown(now))
    return Effect(verdict, _quarter(before), was, _quarter(after), now, why)


def people_heard(session: Session, quarter: Quarter, themes: Sequence[str]) -> int | None:
    """Return about how many people raised the most mentioned of these themes in a final quarter, if it may be said."""
    release = _newest(session, before=quarter.next, at_least=quarter)
    if release is None:
        return None
    counted = [row.get("people") for row in release.figures["themes"] if row["id"] in themes]
    return max((people for people in counted if people is not None), default=None)


def _newest(
    session: Session, *, before: Quarter | None = None, after: Quarter | None = None, at_least: Quarter | None = None
) -> Release | None:
    wanted = select(Release).where(Release.is_frozen, Release.quarter.like("____-Q_"))
    if before:
        wanted = wanted.where(Release.quarter < str(before))
    if after:
        wanted = wanted.where(Release.quarter > str(after))
    if at_least:
        wanted = wanted.where(Release.quarter >= str(at_least))
    return session.scalar(wanted.order_by(Release.quarter.desc()).limit(1))


def _share(release: Release | None, construct: str, group: str | None) -> dict[str, Any] | None:
    """Return everybody's share of a question, or a group's, as the release shows it."""
    for each in release.figures["constructs"] if release else ():
        if each["id"] == construct:
            parts = {part["id"]: part["favourable"] for part in each["groups"]}
            return parts.get(group) if group else each["everyone"]["favourable"]
    return None


def _shown(share: dict[str, Any] | None) -> disclosure.ShownShare:
    return disclosure.ShownShare(**share) if share else disclosure.withheld(disclosure.Why.NO_ENTRY)


def _quarter(release: Release | None) -> Quarter | None:
    return Quarter.parse(release.quarter) if release else None
