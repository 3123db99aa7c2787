"""Judge a comment by all its words at once: a small linear model beside the lists, for what they cannot name.

Reads the same pieces of words as the tone model and the groups of `signals.py`; its weights come from `learn.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from feedback.text import features, words
from feedback.text.concerns.lists import HARMLESS
from feedback.text.concerns.phrases import Joined
from feedback.text.concerns.signals import meetings
from feedback.text.features import Writing
from feedback.text.measured import MODELS
from feedback.text.model import Linear, load
from feedback.text.remembered import Remembered
from feedback.text.scales import Weighed

WINDOW = 70
"""Words judged together; the comments learnt from are hardly longer."""
STEP = 40
NAME = "worries"
KINDS_NAME = "worry_kinds"
SIGNALS = 0.25
"""How much a group of signal words counts beside the pieces of words; chosen on comments the model had not seen."""
_TONE = {
    name: f"tone {name}"
    for name in ("good", "bad", "lean", "feels good", "feels bad", "went well", "went wrong", "negations",
                 "no negation", "but", "length", "valence")
}  # fmt: skip
"""Facts of the tone model that count here too, and what they are called."""
_BENEFIT = 0.3
"""What the score must reach above the threshold when a phrase known to be harmless explains the alarming words."""
_AROUND = 2

Found = Mapping[str, tuple[float, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Spelt:
    """Words as spelt right, the kinds of listed phrases among them, and their language."""

    words: Sequence[str]
    hits: frozenset[str]
    language: str | None


class AlreadyRead(NamedTuple):
    """A text as somebody has read it already, and what its pieces weigh where that is known."""

    writing: Writing | None = None
    weighed: Weighed | None = None


NOT_READ = AlreadyRead()


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a row of words: score above the threshold, likeliest kind, the words that weighed most."""

    score: float
    kind: str
    first: int
    last: int


@lru_cache(maxsize=1)
def models() -> tuple[Linear, Linear]:
    """Return the model that tells a concern and the one that names its kind, loaded at the first call."""
    return load(MODELS / NAME), load(MODELS / KINDS_NAME)


def facts(found: Found, writing: Writing) -> dict[str, float]:
    """Return the named numbers the model reads beside the pieces of words: groups of signals, tone, language."""
    felt = features.felt(writing)
    told = {called: felt[name] for name, called in _TONE.items() if felt.get(name)}
    told[f"in {writing.language}"] = 0.5
    for name, (value, _) in found.items():
        told[name] = SIGNALS * value
    return told


def judge(text: str, row: Joined, spelt: Spelt, read: AlreadyRead = NOT_READ) -> Judged | None:
    """Return what the model says, None when the score stays under the language's threshold.

    Whatever was asked: a worry is as likely an answer to "what went well" as to anything else.
    `row` holds the text's words; a long text is read in windows.
    """
    if len(row) <= WINDOW:
        if read.writing is not None and read.writing.language == spelt.language:
            return _judge(row, spelt, features.asked_nothing(read.writing), read.weighed)
        return _judge(row, spelt, features.read(text[row[0][1] : row[-1][2]], spelt.language))
    best: Judged | None = None
    for at in range(0, len(row) - WINDOW + STEP, STEP):
        part = row[at : at + WINDOW]
        writing = features.read(text[part[0][1] : part[-1][2]], spelt.language)
        judged = _judge(part, replace(spelt, words=spelt.words[at : at + WINDOW]), writing)
        if judged is not None and (best is None or judged.score > best.score):
            best = replace(judged, first=judged.first + at, last=judged.last + at)
    return best


def _judge(row: Joined, spelt: Spelt, writing: Writing, weighed: Weighed | None = None) -> Judged | None:
    worries, kinds = models()
    thresholds = worries.about["thresholds"]
    threshold = thresholds.get(spelt.language or "", thresholds["any"]) + (_BENEFIT if HARMLESS in spelt.hits else 0.0)
    found = meetings(spelt.words, spelt.language, spelt.hits)
    told = facts(found, writing)
    score = float(worries.scores(writing, told, weighed)[0]) - threshold
    if score <= 0:
        return None
    kind = kinds.labels[int(kinds.scores(writing, told, weighed).argmax())]
    return Judged(score, kind, *_stretch(_by_word(row, found)))


def _by_word(row: Joined, found: Found) -> list[float]:
    """Return what each word weighed, alone and in the groups it belongs to."""
    worries, _ = models()
    weighed: list[float] = worries.word_weights([_FOLDED[word] for word, _, _ in row])[:, 0].tolist()
    for name, (value, places) in found.items():
        if name in worries.facts:
            for place in places:
                weighed[place] += SIGNALS * value * float(worries.facts[name][0]) / len(places)
    return weighed


_FOLDED = Remembered(words.fold)


def _stretch(by_word: Sequence[float]) -> tuple[int, int]:
    """Return the stretch of words around the one that weighed most (end exclusive)."""
    top = max(range(len(by_word)), key=by_word.__getitem__)
    return max(0, top - _AROUND), min(len(by_word), top + _AROUND + 1)
