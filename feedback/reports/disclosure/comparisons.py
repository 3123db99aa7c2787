"""One question in several groups side by side: shares that cannot be subtracted from each other.

Every group first passes the gate on its own (`groups`); then all of them together are attacked, because the whole minus
the shown groups is a figure too. Safety is proven for a reader who knows every shown base and count exactly. Must not
know what the groups are: a population is a set of (variable, value) pairs, the empty set is everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from feedback.reports import figures
from feedback.reports.disclosure import groups
from feedback.reports.disclosure.bases import may_split_by, shown_parts
from feedback.reports.disclosure.crowds import FAVOURABLE, WHOLE, Crowd, Population, layout, price, show
from feedback.reports.disclosure.puzzle import Key, protect
from feedback.reports.disclosure.rules import COARSE_STEP, Why, is_small
from feedback.reports.disclosure.shapes import ShownDistribution

Family: TypeAlias = dict[Population, figures.Distribution]
Families: TypeAlias = Mapping[tuple[Population, str], Family]

REST = ""
"""Value of a variable for those in none of the groups given; never shown."""


def compare(
    populations: Mapping[Population, figures.Distribution], *, in_full: Collection[str] = ()
) -> dict[Population, ShownDistribution]:
    """Return what may be shown of one question in everybody (`WHOLE`) and in groups of them, all side by side.

    Populations split by variables `in_full` show every answer, others their favourable share only; what went unanswered
    is shown for everybody only. The share of everybody never gives way to a group's; where a group's gives way to
    another's, none of these says few or most, so that nobody can tell which one had to be hidden. When no safe way is
    found, the splits given last are withheld first. Raises ValueError when groups hold more people than their whole.
    """
    splits = list(dict.fromkeys(_variables(population) for population in populations if population))
    offered = [split for split in splits if may_split_by(split).why is None]
    while True:
        held = {name: each for name, each in populations.items() if not name or _variables(name) in offered}
        shown = _compared(held, frozenset(in_full))
        if shown is not None:
            break
        offered.pop()
    return {
        name: shown[name]
        if name in shown
        else groups.nothing(each, Why.REFUSED if may_split_by(_variables(name)).why is None else Why.NOT_OFFERED)
        for name, each in populations.items()
    }


def _compared(
    populations: Mapping[Population, figures.Distribution], in_full: frozenset[str]
) -> dict[Population, ShownDistribution] | None:
    """Protect the populations together; None when no safe way was found."""
    families = dict(_families(populations))
    everyone = dict(populations)
    for family in families.values():
        everyone |= family
    plans = _plans(everyone, families, in_full)
    wordless: frozenset[Population] = frozenset()
    while True:
        crowds = {
            name: Crowd(name, each, plans[name], in_full=_variables(name) <= in_full, has_word=name not in wordless)
            for name, each in everyone.items()
        }
        targets = [key for crowd in crowds.values() for key in crowd.targets()]
        given = frozenset(key for crowd in crowds.values() for key in crowd.hidden())
        # Where nobody has to be hidden there is nothing to attack, however large the quarter.
        hidden = protect(layout(crowds, families), targets=targets, hidden=given, price=price) if targets else given
        touched = (frozenset(everyone) - {WHOLE}) if hidden is None else _touched(crowds, families, hidden)
        if touched <= wordless:
            return None if hidden is None else {name: show(crowds[name], hidden) for name in populations}
        wordless |= touched


def _touched(crowds: Mapping[Population, Crowd], families: Families, hidden: frozenset[Key]) -> frozenset[Population]:
    """Return the groups beside one whose share was hidden for another's sake, itself included."""
    gave_way = {name for name, crowd in crowds.items() if crowd.key(FAVOURABLE) in hidden - frozenset(crowd.hidden())}
    return frozenset(name for family in families.values() if gave_way & set(family) for name in family)


def _variables(population: Population) -> frozenset[str]:
    return frozenset(variable for variable, _ in population)


def _families(
    populations: Mapping[Population, figures.Distribution],
) -> Iterator[tuple[tuple[Population, str], Family]]:
    """Yield every population with its parts by one further variable, those in no part included."""
    found: dict[tuple[Population, str], Family] = {}
    for name, each in populations.items():
        for variable, value in name:
            found.setdefault((name - {(variable, value)}, variable), {})[name] = each
    variables = sorted({variable for population in populations for variable, _ in population})
    for parent, whole in populations.items():
        for variable in variables:
            parts = found.get((parent, variable))
            if parts:
                rest = _left(whole, parts.values())
                yield (parent, variable), parts | ({parent | {(variable, REST)}: rest} if rest.responses else {})


def _left(whole: figures.Distribution, parts: Collection[figures.Distribution]) -> figures.Distribution:
    sums = map(sum, zip(*(part.answered for part in parts), strict=True))
    return figures.Distribution(
        whole.scale,
        tuple(count - held for count, held in zip(whole.answered, sums, strict=True)),
        whole.blank - sum(part.blank for part in parts),
        whole.dont_know - sum(part.dont_know for part in parts),
        whole.wont_say - sum(part.wont_say for part in parts),
        whole.not_asked - sum(part.not_asked for part in parts),
    )


def _plans(
    everyone: Mapping[Population, figures.Distribution], families: Families, in_full: frozenset[str]
) -> dict[Population, groups.Plan | Why]:
    """Plan every population on its own; hide what is too thin, and with it enough that at least ten are left over."""
    plans = {
        name: Why.FEW_LEFT
        if any(value == REST for _, value in name)
        else groups.plan_for(each, in_full=_variables(name) <= in_full)
        for name, each in everyone.items()
    }
    before: dict[Population, groups.Plan | Why] = {}
    while before != plans:
        before = dict(plans)
        for (parent, _), family in families.items():
            gone = [name for name in family if isinstance(plans[parent], Why) or isinstance(plans[name], Why)]
            parts = shown_parts({name: each.base for name, each in family.items()}, unshown=gone)
            plans |= {name: part.why for name, part in parts.items() if part.why and not isinstance(plans[name], Why)}
    return _blurred(plans, everyone)


def _blurred(
    plans: Mapping[Population, groups.Plan | Why], everyone: Mapping[Population, figures.Distribution]
) -> dict[Population, groups.Plan | Why]:
    """Round all groups coarsely when in one of them only a few did not answer, lest their exact bases add up."""
    if not any(is_small(each.asked - each.base) for name, each in everyone.items() if name):
        return dict(plans)
    return {
        name: replace(plan, step=max(plan.step, COARSE_STEP)) if name and isinstance(plan, groups.Plan) else plan
        for name, plan in plans.items()
    }
