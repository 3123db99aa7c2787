"""What a release shows of each question: everybody, and in final figures the groups, protected together.

Knows no page and no file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from feedback.reports import code_book, disclosure, figures
from feedback.reports.counting.answers import Answers
from feedback.reports.counting.slices import SELF_REPORT, SPLITS
from feedback.reports.disclosure import WHOLE, Population, ShownDistribution, Why, base, compare
from feedback.reports.standing import Standing

PAIR = "group_event_type"


def running(construct: code_book.Construct, standing: Standing, earlier: dict[str, Any] | None) -> dict[str, Any]:
    """Return a question of the running quarter: everybody only, and nothing of what went unanswered.

    Groups would have to be unsubtractable from step to step as well, alone and from each other; they come with the
    final figures.
    """
    shown = compare({WHOLE: standing.shown(standing.counts)})[WHOLE]
    gone = disclosure.withheld(Why.NOT_YET).as_json()
    groups = [{"id": group, "favourable": gone} for group in SELF_REPORT]
    return _laid_out(construct, standing, shown, earlier) | {
        "everyone": without_silence(shown),
        "groups": groups,
        "splits": {},
    }


def final(
    construct: code_book.Construct,
    standing: Standing,
    populations: Mapping[Population, figures.Distribution],
    earlier: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return a question of a final quarter with every split there is, all protected together."""
    held = {name: standing.shown(counts) for name, counts in ordered(populations).items()}
    shown = compare(held)
    parts = {split: _rows(shown, split, names) for split, names in _by_split(shown).items()}
    groups = parts.pop(("group",))
    return _laid_out(construct, standing, shown[WHOLE], earlier) | {
        "everyone": shown[WHOLE].as_json(),
        "groups": groups,
        "splits": {"_".join(split): rows for split, rows in parts.items() if rows},
    }


def kept(before: dict[str, Any], earlier: dict[str, Any] | None) -> dict[str, Any]:
    """Return a question as the earlier step showed it, compared again with the quarter before."""
    favourable = share_of(before["everyone"]["favourable"])
    return before | {"before": earlier, "change": disclosure.verdict(share_of(earlier), favourable)}


def without_silence(shown: ShownDistribution) -> dict[str, Any]:
    """Return a question without what went unanswered: where looks overlap, that could be subtracted."""
    unanswered = [{"state": cell.state, "percent": None, "why": Why.NOT_OFFERED.value} for cell in shown.unanswered]
    return shown.as_json() | {"not_asked": disclosure.withheld(Why.NOT_OFFERED).as_json(), "unanswered": unanswered}


def ordered(populations: Mapping[Population, figures.Distribution]) -> dict[Population, figures.Distribution]:
    """Return everybody first, then the splits in their fixed order.

    The groups are always there; of the other splits only who is at least ten, for being listed as too few is news too.
    """
    everyone = populations[WHOLE]
    nobody = figures.Distribution.of(everyone.scale, {})
    found = {WHOLE: everyone} | {
        frozenset({("group", group)}): populations.get(frozenset({("group", group)}), nobody) for group in SELF_REPORT
    }
    for split, names in _by_split(populations).items():
        if split != SPLITS[0]:
            found |= {
                name: populations[name] for name in sorted(names, key=sorted) if not base(populations[name].base).why
            }
    return found


def share_of(shown: dict[str, Any] | None) -> disclosure.ShownShare:
    """Return a share as an earlier release showed it."""
    return disclosure.ShownShare(**shown) if shown else disclosure.withheld(Why.NO_ENTRY)


def whole_of(answers: Answers) -> dict[str, figures.Distribution]:
    """Return each question's counts over everybody."""
    return {construct: populations[WHOLE] for construct, populations in answers.items()}


def _laid_out(
    construct: code_book.Construct, standing: Standing, shown: ShownDistribution, earlier: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "id": construct.id,
        "name": construct.name,
        "measures": construct.measures,
        "stands_on": disclosure.base(standing.base).value,
        "before": earlier,
        "change": disclosure.verdict(share_of(earlier), shown.favourable),
    }


def _by_split(populations: Iterable[Population]) -> dict[tuple[str, ...], list[Population]]:
    """Return the populations of each split, in the order of splits and then as they come."""
    found: dict[frozenset[str], list[Population]] = {frozenset(split): [] for split in SPLITS}
    for name in populations:
        if name:
            found[frozenset(variable for variable, _ in name)].append(name)
    return {split: found[frozenset(split)] for split in SPLITS}


def _rows(
    shown: Mapping[Population, ShownDistribution], split: tuple[str, ...], names: Iterable[Population]
) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        values = dict(name)
        named = {"id": values[split[0]]} if len(split) == 1 else {part: values[part] for part in split}
        rows.append(named | {"favourable": shown[name].favourable.as_json()})
    return rows
