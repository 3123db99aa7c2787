"""The one call the rest of the house makes: `analyse` a comment and get its findings.

Puts together language, sentences, tone, themes, concerns and redaction; stores and sends nothing. Heavy libraries
and models are loaded by their adapters on first use.
"""

from __future__ import annotations

from pathlib import Path

from feedback.text import concerns, encoder, features, redaction, sentences, sentiment, themes
from feedback.text.features import Writing
from feedback.text.findings import Findings, Sentence, Sentiment, Theme, Tone

ENGINE = "words-3+encoder" if encoder.folder() else "words-3"
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

    `language` is the one the form was answered in; `question` is what_good, what_better or anything_else; `group` is
    child, young or parent; `model_dir` holds a themes model made by `train_themes`, used instead of the shipped one.
    Never raises for any text, however long or malformed; time grows with the length of the text only.
    """
    whole = features.read_unknown(text, language, question, group)
    pieces = sentences.split(text)
    parts = [whole] if len(pieces) == 1 else [_part(piece, whole, question, group) for piece in pieces]
    found = themes.of(whole, model_dir)
    chances = [sentiment.shares(part) if sentiment.can_judge(part) else None for part in parts]
    read = tuple(
        _sentence(piece, part, chance, found if part is whole else themes.of(part, model_dir, explain=False))
        for piece, part, chance in zip(pieces, parts, chances, strict=True)
    )
    tone = _tone(whole, parts, [chance for chance in chances if chance])
    return Findings(
        language=whole.language,
        label=tone.label if tone else Tone.UNASSESSED,
        score=tone.score if tone else None,
        confidence=tone.confidence if tone else None,
        themes=tuple(_with_tone(theme, read, tone) for theme in found),
        concerns=concerns.find(text, whole.language),
        redacted=redaction.hide(text, whole.language),
        engine=ENGINE,
        sentences=read,
    )


def _part(piece: str, whole: Writing, question: str | None, group: str | None) -> Writing:
    """Return one sentence read in its own language, which may not be the comment's."""
    return features.read_unknown(piece, whole.language, question, group)


def _sentence(piece: str, part: Writing, chances: dict[str, float] | None, found: tuple[themes.Found, ...]) -> Sentence:
    """Return one sentence's findings."""
    tone = sentiment.judge(part, chances) if chances else None
    return Sentence(piece, part.language, tone, tuple(theme.id for theme in found))


def _tone(whole: Writing, parts: list[Writing], chances: list[dict[str, float]]) -> Sentiment | None:
    """Return the comment's tone, None when its language cannot be judged."""
    if not sentiment.can_judge(whole):
        return None
    own = chances[0] if parts == [whole] else sentiment.shares(whole)
    return sentiment.judge(whole, own, chances)


def _with_tone(theme: themes.Found, read: tuple[Sentence, ...], tone: Sentiment | None) -> Theme:
    """Return a theme with the mean tone of the sentences that speak of it, else the comment's."""
    heard = [one.sentiment.score for one in read if one.sentiment and theme.id in one.themes]
    mean = sum(heard) / len(heard) if heard else None
    return Theme(theme.id, theme.score, tone.score if mean is None and tone else mean, theme.words)
