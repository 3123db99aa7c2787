"""How good or bad the words of an English text are on the whole, by the rules and word values of VADER.

Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text" (2014); the
values stand in `lexicons/tone/vader_en.tsv` under their licence. Written anew because the library folds case and
spelling in its own way and reads 10,000 characters of a regex bomb for seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_REACH = 3
_NEGATED = -0.74
_BOOST = 0.293
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_ALPHA = 15.0
_NEGATIONS = frozenset(
    [
        *("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "hardly", "barely", "cannot"),
        *("cant", "dont", "didnt", "dint", "doesnt", "isnt", "wasnt", "arent", "werent", "wont", "wouldnt", "couldnt"),
        *("shouldnt", "hasnt", "havent", "hadnt", "aint", "can't", "don't", "didn't", "doesn't", "isn't", "wasn't"),
        *("aren't", "weren't", "won't", "wouldn't", "couldn't", "shouldn't", "hasn't", "haven't", "hadn't", "ain't"),
    ]
)
_BOOSTERS = frozenset(
    ["very", "really", "so", "extremely", "absolutely", "completely", "totally", "too", "such", "most"]
)
_DAMPERS = frozenset(["slightly", "somewhat", "little", "bit", "kind", "sort", "almost", "partly", "less"])
_CHANGERS = _BOOSTERS | _DAMPERS


def valence(folded: Sequence[str]) -> float:
    """Return -1..1 for an English text given as folded words; 0.0 when none of its words has a value."""
    known = _values()
    turn = len(folded) - 1 - folded[::-1].index("but") if "but" in folded else -1
    total = 0.0
    for at, own in [(at, known[word]) for at, word in enumerate(folded) if word in known]:
        value, before = own, folded[max(0, at - _REACH) : at]
        if not _CHANGERS.isdisjoint(before):
            value = _boosted(value, before)
        if not _NEGATIONS.isdisjoint(before):
            value *= _NEGATED
        if turn >= 0:
            value *= _BEFORE_BUT if at < turn else _AFTER_BUT
        total += value
    return total / math.sqrt(total * total + _ALPHA)


def _boosted(value: float, before: Sequence[str]) -> float:
    """Return a value made stronger or weaker by the words before it."""
    push = sum(_BOOST if word in _BOOSTERS else -_BOOST if word in _DAMPERS else 0.0 for word in before)
    return value + math.copysign(push, value) if push > 0 else value - math.copysign(min(-push, abs(value)), value)


@cache
def _values() -> dict[str, float]:
    """Return word -> value, -4..4."""
    lines = (files("feedback.text") / "lexicons" / "tone" / "vader_en.tsv").read_text("utf-8").splitlines()
    return {word: float(value) for word, value in (line.split("\t") for line in lines if not line.startswith("#"))}
