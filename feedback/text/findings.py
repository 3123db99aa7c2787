"""The facts `analyse` returns: plain frozen values, and their form as JSON (contract, `analyse-text`).

Knows nothing about how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from feedback.text.concerns import Concern


class Tone(StrEnum):
    """How a piece of writing speaks of what happened; `unassessed` means the engine cannot judge it."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    UNASSESSED = "unassessed"


@dataclass(frozen=True, slots=True)
class Sentiment:
    """A tone with its score (-1..1) and confidence (0..1: the share of such answers that are right)."""

    label: Tone
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the code book found in a comment: score 0..1, tone -1..1 or None, and the words that mattered."""

    id: str
    score: float
    tone: float | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its own language, tone and themes' ids; sentiment None where it cannot be judged."""

    text: str
    language: str | None
    sentiment: Sentiment | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the engine says about one comment. `redacted` equals the comment when nothing is hidden."""

    language: str | None
    label: Tone
    score: float | None
    confidence: float | None
    themes: tuple[Theme, ...]
    concerns: tuple[Concern, ...]
    redacted: str
    engine: str
    sentences: tuple[Sentence, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the findings as `analyse-text` writes them (contract), numbers rounded to three places."""
        return {
            "language": self.language,
            "sentiment": {"label": self.label.value, "score": _rounded(self.score)},
            "themes": [
                {"id": t.id, "score": _rounded(t.score), "tone": _rounded(t.tone), "words": list(t.words)}
                for t in self.themes
            ],
            "concerns": [{"kind": str(c.kind), "level": int(c.level)} for c in self.concerns],
            "redacted": self.redacted,
            "engine": self.engine,
        }


def _rounded(value: float | None) -> float | None:
    """Return a number rounded for reading; None stays None."""
    return None if value is None else round(float(value), 3)
