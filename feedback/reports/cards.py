"""Cards: how many were made for a quarter's events, and how many answers came with one, each as far as it may be shown.

Who got a card and whose answer it brought is not known here; both are counts by group and by kind of event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from feedback.reports import disclosure
from feedback.reports.disclosure import WHOLE, Population
from feedback.reports.disclosure.rules import COUNT_STEP
from feedback.reports.figures import YES_NO, Distribution, round_half_up

SPLITS = ("group", "event_type")
"""What a card says of whoever it is for; nothing else can be told apart."""


def answered(with_card: Mapping[Population, int], sizes: Mapping[Population, int]) -> dict[str, Any]:
    """Return the share of answers that came with a card, of everybody and by each split, all protected together.

    The second answer of a card that is used twice is not counted, so that a card counts once.
    """
    held = {
        name: Distribution.of(YES_NO, {"yes": with_card.get(name, 0), "no": sizes[name] - with_card.get(name, 0)})
        for name in [WHOLE, *_parts(sizes)]
    }
    shown = disclosure.compare(held)
    splits = {
        split: [
            {"id": dict(name)[split], "share": each.favourable.as_json()}
            for name, each in shown.items()
            if split in dict(name)
        ]
        for split in SPLITS
    }
    return {"everyone": shown[WHOLE].favourable.as_json(), "splits": splits}


def not_yet() -> dict[str, Any]:
    """Return what is shown of a running quarter: nothing, for its steps could be subtracted."""
    gone = disclosure.withheld(disclosure.Why.NOT_YET).as_json()
    return {"everyone": gone, "splits": {split: [] for split in SPLITS}}


def made(numbers: Mapping[tuple[str, str], int]) -> dict[str, list[dict[str, Any]]]:
    """Return how many cards were made by each split, from their numbers by (kind of event, group)."""
    by: dict[str, Counter[str]] = {split: Counter() for split in SPLITS}
    for (event_type, group), number in numbers.items():
        by["event_type"][event_type] += number
        by["group"][group] += number
    shown = {split: disclosure.shown_parts(dict(sorted(held.items()))) for split, held in by.items()}
    return {split: [{"id": name, **part.as_json()} for name, part in parts.items()] for split, parts in shown.items()}


def beside_each_other(made: Mapping[str, Any], answered: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Return (group or kind of event, cards made, answers that came with one) where both may be shown.

    From shown figures alone: answers are the shown percentage of the shown base, rounded to 5.
    """
    found = []
    for split in SPLITS:
        shares = {part["id"]: part["share"] for part in answered["splits"][split]}
        for part in made.get(split, []):
            share = shares.get(part["id"])
            if part["value"] and share and share["percent"] is not None:
                number = round_half_up(share["percent"] * share["base"] / 100, COUNT_STEP)
                found.append((part["id"], part["value"], number))
    return found


def _parts(sizes: Mapping[Population, int]) -> list[Population]:
    """Return the parts of each split, every group and the kinds of event at which ten or more answered."""
    one_way = [name for name in sizes if len(name) == 1]
    groups = sorted((name for name in one_way if "group" in dict(name)), key=sorted)
    event_types = [name for name in one_way if "event_type" in dict(name) and not disclosure.base(sizes[name]).why]
    return [*groups, *sorted(event_types, key=sorted)]
