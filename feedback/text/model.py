"""A linear model over `features`: weights as plain arrays, loaded without pickle, scored with numpy.

Knows how to score and to say which words mattered; does not know how it was trained.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from feedback.text.features import BUCKETS, Writing, pair_buckets, word_buckets

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

_REMEMBERED = 20_000


@cache
def numpy() -> ModuleType:
    """Import numpy on first use."""
    import numpy  # noqa: ICN001, PLC0415 - heavy, loaded on first use by this one loader

    return numpy


@dataclass(slots=True)
class Linear:
    """Weights for several labels at once: per bucket and per named fact, and a constant."""

    labels: tuple[str, ...]
    pieces: Array
    """Weights of hashed pieces of words, BUCKETS x labels."""
    facts: dict[str, Array]
    """Weights of named facts."""
    constant: Array
    about: dict[str, Any] = field(default_factory=dict)
    """Thresholds, versions and figures: whatever the model's maker wants to say."""
    _words: dict[str, tuple[Array, Array, int]] = field(default_factory=dict)

    def scores(self, writing: Writing, facts: dict[str, float]) -> Array:
        """Return one raw score (log-odds) per label."""
        np = numpy()
        total = self.constant.copy()
        known = [self._word(word) for word in writing.words]
        if known:
            pairs = pair_buckets(writing.words)
            whole = sum((one[0] for one in known), np.zeros_like(total))
            if pairs:
                whole = whole + self.pieces[pairs].sum(axis=0)
            inside = sum((one[1] for one in known), np.zeros_like(total))
            total += whole / np.sqrt(2 * len(known) + len(pairs)) + inside / np.sqrt(sum(one[2] for one in known) or 1)
        for name, value in facts.items():
            weight = self.facts.get(name)
            if weight is not None:
                total += value * weight
        return total

    def word_weights(self, word: str) -> Array:
        """Return what one word by itself says for each label."""
        whole, inside, count = self._word(word)
        return whole + inside / numpy().sqrt(count or 1)

    def _word(self, word: str) -> tuple[Array, Array, int]:
        """Return a word's own weights, the sum of its pieces' weights and their number; remembered."""
        known = self._words.get(word)
        if known is None:
            whole, inside = word_buckets(word)
            known = (self.pieces[list(whole)].sum(axis=0), self.pieces[list(inside)].sum(axis=0), len(inside))
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            self._words[word] = known
        return known

    def save(self, path: Path) -> None:
        """Write `path`.npz (weights, half precision) and `path`.json (labels, facts' names, about)."""
        np = numpy()
        used = np.flatnonzero(np.abs(self.pieces).max(axis=1) > _TOO_SMALL)
        names = sorted(self.facts)
        np.savez_compressed(
            path.with_suffix(".npz"),
            used=used.astype(np.uint32),
            pieces=self.pieces[used].astype(np.float16),
            facts=np.array([self.facts[name] for name in names], np.float32).reshape(len(names), len(self.labels)),
            constant=self.constant.astype(np.float32),
        )
        told = {"labels": list(self.labels), "facts": names, "about": self.about}
        path.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


_TOO_SMALL = 5e-4
"""Weights nearer to zero than this change no score that is shown."""


def load(path: Path) -> Linear:
    """Return the model saved at `path`; raise OSError or ValueError when it is missing or damaged."""
    np = numpy()
    told = json.loads(path.with_suffix(".json").read_text("utf-8"))
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as arrays:
        pieces = np.zeros((BUCKETS, len(told["labels"])), np.float32)
        pieces[arrays["used"]] = arrays["pieces"]
        facts = dict(zip(told["facts"], arrays["facts"], strict=True))
        constant = arrays["constant"]
    return Linear(tuple(told["labels"]), pieces, facts, constant, told["about"])
