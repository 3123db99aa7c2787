"""Learn themes from what readers say of comments, and judge the result beside the model in use on the same answers.

One answer in four is never learnt from, by any version, so that all versions are judged on answers none has seen. A
version is the shipped model, learnt from our own comments, with what people's comments teach beyond it: weights of
hashed pieces that stand in at least ten answers; no word and no text.
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

FEWEST_TO_LEARN_FROM = 60
"""Below this, hardly any piece of a word stands in the ten answers it needs."""
FEWEST_TO_JUDGE_BY = 20
"""Below this, one comment moves the figures by five points in a hundred and more."""
_JUDGED_IN = 4
_STRENGTH = 0.3
"""How far people's comments may lead away from ours: of four the one that never did harm on comments neither had seen,
and did good from 300 on (micro F1 of .476 became .480, .494, .506 with 60, 300, 1500 comments of other authors)."""
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
class Learnt:
    """A new model, how many comments it learnt from and was judged on, its score and that of the model in use."""

    model: Linear
    learnt_from: int
    judged_on: int
    score: Score
    beside: Score

    @property
    def is_worse(self) -> bool:
        """Whether the new model is behind the one in use in either figure."""
        return self.score.micro < self.beside.micro or self.score.macro < self.beside.macro


def is_for_judging(answer: str) -> bool:
    """Whether an answer is one of the quarter that no version learns from; the same for ever, by its hash."""
    return hashlib.sha256(answer.encode()).digest()[0] % _JUDGED_IN == 0


def check_enough(to_learn_from: int, to_judge_by: int) -> None:
    """Raise UnusableLabels, saying how many comments are needed, when there are too few."""
    if to_learn_from < FEWEST_TO_LEARN_FROM or to_judge_by < FEWEST_TO_JUDGE_BY:
        raise UnusableLabels(
            f"Learning needs {FEWEST_TO_LEARN_FROM} comments that people have read, and {FEWEST_TO_JUDGE_BY} from "
            f"other answers to judge the result by; there are {to_learn_from} and {to_judge_by}. One answer in "
            f"{_JUDGED_IN} is kept for judging."
        )


def learn(corrections: Iterable[Correction], in_use: Linear | None = None) -> Learnt:
    """Return a model learnt from corrections, judged beside the one in use (None: the shipped one).

    Every version starts from the shipped model, so what was withdrawn since the last one is not in it. Raises
    UnusableLabels when there are too few.
    """
    rows = [ready for row in corrections if (ready := _ready(row)).text]
    to_judge = [row for row in rows if is_for_judging(row.answer)]
    to_learn = [row for row in rows if not is_for_judging(row.answer)]
    check_enough(len(to_learn), len(to_judge))
    model = read(*_fitted(to_learn).dump())  # judged as it will be used, in half precision
    beside = _judged(in_use or shipped("themes"), to_judge)
    return Learnt(model, len(to_learn), len(to_judge), _judged(model, to_judge), beside)


def _fitted(rows: Sequence[Correction]) -> Linear:
    """Return the shipped model with what these comments teach beyond it."""
    base = shipped("themes")
    writings = [_writing(row) for row in rows]
    facts = [features.theme_facts(writing) for writing in writings]
    table = learning.Table(writings, [_cues(some) for some in facts])
    kept = table.seen_by([row.answer for row in rows]) >= PRIVATE_RAREST
    start = base.scores_of(writings, facts)
    gold = [row.themes for row in rows]
    return base.plus(learning.fit_beside(table, gold, base.labels, start, strength=_STRENGTH, kept=kept))


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


def _judged(model: Linear, rows: Sequence[Correction]) -> Score:
    """Return how well a model finds the themes that readers gave."""
    said = (frozenset(found.id for found in themes.of(_writing(row), model)) for row in rows)
    return Score(*evaluation.themes_f1([(row.themes, some) for row, some in zip(rows, said, strict=True)]))
