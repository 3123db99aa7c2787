"""Find the themes of the code book in a text, with the words that pointed to them.

The shipped model weighs cue words and pieces of words; a model learnt by this installation may stand beside it.
Knows nothing about tone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from feedback.text import features, second_opinion
from feedback.text.arrays import numpy
from feedback.text.codebook import MOST, THEMES
from feedback.text.features import Writing
from feedback.text.language import is_everyday
from feedback.text.model import Linear, load, shipped
from feedback.text.scales import Weighed

__all__ = ["MOST", "THEMES", "Found", "find", "of"]

_WORDS_SHOWN = 5
_MOST_WORDS = 2_000
_CLEAREST = 0.35
"""How much the sentence that speaks most clearly of a theme counts beside the whole comment; chosen on the comments set
aside (English micro F1 .681 to .687, other languages as before) and on the public health survey (.651 to .660)."""
_SAYS_SOMETHING = 0.6
"""What a single word must weigh for a theme to be named as a reason (raw score)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A theme found in a text: its id, score 0..1 and the words that mattered, cue words first."""

    id: str
    score: float
    words: tuple[str, ...]


def find(text: str, language: str | None, question: str | None = None) -> tuple[Found, ...]:
    """Return the themes of a text, best first."""
    return of(features.read(text, language, question))


def of(writing: Writing, model: Linear | None = None) -> tuple[Found, ...]:
    """Return the themes of a writing, best first, from the shipped model or another."""
    return of_parts(writing, (), model)[0]


def of_parts(
    whole: Writing, parts: Sequence[Writing], model: Linear | None = None, weighed: Weighed | None = None
) -> tuple[tuple[Found, ...], list[tuple[str, ...]]]:
    """Return the themes of a comment, and the ids of those of each of its parts, all read at once."""
    model = model or shipped("themes")
    told = shares_in(model, whole, parts, weighed)
    best, *others = [
        _best(chances, model) if writing.words else {} for writing, chances in zip([whole, *parts], told, strict=True)
    ]
    heavy = _heaviest(whole.words, model, best)
    found = tuple(Found(label, chance, _words(whole, label, heavy[label])) for label, chance in best.items())
    return found, [tuple(some) for some in others]


def _best(told: Sequence[float], model: Linear) -> dict[str, float]:
    """Return label -> chance of the themes to be named, best first."""
    chances = dict(zip(model.labels, told, strict=True))
    return {label: chances[label] for label in chosen(chances, model.about)}


def chosen(chances: dict[str, float], about: dict[str, Any]) -> list[str]:
    """Return the labels whose chance passes their threshold, best first and `most` at most.

    When none passes, the best one is given if it reaches `floor`: nearly every comment is about something.
    """
    limits = about["thresholds"]
    usual = limits["*"]
    if len(limits) > 1:
        passed = [label for label, chance in chances.items() if chance >= limits.get(label, usual)]
    else:
        passed = [label for label, chance in chances.items() if chance >= usual]
    if not passed:
        best = max(chances, key=chances.__getitem__)
        return [best] if chances[best] >= about.get("floor", 1.0) else []
    return sorted(passed, key=lambda label: -chances[label])[: about.get("most", MOST)]


def shares(model: Linear, whole: Writing, parts: Sequence[Writing] = ()) -> list[float]:
    """Return the chance 0..1 of every label of a model for a comment, given its sentences when it has several."""
    return shares_in(model, whole, parts)[0]


def shares_in(
    model: Linear, whole: Writing, parts: Sequence[Writing], weighed: Weighed | None = None
) -> list[list[float]]:
    """Return the chances of a comment, then of its parts; what one of them says clearly counts for the whole."""
    np = numpy()
    writings = [whole, *parts]
    raw = model.scores_of(writings, facts(writings, is_second=second_opinion.is_heard_by(model.facts)), weighed)
    if len(parts) > 1:
        raw[0] += _CLEAREST * (np.maximum.reduce(raw[1:], axis=0) - raw[0])
    chances: list[list[float]] = (1 / (1 + np.exp(-np.minimum(np.maximum(raw, -30), 30)))).tolist()
    return chances


def facts(writings: Sequence[Writing], *, is_second: bool) -> list[dict[str, float]]:
    """Return the named facts of each writing; for a model of other labels with what the shipped models say of it."""
    found = [features.theme_facts(writing) for writing in writings]
    if is_second:
        return [one | more for one, more in zip(found, second_opinion.facts(writings), strict=True)]
    return found


@lru_cache(maxsize=4)
def own(folder: Path) -> Linear:
    """Return the model in a folder made by `train_themes`; raise OSError or ValueError when there is none."""
    return load(folder / "themes")


def _words(writing: Writing, label: str, heavy: list[str]) -> tuple[str, ...]:
    """Return the cue words of a theme in a text, and single words that weigh much for it."""
    cued = [cue.words for cue in writing.cues if cue.theme == label]
    said = " ".join(cued)
    return tuple(dict.fromkeys([*cued, *(word for word in heavy if word not in said)]))[:_WORDS_SHOWN]


def _heaviest(folded: Sequence[str], model: Linear, labels: Collection[str]) -> dict[str, list[str]]:
    """Return, per label, the words of a text that weigh most for it, heaviest first."""
    least = _SAYS_SOMETHING * math.sqrt(len(folded))
    telling = dict.fromkeys(word for word in folded[:_MOST_WORDS] if not is_everyday(word)) if labels else {}
    heavy: dict[str, list[tuple[float, str]]] = {label: [] for label in labels}
    for word, weights in zip(telling, model.telling(telling, _SAYS_SOMETHING), strict=True):
        for label, weight in weights.items():
            if weight > least and label in heavy:
                heavy[label].append((-weight, word))
    return {
        label: [word for _, word in sorted(found, key=itemgetter(0))[:_WORDS_SHOWN]] for label, found in heavy.items()
    }
