"""What the engine suggests to the person who reads, with the words that mattered marked. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from feedback.text.analyse import analyse
from feedback.text.findings import Findings
from feedback.text.model import Linear

POSITIVE, NEGATIVE = 0.1, -0.1
MOST_THEMES = 3

log = structlog.get_logger()


@dataclass(frozen=True)
class Piece:
    """A stretch of somebody's words; `why` says what it suggested, or nothing."""

    text: str
    why: str = ""
    is_concern: bool = False


@dataclass(frozen=True)
class Suggestions:
    """The engine's view of one comment: marked words, tone, themes with their tones, concerns, words without names."""

    pieces: tuple[Piece, ...]
    tone: str
    themes: dict[str, str]
    concerns: tuple[str, ...]
    redacted: str


def suggest(
    words: str, *, language: str | None, question: str, group: str, theme_model: Linear | None = None
) -> Suggestions:
    """Return what the engine suggests; where it fails, nothing but the words themselves."""
    try:
        findings = analyse(words, language=language, question=question, group=group, theme_model=theme_model)
    except Exception as error:
        log.exception("suggestions_failed", error=type(error).__name__)
        return Suggestions((Piece(words),), "unassessed", {}, (), words)
    best = sorted(findings.themes, key=lambda theme: -theme.score)[:MOST_THEMES]
    return Suggestions(
        pieces=marked(words, _spans(words, findings)),
        tone=str(findings.label),
        themes={theme.id: _tone(theme.tone, question) for theme in best},
        concerns=tuple(dict.fromkeys(str(concern.kind) for concern in findings.concerns)),
        redacted=findings.redacted,
    )


def marked(words: str, spans: Iterable[tuple[int, int, str, bool]]) -> tuple[Piece, ...]:
    """Cut words into pieces at spans (start, end, why, is a concern); of two that overlap the graver one stays."""
    pieces, at = [], 0
    taken: list[tuple[int, int, str, bool]] = []
    for span in sorted(spans, key=lambda s: (not s[3], s[0], -s[1])):
        if span[0] < span[1] and not any(span[0] < other[1] and other[0] < span[1] for other in taken):
            taken.append(span)
    for start, end, why, is_concern in sorted(taken):
        pieces += [Piece(words[at:start]), Piece(words[start:end], why, is_concern)]
        at = end
    return tuple(piece for piece in [*pieces, Piece(words[at:])] if piece.text)


def _spans(words: str, findings: Findings) -> Iterable[tuple[int, int, str, bool]]:
    for concern in findings.concerns:
        yield concern.start, concern.end, str(concern.kind), True
    for theme in findings.themes:
        for word in theme.words:
            for match in re.finditer(re.escape(word), words, re.IGNORECASE) if word else ():
                yield match.start(), match.end(), theme.id, False


def _tone(score: float | None, question: str) -> str:
    """Return a theme's tone in the words of the code book: an answer to "what would be better" is a suggestion."""
    if score is None:
        return "suggestion" if question == "what_better" else "mixed"
    if score > POSITIVE:
        return "positive"
    return "negative" if score < NEGATIVE else "mixed"
