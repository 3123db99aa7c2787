"""Learn themes from labelled comments: people's corrections, or any table of texts with labels of its own.

What is learnt stays in the folder given. Of private comments no piece of a word is kept that stands in fewer than
ten of them. A model is measured on comments it has not seen before it replaces another, and the other is kept.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback.text import comments, evaluation, features, learning, themes
from feedback.text.codebook import MOST, THEMES
from feedback.text.features import Writing
from feedback.text.model import Linear, load

PRIVATE_RAREST = 10
"""Responses in which a piece of a word must stand to be kept, when the comments are people's (house design)."""
_FEWEST_ROWS = 20
_FEWEST_OF_A_LABEL = 3
_FOLDS = 3
_STRENGTH = 5.0
_RARITY = 1.0
"""Of forty themes most are rare; our eighteen are learnt with less (`learning.fit_many_of`)."""
_SHIPPED_RAREST = 2
_WORSE_BY = 0.005
_QUESTIONS = {"what_good", "what_better", "anything_else"}
_ALSO_CALLED = {"could_improve": "what_better", "nonspecific": "anything_else"}


class UnusableLabels(ValueError):
    """A table of labels from which nothing can be learnt; its sentence says why."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the labels a person gave it."""

    text: str
    labels: frozenset[str]
    question: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training: figures on unseen rows, those of the model before (None: there was none).

    `saved` says whether the new one replaced it; labels too rare to learn are left out.
    """

    n: int
    micro: float
    macro: float
    before: tuple[float, float] | None
    saved: bool
    labels: tuple[str, ...]
    left_out: tuple[str, ...]


def read_labels(path: Path) -> list[Example]:
    """Return the rows of a CSV with columns text, themes (separated by |), optional question and lang.

    Rows without a text are skipped. Raises UnusableLabels when a column is missing or the file is not a table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as table:
            reader = csv.DictReader(table)
            if missing := {"text", "themes"} - set(reader.fieldnames or ()):
                raise UnusableLabels(f"The table has no column {' and no column '.join(sorted(missing))}.")
            return [_example(row) for row in reader if (row["text"] or "").strip()]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnusableLabels("The file is not a table in UTF-8.") from error


def _example(row: dict[str, str]) -> Example:
    """Return one row of a table."""
    question = (row.get("question") or "").strip()
    question = _ALSO_CALLED.get(question, question)
    labels = frozenset(label.strip() for label in (row["themes"] or "").split("|") if label.strip())
    return Example(row["text"], labels, question if question in _QUESTIONS else None, row.get("lang") or None)


def train_themes(examples: Iterable[Example], out: Path, *, rarest: int = PRIVATE_RAREST) -> Trained:
    """Learn themes, measure them on rows not seen, and save the model in `out` unless the one there is better.

    When all labels are the code book's, our own comments are learnt from as well. `rarest` may be lowered only for
    tables that are public already. The model before stays beside the new one as `previous.*`; moving it back undoes
    the training. Raises UnusableLabels when there is too little to learn from.
    """
    rows = list(examples)
    counts = Counter(label for row in rows for label in row.labels)
    labels = tuple(sorted(label for label, n in counts.items() if n >= _FEWEST_OF_A_LABEL))
    if len(rows) < _FEWEST_ROWS or not labels:
        raise UnusableLabels(
            f"At least {_FEWEST_ROWS} comments and a theme given {_FEWEST_OF_A_LABEL} times are needed."
        )
    ours = comments.own() if set(counts) <= set(THEMES) else []
    learner = _Learner(rows, ours, THEMES if ours else labels, rarest)
    about, micro, macro = learner.measure()
    about["unseen"] = [micro, macro]
    before = _before(rows, learner.writings, out)
    saved = before is None or micro >= before[0] - _WORSE_BY
    if saved:
        _save(learner.fit(range(len(rows))), about, out)
    left_out = tuple(sorted(set(counts) - set(labels))) if not ours else ()
    return Trained(len(rows), micro, macro, before, saved, learner.labels, left_out)


class _Learner:
    """The rows of one training as a table, ours behind theirs."""

    def __init__(
        self, rows: Sequence[Example], ours: Sequence[comments.Comment], labels: Sequence[str], rarest: int
    ) -> None:
        self.rows, self.labels, self.rarest = rows, tuple(labels), rarest
        self.writings = [features.read(row.text, row.language or "en", row.question) for row in rows]
        shipped = [features.read(one.text, one.language, one.question, one.group) for one in ours]
        every = self.writings + shipped
        self.table = learning.Table(every, themes.facts(every, is_second=not ours))
        self.gold = [row.labels for row in rows] + [frozenset(one.themes) for one in ours]
        self.ours = range(len(rows), len(every))

    def fit(self, which: Iterable[int]) -> Linear:
        """Return a model of some of their rows and all of ours."""
        theirs = list(which)
        every = theirs + list(self.ours)
        kept = self.table.rows(theirs).seen() >= self.rarest
        if self.ours:
            kept |= self.table.rows(list(self.ours)).seen() >= _SHIPPED_RAREST
        gold = [self.gold[at] for at in every]
        return learning.fit_many_of(
            self.table.rows(every), gold, self.labels,
            strength=_STRENGTH, kept=kept, effort=learning.THOROUGH, rarity=_RARITY,
        )  # fmt: skip

    def measure(self) -> tuple[dict[str, Any], float, float]:
        """Return limits chosen on, and micro and macro F1 of, rows judged by models that have not seen them."""
        chances: dict[int, dict[str, float]] = {}
        for fold in range(_FOLDS):
            model = self.fit([at for at, row in enumerate(self.rows) if _fold(row.text) != fold])
            for at, row in enumerate(self.rows):
                if _fold(row.text) == fold:
                    parts = features.read_parts(row.text, row.language or "en", row.question)
                    chances[at] = dict(zip(self.labels, themes.shares(model, self.writings[at], parts), strict=True))
        most = MOST if self.ours else len(self.labels)
        options = [
            {"thresholds": {"*": round(0.3 + 0.05 * step, 2)}, "floor": floor, "most": most}
            for step in range(10)
            for floor in (1.0, 0.3, 0.4, 0.5)
        ]
        scored = [(*self._score(chances, about), about) for about in options]
        micro, macro, about = max(scored, key=lambda one: one[0] + one[1])
        return about, micro, macro

    def _score(self, chances: dict[int, dict[str, float]], about: dict[str, Any]) -> tuple[float, float]:
        """Return micro and macro F1 under some limits."""
        pairs = [(self.rows[at].labels, frozenset(themes.chosen(some, about))) for at, some in chances.items()]
        return evaluation.themes_f1(pairs)


def _fold(text: str) -> int:
    """Return the fold of a text, the same for the same text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[0] % _FOLDS


def _before(rows: Sequence[Example], writings: Sequence[Writing], out: Path) -> tuple[float, float] | None:
    """Return micro and macro F1 of the model in `out`, None when there is none.

    A model looks better on rows it has learnt from: of its figures on these rows and on the unseen ones of its own
    training the lower counts.
    """
    if not (out / "themes.json").is_file():
        return None
    try:
        old = load(out / "themes")
    except ValueError:  # an older engine's, which this one cannot read
        return None
    pairs = []
    for row, writing in zip(rows, writings, strict=True):
        parts = features.read_parts(row.text, row.language or "en", row.question)
        told = dict(zip(old.labels, themes.shares(old, writing, parts), strict=True))
        pairs.append((row.labels, frozenset(themes.chosen(told, old.about))))
    return min(evaluation.themes_f1(pairs), tuple(old.about.get("unseen", (1.0, 1.0))))


def _save(model: Linear, about: dict[str, Any], out: Path) -> None:
    """Save a model, keeping the one before as `previous.*`."""
    out.mkdir(parents=True, exist_ok=True)
    for ending in ("json", "npz"):
        if (out / f"themes.{ending}").is_file():
            (out / f"themes.{ending}").replace(out / f"previous.{ending}")
    model.about = about
    model.save(out / "themes")
    themes.own.cache_clear()
