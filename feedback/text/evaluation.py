"""Figures that say how well the engine reads: accuracy, F1, abstentions, calibration, with their uncertainty.

Pure arithmetic on pairs of what is right and what was said; knows nothing about models or files.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Pair = tuple[str, str]
SetPair = tuple[frozenset[str], frozenset[str]]
_P = TypeVar("_P")

_RESAMPLES = 200
_NORMAL_95 = 1.96
_BINS = 10


def accuracy(pairs: Sequence[Pair]) -> float:
    """Return the share of pairs (right, said) that agree."""
    return sum(right == said for right, said in pairs) / len(pairs)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the mean F1 over the labels that are right somewhere."""
    labels = {right for right, _ in pairs}
    return sum(_f1(*_counts_of(pairs, label)) for label in labels) / len(labels)


def _counts_of(pairs: Sequence[Pair], label: str) -> tuple[int, int, int]:
    """Return hits, false alarms and misses of one label."""
    hits = sum(right == label == said for right, said in pairs)
    return hits, sum(said == label for _, said in pairs) - hits, sum(right == label for right, _ in pairs) - hits


def _f1(hits: int, alarms: int, misses: int) -> float:
    """Return F1, 0 when there is nothing to find and nothing was said."""
    return 2 * hits / (2 * hits + alarms + misses) if hits else 0.0


def themes_f1(pairs: Sequence[SetPair]) -> tuple[float, float]:
    """Return micro and macro F1 of sets of labels; macro over the labels that are right somewhere."""
    labels = sorted({label for right, _ in pairs for label in right} | {label for _, said in pairs for label in said})
    counts = {label: [0, 0, 0] for label in labels}
    for right, said in pairs:
        for label in right | said:
            counts[label][0 if label in right and label in said else 1 if label in said else 2] += 1
    real = {label for right, _ in pairs for label in right}
    total = [sum(count[at] for count in counts.values()) for at in range(3)]
    macro = sum(_f1(*counts[label]) for label in real) / len(real) if real else 0.0
    return _f1(*total), macro


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    share, square = hits / n, _NORMAL_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _NORMAL_95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(pairs: Sequence[_P], figure: Callable[[Sequence[_P]], float]) -> tuple[float, float]:
    """Return the 95 % interval of any figure by resampling the rows (bootstrap, the same seed every time)."""
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    found = sorted(figure(draw.choices(pairs, k=len(pairs))) for _ in range(_RESAMPLES))
    return found[int(0.025 * _RESAMPLES)], found[int(0.975 * _RESAMPLES) - 1]


def calibration_error(confident: Sequence[tuple[float, bool]]) -> float:
    """Return the mean gap between confidence and being right, over ten equal bins weighted by size."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for chance, right in confident:
        bins[min(int(chance * _BINS), _BINS - 1)].append((chance, right))
    gaps = (abs(sum(c for c, _ in part) - sum(r for _, r in part)) for part in bins if part)
    return sum(gaps) / len(confident)
