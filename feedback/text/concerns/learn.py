"""Learn the weights of the concern model from the comments we wrote: `python -m feedback.text.concerns.learn`.

Every comment is first judged by a model that has not seen it; from those answers come the thresholds and the figures,
kept in `models/concerns.json`. Only then is the model fitted on everything. Deterministic; needs scipy.
"""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from feedback.text import comments, features, hashing, learning
from feedback.text.concerns.find import evidence
from feedback.text.concerns.learnt import KINDS_NAME, NAME, facts
from feedback.text.concerns.lists import LANGUAGES
from feedback.text.concerns.signals import meetings
from feedback.text.evaluation import wilson
from feedback.text.features import Writing
from feedback.text.measured import MODELS
from feedback.text.model import Linear

FALSE_ALARMS = 0.18
"""Share of ordinary comments without a concern that may be flagged, lists and model together, when not seen before."""
FALSE_ALARMS_ALARMING = 0.4
"""The same for harmless comments that sound alarming, which are few among what people write and many in our files."""
_STRENGTH = 3.0
_KIND_STRENGTH = 2.0
_RAREST = 2
_RAREST_OF_KIND = 3
_RARITY = 0.5
_SHRINK = 150
"""Comments for which the common threshold stands beside a language's own."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Example:
    """A comment we wrote, its language and the kinds of concern in it (empty: none)."""

    text: str
    language: str
    kinds: tuple[str, ...]
    is_typical: bool
    """Written as people answer, not as an example of harm: only such comments tell how often a false alarm rings."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The examples as the model reads them, and which of them the lists alone flag."""

    rows: list[Example]
    table: learning.Table
    listed: np.ndarray
    is_concern: np.ndarray


def examples() -> Iterator[Example]:
    """Yield every labelled comment of `training/`, and the examples written for concerns."""
    for path in sorted(comments.TRAINING.glob("*.tsv")):
        language = comments.language_of(path)
        for row in _rows(path):
            kinds = tuple(part.split(":")[0] for part in row["concerns"].split("|") if part)
            yield Example(row["text"], language, kinds, is_typical=not path.stem.endswith(".worries"))
    for path in sorted((comments.TRAINING.parent / "lexicons" / "concerns" / "examples").glob("*.tsv")):
        for row in _rows(path):
            yield Example(row["text"], path.stem, () if row["kind"] == "none" else (row["kind"],), is_typical=False)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row.get("text"):
                yield row


def _read(rows: list[Example]) -> _Read:
    """Return the examples read."""
    writings: list[Writing] = []
    told: list[dict[str, float]] = []
    listed: list[bool] = []
    for row in rows:
        seen = evidence(row.text, row.language)
        writing = features.read(row.text, row.language)
        writings.append(writing)
        told.append(facts(meetings(seen.words, row.language, seen.hits), writing))
        listed.append(bool(seen.concerns))
    is_concern = np.array([bool(row.kinds) for row in rows])
    return _Read(rows, learning.Table(writings, told), np.array(listed), is_concern)


def learn() -> tuple[Linear, Linear, dict[str, dict[str, Any]]]:
    """Return the model of concerns with its thresholds, the model of kinds, and figures on comments not seen."""
    read = _read(list(examples()))
    folds = np.array([comments.fold_of(row.text) for row in read.rows])
    unseen = np.zeros(len(read.rows))
    for fold in range(comments.FOLDS):
        model = _fit(read, np.flatnonzero(folds != fold).tolist())
        unseen[folds == fold] = _scores(model, read, folds == fold)
        _log.info("fold %d judged", fold)
    thresholds = _thresholds(read, unseen)
    flagged = read.listed | (unseen > np.array([thresholds[row.language] for row in read.rows]))
    final = _fit(read, range(len(read.rows)))
    final.about = {"thresholds": {language: round(limit, 3) for language, limit in thresholds.items()}}
    return final, _fit_kinds(read), _figures(read, flagged)


def _fit(read: _Read, which: Sequence[int]) -> Linear:
    """Return a model that says of a comment whether it holds a concern, learnt from some rows."""
    table = read.table.rows(which)
    gold = [frozenset(["concern"] if read.is_concern[at] else []) for at in which]
    kept = table.seen() >= _RAREST
    return learning.fit_many_of(table, gold, ["concern"], strength=_STRENGTH, kept=kept, rarity=_RARITY)


def _fit_kinds(read: _Read) -> Linear:
    """Return a model that says of a concern which kind it is."""
    which = np.flatnonzero(read.is_concern).tolist()
    gold = [read.rows[at].kinds[0] for at in which]
    return learning.fit_one_of(read.table.rows(which), gold, strength=_KIND_STRENGTH, rarest=_RAREST_OF_KIND)


def _scores(model: Linear, read: _Read, which: np.ndarray) -> np.ndarray:
    """Return the raw score of some rows."""
    weights = np.zeros(read.table.matrix.shape[1])
    used, pieces = model.pieces
    weights[used] = pieces[:, 0]
    weights[hashing.BUCKETS :] = [float(model.facts[name][0]) for name in read.table.names]
    found: np.ndarray = read.table.matrix[which] @ weights + float(model.constant[0])
    return found


def _thresholds(read: _Read, scores: np.ndarray) -> dict[str, float]:
    """Return per language the score above which, with those the lists flag, few enough of the harmless are flagged."""
    found: dict[str, float] = {}
    typical = np.array([row.is_typical for row in read.rows])
    language = np.array([row.language for row in read.rows])
    calm = ~read.is_concern
    least = _limit(read.listed, scores, calm & ~typical, FALSE_ALARMS_ALARMING)
    found["any"] = max(least, _limit(read.listed, scores, calm & typical, FALSE_ALARMS))
    for code in LANGUAGES:
        of = calm & typical & (language == code)
        shrunk = of.sum() / (of.sum() + _SHRINK)
        found[code] = max(least, shrunk * _limit(read.listed, scores, of, FALSE_ALARMS) + (1 - shrunk) * found["any"])
    return found


def _limit(listed: np.ndarray, scores: np.ndarray, of: np.ndarray, share: float) -> float:
    """Return the score above which a share of some rows is flagged, those that the lists flag counted in."""
    left = share * of.sum() - (of & listed).sum()
    quiet = np.sort(scores[of & ~listed])[::-1]
    return float(quiet[max(0, min(len(quiet) - 1, int(left)))])


def _figures(read: _Read, flagged: np.ndarray) -> dict[str, dict[str, Any]]:
    """Return recall and false alarms per language, of comments written as people answer; apart, of alarming ones."""
    found = {}
    typical = np.array([row.is_typical for row in read.rows])
    for code in LANGUAGES:
        of = np.array([row.language == code for row in read.rows])
        worried, calm = flagged[of & typical & read.is_concern], flagged[of & typical & ~read.is_concern]
        alarming = flagged[of & ~typical & ~read.is_concern]
        found[code] = {
            "n": len(worried), "recall": _share(worried),
            "recall 95 %": [round(share, 3) for share in wilson(int(worried.sum()), len(worried))],
            "n without": len(calm), "false alarms": _share(calm),
            "n alarming": len(alarming), "false alarms, alarming": _share(alarming),
        }  # fmt: skip
    return found


def _share(flagged: Sequence[bool]) -> float:
    """Return the share that is flagged."""
    return round(float(np.mean(flagged)), 3)


def write(folder: Path = MODELS) -> None:
    """Learn, and write both models and the figures."""
    model, kinds, figures = learn()
    model.save(folder / NAME)
    kinds.save(folder / KINDS_NAME)
    (folder / "concerns.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    _log.info("weights written")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    write()
