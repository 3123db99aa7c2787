"""Learn the weights of the concern model from the comments we wrote: `python -m feedback.text.concerns.learn`.

Every comment is first judged by a model that has not seen it (five folds); from those answers come the thresholds and
the figures, kept in `models/concerns.json`. Only then is the model fitted on everything. Needs scikit-learn.
"""

from __future__ import annotations

import csv
import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from feedback.text import comments
from feedback.text.concerns.find import evidence
from feedback.text.concerns.lists import KINDS, LANGUAGES
from feedback.text.concerns.signals import features
from feedback.text.evaluation import wilson

FALSE_ALARMS = 0.18
"""Share of comments without a concern that may be flagged, lists and model together, when not seen before."""
_SELDOM = 4
_STRENGTH = 0.05
_KIND_STRENGTH = 0.3
_FOLDS = 5
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


def examples() -> Iterator[Example]:
    """Yield every labelled comment of `training/`, and the examples written for concerns."""
    root = Path(str(files("feedback.text")))
    for path in sorted((root / "training").glob("*.tsv")):
        language = comments.language_of(path)
        for row in _rows(path):
            kinds = tuple(part.split(":")[0] for part in row["concerns"].split("|") if part)
            yield Example(row["text"], language, kinds, is_typical=True)
    for path in sorted((root / "lexicons" / "concerns" / "examples").glob("*.tsv")):
        for row in _rows(path):
            yield Example(row["text"], path.stem, () if row["kind"] == "none" else (row["kind"],), is_typical=False)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row.get("text"):
                yield row


def _features(example: Example) -> tuple[dict[str, float], bool]:
    """Return the features of a comment and whether the lists alone flag it."""
    seen = evidence(example.text, example.language)
    found = features(seen.words, example.language, seen.hits)
    return {name: value for name, (value, _) in found.items()}, bool(seen.concerns)


def learn() -> tuple[dict[str, dict[str, float]], dict[str, float], dict[str, dict[str, Any]]]:
    """Return weights per table ("concern" and each kind), threshold per language, and figures on comments not seen."""
    rows = list(examples())
    read = [_features(example) for example in rows]
    counts = Counter(name for found, _ in read for name in found)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: v for n, v in f.items() if counts[n] >= _SELDOM} for f, _ in read])
    names = list(vectorizer.get_feature_names_out())
    is_concern = np.array([bool(example.kinds) for example in rows])
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, matrix, is_concern, cv=folds, method="decision_function")
    model.fit(matrix, is_concern)
    tables = {"concern": _table(names, model.coef_[0], model.intercept_[0])}
    listed = np.array([by_list for _, by_list in read])
    thresholds = _thresholds(rows, held_out, is_concern, listed)
    flagged = listed | (held_out > np.array([thresholds[example.language] for example in rows]))
    with_kind = [i for i, example in enumerate(rows) if example.kinds]
    signals = [i for i, name in enumerate(names) if ":" not in name or name.startswith("hit:")]
    kinds = LogisticRegression(C=_KIND_STRENGTH, class_weight="balanced", max_iter=1000)
    kinds.fit(matrix[with_kind][:, signals], [rows[i].kinds[0] for i in with_kind])
    for kind, coefficients, bias in zip(kinds.classes_, kinds.coef_, kinds.intercept_, strict=True):
        tables[kind] = _table([names[i] for i in signals], coefficients, bias)
    return tables, thresholds, _figures(rows, is_concern, flagged)


def _figures(rows: Sequence[Example], is_concern: np.ndarray, flagged: np.ndarray) -> dict[str, dict[str, Any]]:
    """Return recall and false alarms per language, of comments written as people answer."""
    found = {}
    for language in LANGUAGES:
        of = np.array([example.is_typical and example.language == language for example in rows])
        worried, calm = flagged[of & is_concern], flagged[of & ~is_concern]
        found[language] = {
            "n": len(worried), "recall": round(float(worried.mean()), 3),
            "recall 95 %": [round(share, 3) for share in wilson(int(worried.sum()), len(worried))],
            "n without": len(calm), "false alarms": round(float(calm.mean()), 3),
        }  # fmt: skip
    return found


def _table(names: Sequence[str], weights: Sequence[float], bias: float) -> dict[str, float]:
    return {"bias": float(bias)} | {n: float(w) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.01}  # noqa: PLR2004 - too small to matter


def _thresholds(
    rows: Sequence[Example], scores: np.ndarray, is_concern: np.ndarray, listed: np.ndarray
) -> dict[str, float]:
    """Return the score above which, with those the lists flag, FALSE_ALARMS of the harmless comments are flagged."""
    found: dict[str, float] = {}
    for language in ("any", *LANGUAGES):
        of = np.array([example.is_typical and language in (example.language, "any") for example in rows]) & ~is_concern
        left = FALSE_ALARMS * of.sum() - (of & listed).sum()
        quiet = np.sort(scores[of & ~listed])[::-1]
        own = float(quiet[max(0, min(len(quiet) - 1, int(left)))])
        shrunk = len(quiet) / (len(quiet) + _SHRINK)
        found[language] = own if language == "any" else shrunk * own + (1 - shrunk) * found["any"]
    return found


def write(path: Path) -> None:
    """Learn and write the weights as a readable table."""
    tables, thresholds, figures = learn()
    lines = ["# Weights of the concern model, written by feedback.text.concerns.learn from the comments we wrote."]
    lines += [f"threshold\t{language}\t{value:.3f}" for language, value in thresholds.items()]
    for table, weights in tables.items():
        if table != "concern" and table not in KINDS:
            raise ValueError(table)
        lines += [f"{table}\t{name}\t{weight:.3f}" for name, weight in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = Path(str(files("feedback.text"))) / "models" / "concerns.json"
    kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    _log.info("weights written")


if __name__ == "__main__":
    write(Path(str(files("feedback.text"))) / "lexicons" / "concerns" / "weights.tsv")
