"""The one call the rest of the house makes: `analyse` a comment and get its findings.

Puts together language, sentences, tone, themes, concerns and redaction; stores and sends nothing. Heavy libraries
are loaded by their adapters on first use.
"""

from __future__ import annotations

from pathlib import Path

from feedback.text import concerns, language, redaction, sentences, sentiment, themes
from feedback.text.findings import Findings, Sentence, Sentiment, Theme, Tone

ENGINE = "rules-1"
"""The engine's version; a new one makes every finding pending again."""


def analyse(
    text: str,
    *,
    language: str | None = None,
    question: str | None = None,
    group: str | None = None,
    model_dir: Path | None = None,
) -> Findings:
    """Return what the engine finds in one comment.

    `language` is the one the form was answered in; `question` is what_good, what_better or anything_else;
    `group` is child, young or parent. Never raises for any text, however long or malformed.
    """
    return _analyse(text, language, question, group)


def _analyse(text: str, prior: str | None, question: str | None, group: str | None) -> Findings:  # noqa: ARG001 - the group will be a feature
    """Put the findings together."""
    code = language.detect(text, prior)
    read = tuple(_sentence(piece, code, question) for piece in sentences.split(text))
    whole = _sum_up([s.sentiment for s in read])
    return Findings(
        language=code,
        label=whole.label if whole else Tone.UNASSESSED,
        score=whole.score if whole else None,
        confidence=whole.confidence if whole else None,
        themes=_themes(text, code, question, read),
        concerns=concerns.find(text, code),
        redacted=redaction.hide(text, code),
        engine=ENGINE,
        sentences=read,
    )


def _sentence(piece: str, code: str | None, question: str | None) -> Sentence:
    """Return one sentence's findings."""
    found = themes.find(piece, code, question)
    return Sentence(piece, code, sentiment.score(piece, code, question), tuple(theme.id for theme in found))


def _sum_up(parts: list[Sentiment | None]) -> Sentiment | None:
    """Return the comment's tone from its sentences': mixed when good and bad sentences stand side by side."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    labels = {part.label for part in known}
    if Tone.MIXED in labels or {Tone.POSITIVE, Tone.NEGATIVE} <= labels:
        return Sentiment(Tone.MIXED, 0.0, min(part.confidence for part in known))
    leaning = [part for part in known if part.label is not Tone.NEUTRAL]
    if not leaning:
        return known[0]
    return Sentiment(
        leaning[0].label, sum(p.score for p in leaning) / len(leaning), max(p.confidence for p in leaning)
    )


def _themes(
    text: str, code: str | None, question: str | None, read: tuple[Sentence, ...]
) -> tuple[Theme, ...]:
    """Return the comment's themes, each with the mean tone of the sentences it was found in."""
    found = []
    for theme in themes.find(text, code, question):
        tones = [s.sentiment.score for s in read if s.sentiment and theme.id in s.themes]
        found.append(Theme(theme.id, theme.score, sum(tones) / len(tones) if tones else None, theme.words))
    return tuple(found)
