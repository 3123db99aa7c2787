"""One question at several times: figures over overlapping people, which can be subtracted from each other.

What came before is published and cannot be taken back; what comes after gives way. Must not know dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.reports import figures
from feedback.reports.disclosure import groups
from feedback.reports.disclosure.bases import may_follow, may_show_year
from feedback.reports.disclosure.crowds import ANSWER, WHOLE, Crowd, Population, layout, price_of, show
from feedback.reports.disclosure.puzzle import Key, Puzzle, exposed, protect
from feedback.reports.disclosure.rules import Released, Why
from feedback.reports.disclosure.shapes import ShownDistribution


def may_replace(before: figures.Distribution, after: figures.Distribution) -> Released[bool]:
    """Decide whether a question's figures may be replaced by later ones that hold the same people and more.

    For the running quarter: keep showing `before` (as shown by `distribution`) until this allows `after`, since the
    difference is a figure about those who came between. Raises ValueError when somebody is missing from `after`.
    """
    allowed = may_follow(before.responses, after.responses)
    if allowed.why or before == after:
        return allowed
    crowds = _crowds({"before": before, "between": _minus(after, before)}, after, published={"before"})
    hidden = {key for crowd in crowds.values() for key in crowd.hidden()}
    targets = [key for crowd in crowds.values() for key in crowd.targets()]
    return Released(None, Why.WORKED_OUT) if exposed(_puzzle(crowds), hidden | set(targets), targets) else allowed


def year(quarters: Sequence[figures.Distribution]) -> ShownDistribution:
    """Return what may be shown of a question over four quarters, each of which is published as `distribution` shows it.

    Years must not overlap: two of them that share quarters could be subtracted.
    """
    whole = quarters[0] + quarters[1] + quarters[2] + quarters[3] if len(quarters) == 4 else None  # noqa: PLR2004
    refused = may_show_year([quarter.base for quarter in quarters]).why
    if whole is None or refused:
        return groups.nothing(quarters[0], refused or Why.NOT_OFFERED)
    names = {str(number): quarter for number, quarter in enumerate(quarters)}
    crowds = _crowds(names, whole, published=set(names))
    hidden = protect(
        _puzzle(crowds),
        targets=[key for crowd in crowds.values() for key in crowd.targets()],
        hidden=[key for crowd in crowds.values() for key in crowd.hidden()],
        price=_price,
    )
    return groups.nothing(whole, Why.REFUSED) if hidden is None else show(crowds[WHOLE], hidden)


def _crowds(
    parts: Mapping[str, figures.Distribution], whole: figures.Distribution, *, published: set[str]
) -> dict[Population, Crowd]:
    """Plan the whole and those parts that are published; of the others nothing is shown."""
    crowds = {WHOLE: Crowd(WHOLE, whole, groups.plan_for(whole), in_full=True)}
    for name, counts in parts.items():
        plan = groups.plan_for(counts) if name in published else Why.WORKED_OUT
        population = frozenset({("part", name)})
        crowds[population] = Crowd(population, counts, plan, in_full=True)
    return crowds


def _puzzle(crowds: Mapping[Population, Crowd]) -> Puzzle:
    return layout(crowds, {(WHOLE, "part"): [name for name in crowds if name != WHOLE]})


def _price(key: Key) -> float:
    """Return what hiding a count of the year costs; of the quarters nothing can be hidden any more."""
    named = dict(key[1])
    return float("inf") if "part" in named or ANSWER not in named else price_of(named[ANSWER])


def _minus(after: figures.Distribution, before: figures.Distribution) -> figures.Distribution:
    """Return those who came between; a negative count raises ValueError."""
    answered = tuple(late - early for late, early in zip(after.answered, before.answered, strict=True))
    missing = {kind.value: getattr(after, kind) - getattr(before, kind) for kind in figures.NoAnswer}
    return figures.Distribution(after.scale, answered, **missing)
