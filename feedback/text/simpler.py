"""What simpler ways make of our English comments, TextBlob among them: the figures ours must be better than.

Used when models are built and never when a comment is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedback.text import evaluation as figures
from feedback.text import textblob_adapter
from feedback.text.comments import Comment
from feedback.text.sentiment import NEUTRAL_BELOW
from feedback.text.valence import valence
from feedback.text.words import words

_BY_QUESTION = {"what_good": "positive", "what_better": "negative", "anything_else": "neutral"}


def figures_of(rows: list[Comment]) -> dict[str, Any]:
    """Return what simpler ways make of our English comments: TextBlob, the words' own values, the question alone."""
    english = [row for row in rows if row.own and row.language == "en"]
    ways: dict[str, Callable[[Comment], str]] = {
        "TextBlob": lambda row: _by_sign(textblob_adapter.polarity(row.text)),
        "VADER's word values": lambda row: _by_sign(valence(words(row.text))),
        "the question alone": lambda row: _BY_QUESTION[row.question],
    }
    table = {}
    for name, way in ways.items():
        pairs = [("neutral" if row.tone == "mixed" else row.tone, way(row)) for row in english]
        told = {"accuracy": round(figures.accuracy(pairs), 3), "macro F1": round(figures.macro_f1(pairs), 3)}
        table[name] = {"n": len(pairs), **told}
    return table


def _by_sign(score: float) -> str:
    """Return the label of a score."""
    if abs(score) < NEUTRAL_BELOW:
        return "neutral"
    return "positive" if score > 0 else "negative"
