"""How many people stand behind figures, and which looks at the same people may stand side by side.

Decides on numbers of responses alone; must not know what anybody answered.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Final, TypeVar

from feedback.reports.disclosure.rules import MIN_BASE, RUNNING_STEP, Released, Why, round_down

SPLIT_VARIABLES: Final = frozenset(
    {"event_type", "group", "service", "age_band", "ethnic_group", "disability", "language_need"}
)
"""The only variables a figure may be split by (practice 3.7 rule 6)."""

EQUALITY_VARIABLES: Final = frozenset({"age_band", "ethnic_group", "disability", "language_need"})
"""Of these one at a time, beside event type, group or service (practice 3.7 rule 6)."""

Name = TypeVar("Name", bound=Hashable)

MAX_SPLITS = 2
YEAR = 4


def base(count: int) -> Released[int]:
    """Return the number of people in a group, rounded down to 5; fewer than ten are withheld."""
    if count < MIN_BASE:
        return Released(None, Why.FEWER_THAN_TEN)
    return Released(round_down(count))


def running_base(count: int) -> Released[int]:
    """Return how many responses the running quarter's release may hold: the first 10, 20, 30 ... of `count`."""
    if count < MIN_BASE:
        return Released(None, Why.FEWER_THAN_TEN)
    return Released(round_down(count, RUNNING_STEP))


def may_split_by(variables: Collection[str]) -> Released[bool]:
    """Decide whether a split is on the fixed list: at most two variables, at most one of them about equality."""
    names = set(variables)
    fits = len(names) == len(variables) <= MAX_SPLITS and names <= SPLIT_VARIABLES
    if not fits or len(names & EQUALITY_VARIABLES) > 1:
        return Released(None, Why.NOT_OFFERED)
    return Released(True)


def may_filter(part: int, whole: int) -> Released[bool]:
    """Decide whether a part of a shown whole may be looked at: neither it nor what is left may be under ten.

    The whole itself is not a filter and is allowed. Raises ValueError when the part is larger than the whole.
    """
    if part > whole:
        raise ValueError("A part is never larger than the whole.")
    if part < MIN_BASE:
        return Released(None, Why.FEWER_THAN_TEN)
    if 0 < whole - part < MIN_BASE:
        return Released(None, Why.FEW_LEFT)
    return Released(True)


def may_follow(before: int, after: int, *, left: int = 0) -> Released[bool]:
    """Decide whether a second release over the same period may stand beside the first, given how it changed.

    `before` and `after` are exact numbers of responses; `left` are responses in the first and no longer in the second
    (withdrawn, late corrections). Those who came and those who left are each nobody or at least ten, for two releases
    can be subtracted. Raises ValueError for impossible numbers.
    """
    joined = after - before + left
    if joined < 0 or left < 0 or left > before:
        raise ValueError("Nobody can leave a release who was not in it.")
    if 0 < joined < MIN_BASE or 0 < left < MIN_BASE:
        return Released(None, Why.FEW_LEFT)
    return Released(True) if after >= MIN_BASE else Released(None, Why.FEWER_THAN_TEN)


def may_show_year(quarters: Collection[int]) -> Released[bool]:
    """Decide whether a four-quarter year may stand beside its quarters, by their exact numbers of responses.

    Quarters under ten are not shown themselves; those together are what is left when the shown ones are subtracted, so
    they must be nobody or at least ten.
    """
    if len(quarters) != YEAR:
        return Released(None, Why.NOT_OFFERED)
    if sum(quarters) < MIN_BASE:
        return Released(None, Why.FEWER_THAN_TEN)
    hidden = sum(count for count in quarters if count < MIN_BASE)
    if 0 < hidden < MIN_BASE:
        return Released(None, Why.FEW_LEFT)
    return Released(True)


def shown_parts(parts: Mapping[Name, int], *, unshown: Collection[Name] = ()) -> dict[Name, Released[int]]:
    """Return which parts of a shown whole may be shown, in the order given.

    Parts under ten are hidden, as are those `unshown` for other reasons; while those hidden make up fewer than ten
    together, the smallest shown part is hidden with them (ties by order), so that the whole minus the shown parts is
    nobody or at least ten. An empty part is withheld like a small one but leaves nothing over.
    """
    reasons = {name: Why.FEW_LEFT for name in parts if name in unshown}
    reasons |= {name: Why.FEWER_THAN_TEN for name, count in parts.items() if count < MIN_BASE}
    waiting = sorted((name for name in parts if name not in reasons), key=lambda name: parts[name])
    while waiting and 0 < sum(parts[name] for name in reasons) < MIN_BASE:
        reasons[waiting.pop(0)] = Why.FEW_LEFT
    return {name: Released(None, reasons[name]) if name in reasons else base(count) for name, count in parts.items()}
