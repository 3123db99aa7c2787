"""Fit the models for English of which nobody says who wrote it: its tone, and whether a family or a patient wrote it.

Patients' public comments teach both. Knows nothing about folds and figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedback.text import features, learning
from feedback.text.comments import Comment
from feedback.text.features import Writing
from feedback.text.model import Linear
from feedback.text.writer import FAMILY, PATIENT

_OWN_WEIGHT = 0.05
_BETWEEN_WEIGHT = 4.0
_MIDDLE = 3.0
_STRENGTH = 3.0
"""For tone our comments count little, and neutral and mixed ones, rare among patients', four times as much.

Chosen on the public part of the health service's survey, each third judged unseen: accuracy .826, macro F1 .700."""
_RAREST = 2
_RAREST_OF_WRITER = 5


def fit_tone(rows: Sequence[Comment], table: learning.Table) -> Linear:
    """Return the model of tone that leans on patients' comments."""
    weights = [_weight(row) for row in rows]
    gold = [row.tone for row in rows]
    model = learning.fit_one_of(table, gold, strength=_STRENGTH, weights=weights, rarest=_RAREST)
    model.about = {"temperature": 1.0, "middle": _MIDDLE}
    return model


def _weight(row: Comment) -> float:
    """Return how much a comment counts for tone."""
    if row.own:
        return _OWN_WEIGHT
    return _BETWEEN_WEIGHT if row.tone in {"neutral", "mixed"} else 1.0


def fit_writer(rows: Sequence[Comment], writings: Sequence[Writing]) -> Linear:
    """Return the model that tells a family's writing from a patient's, whatever was asked."""
    gold = [FAMILY if row.own else PATIENT for row in rows]
    half = gold.count(FAMILY) / gold.count(PATIENT) / 2  # together patients count half as much as families
    weights = [1.0 if label == FAMILY else half for label in gold]
    table = learning.Table([features.asked_nothing(writing) for writing in writings], [{} for _ in writings])
    return learning.fit_one_of(table, gold, strength=_STRENGTH, weights=weights, rarest=_RAREST_OF_WRITER)
