"""Judge a comment by signals that say little alone: a small linear model whose weights are a readable table.

Stands beside the lists and finds what they cannot name; its weights come from `learn.py`. Knows no phrase list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from feedback.text.concerns.lists import HARMLESS
from feedback.text.concerns.signals import features

WINDOW = 70
"""Words judged together; the comments learnt from are hardly longer."""
STEP = 40
_BENEFIT = 1.0
"""What the score must reach above the threshold when a phrase known to be harmless explains the alarming words."""
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each feature for a concern and for each kind; the score from which a comment is flagged."""

    concern: Mapping[str, float]
    kinds: tuple[str, ...]
    by_kind: Mapping[str, tuple[float, ...]]
    """What a feature weighs for each of `kinds`; only few features say which kind it is."""
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a row of words: score above the threshold, likeliest kind, the words that weighed most."""

    score: float
    kind: str
    first: int
    last: int


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights, read at the first call: rows of `table, feature, weight`."""
    text = (files("feedback.text") / "lexicons" / "concerns" / "weights.tsv").read_text("utf-8")
    concern: dict[str, float] = {}
    thresholds: dict[str, float] = {}
    kinds: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        table, feature, weight = line.split("\t")
        into = concern if table == "concern" else thresholds if table == "threshold" else kinds.setdefault(table, {})
        into[feature] = float(weight)
    names = sorted({name for table in kinds.values() for name in table})
    by_kind = {name: tuple(table.get(name, 0.0) for table in kinds.values()) for name in names}
    return Weights(concern, tuple(kinds), by_kind, thresholds)


def judge(words: Sequence[str], language: str | None, hits: Iterable[str]) -> Judged | None:
    """Return what the model says, None when the score stays under the language's threshold."""
    loaded = weights()
    threshold = loaded.thresholds.get(language or "", loaded.thresholds.get("any", 0.0))
    hits = frozenset(hits)
    if HARMLESS in hits:
        threshold += _BENEFIT
    best: Judged | None = None
    for at in range(0, max(1, len(words) - WINDOW + STEP), STEP):
        judged = _judge(words[at : at + WINDOW], language, hits, threshold)
        if judged is not None and (best is None or judged.score > best.score):
            best = Judged(judged.score, judged.kind, judged.first + at, judged.last + at)
    return best


def _judge(words: Sequence[str], language: str | None, hits: Iterable[str], threshold: float) -> Judged | None:
    loaded = weights()
    score = loaded.concern.get("bias", 0.0)
    by_word = [0.0] * len(words)
    found = features(words, language, hits)
    for name, (value, places) in found.items():
        weight = loaded.concern.get(name)
        if weight is None:
            continue
        score += weight * value
        for place in places:
            by_word[place] += weight * value / len(places)
    if score <= threshold:
        return None
    return Judged(score, _kind(found, loaded), *_stretch(by_word))


def _kind(found: Mapping[str, tuple[float, Sequence[int]]], loaded: Weights) -> str:
    """Return the likeliest kind."""
    total = list(loaded.by_kind["bias"])
    for name, (value, _) in found.items():
        of = loaded.by_kind.get(name)
        if of is not None:
            total = [so_far + weight * value for so_far, weight in zip(total, of, strict=True)]
    return loaded.kinds[total.index(max(total))]


def _stretch(by_word: Sequence[float]) -> tuple[int, int]:
    """Return the stretch of words around the one that weighed most (end exclusive)."""
    if not by_word:
        return 0, 0
    top = max(range(len(by_word)), key=by_word.__getitem__)
    return max(0, top - _AROUND), min(len(by_word), top + _AROUND + 1)
