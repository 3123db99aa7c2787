"""Learn themes from what readers say of comments, and judge the result beside the model in use on the same answers.

A version is what people's comments teach beyond the shipped model, which has learnt from our own: weights of hashed
pieces that stand in at least ten answers; no word and no text. It is learnt once from all answers and once without each
quarter of them, so that every version, old or new, can be judged on every answer by weights that have not seen it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from feedback.text import evaluation, features, learning, themes
from feedback.text.codebook import THEMES
from feedback.text.features import Writing
from feedback.text.language import detect
from feedback.text.model import Linear, read, shipped
from feedback.text.training import PRIVATE_RAREST, UnusableLabels

FEWEST = 100
"""Comments below which hardly any piece of a word stands in the ten answers it needs."""
QUARTERS = 4
_STRENGTH = 0.3
"""How far people's comments may lead away from ours: 1 did harm with few of them, 0.3 none. On a thousand comments that
neither had seen, micro F1 of .476 became .480, .494 and .506 with 60, 300 and 1,500 of the practice comments."""
_ROLE_WORD = regex.compile(r"\[[\p{L}…]*+\]")
"""What redaction writes in the place of names; families do not write it, so nothing is learnt from it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The themes that a reader gave to a comment's redacted words; `answer` names the response it belongs to."""

    text: str
    themes: frozenset[str]
    question: str
    language: str | None
    group: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class Score:
    """Micro and macro F1 of a model on the comments it was judged on, 0 to 1."""

    micro: float
    macro: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A version, to be added to the shipped model: learnt from `all` answers, and `without` each quarter of them."""

    all: Linear
    without: tuple[Linear, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """A new version, how many comments it learnt from, and its score beside that of the model in use.

    Both are judged on the same comments, each by weights that have not seen its answer.
    """

    weights: Weights
    comments: int
    score: Score
    beside: Score

    @property
    def is_worse(self) -> bool:
        """Whether the new version is behind what is in use in either figure."""
        return self.score.micro < self.beside.micro or self.score.macro < self.beside.macro


def quarter_of(answer: str) -> int:
    """Return to which quarter an answer belongs, 0 to 3; the same for ever, by its hash."""
    return hashlib.sha256(answer.encode()).digest()[0] % QUARTERS


def check_enough(comments: int) -> None:
    """Raise UnusableLabels, saying how many comments are needed, when there are too few."""
    if comments < FEWEST:
        raise UnusableLabels(
            f"Learning needs {FEWEST} comments whose themes a reader has confirmed or corrected; there are {comments}."
        )


def learn(corrections: Iterable[Correction], in_use: Weights | None = None) -> Learnt:
    """Return a version learnt from corrections, judged beside the one in use (None: the shipped model alone).

    Every version starts from the shipped model, so what was withdrawn since the last one is not in it. Raises
    UnusableLabels when there are too few.
    """
    rows = [ready for row in corrections if (ready := _ready(row)).text]
    check_enough(len(rows))
    parts = [[row for row in rows if quarter_of(row.answer) != quarter] for quarter in range(QUARTERS)]
    weights = Weights(_fitted(rows), tuple(_fitted(part) for part in parts))
    return Learnt(weights, len(rows), _judged(weights, rows), _judged(in_use, rows))


def _fitted(rows: Sequence[Correction]) -> Linear:
    """Return what these comments teach beyond the shipped model, as it will be used: in half precision."""
    base = shipped("themes")
    writings = [_writing(row) for row in rows]
    facts = [features.theme_facts(writing) for writing in writings]
    table = learning.Table(writings, [_cues(some) for some in facts])
    kept = table.seen_by([row.answer for row in rows]) >= PRIVATE_RAREST
    start = base.scores_of(writings, facts)
    gold = [row.themes for row in rows]
    return read(*learning.fit_beside(table, gold, base.labels, start, strength=_STRENGTH, kept=kept).dump())


def _cues(facts: dict[str, float]) -> dict[str, float]:
    """Return the facts about what a comment says, without those about who answered which question.

    How often a group speaks of a theme is a matter of chance in a few hundred comments, and did harm.
    """
    return {name: value for name, value in facts.items() if name.partition(".")[0] in THEMES}


def _ready(row: Correction) -> Correction:
    """Return a correction as the engine will meet its like: without role words, its language detected."""
    text = _ROLE_WORD.sub(" ", row.text).strip()
    return replace(row, text=text, language=detect(text, row.language))


def _writing(row: Correction) -> Writing:
    """Return the words of a correction as the model reads them."""
    return features.read(row.text, row.language, row.question, row.group)


def _judged(weights: Weights | None, rows: Sequence[Correction]) -> Score:
    """Return how well a version, or the shipped model, finds the themes of comments that it has not seen."""
    base = shipped("themes")
    models = [base.plus(part) for part in weights.without] if weights else [base] * QUARTERS
    said = (_found(row, models[quarter_of(row.answer)]) for row in rows)
    pairs = [(row.themes, found) for row, found in zip(rows, said, strict=True)]
    return Score(*evaluation.themes_f1(pairs))


def _found(row: Correction, model: Linear) -> frozenset[str]:
    """Return the themes that a model finds in a correction's words."""
    parts = features.read_parts(row.text, row.language, row.question, row.group)
    return frozenset(each.id for each in themes.of_parts(_writing(row), parts, model)[0])
