"""The one call the rest of the house makes: `analyse` a comment and get its findings.

Puts together language, sentences, tone, themes, concerns and redaction; stores and sends nothing. Heavy libraries
and models are loaded by their adapters on first use.
"""

from __future__ import annotations

from pathlib import Path

from feedback.text import concerns, encoder, features, redaction, sentences, sentiment, themes
from feedback.text import language as languages
from feedback.text.features import Writing
from feedback.text.findings import Findings, Sentence, Sentiment, Theme, Tone

ENGINE = "words-2+encoder" if encoder.folder() else "words-2"
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
    code = languages.detect(text, language)
    whole = features.read(text, code, question, group)
    pieces = sentences.split(text)
    single = len(pieces) == 1
    parts = [whole] if single else [_part(piece, code, question, group) for piece in pieces]
    chances = [sentiment.shares(part) if sentiment.can_judge(part) else None for part in parts]
    read = tuple(
        Sentence(piece, part.language, sentiment.judged(chance) if chance else None, themes.ids(part, model_dir))
        for piece, part, chance in zip(pieces, parts, chances, strict=True)
    )
    tone = sentiment.judge(whole, [one for one in chances if one]) if sentiment.can_judge(whole) else None
    return Findings(
        language=code,
        label=tone.label if tone else Tone.UNASSESSED,
        score=tone.score if tone else None,
        confidence=tone.confidence if tone else None,
        themes=_themes(whole, read, tone, model_dir),
        concerns=concerns.find(text, code),
        redacted=redaction.hide(text, code),
        engine=ENGINE,
        sentences=read,
    )


def _part(piece: str, code: str | None, question: str | None, group: str | None) -> Writing:
    """Return one sentence read in its own language, which may not be the comment's."""
    return features.read(piece, languages.detect(piece, code), question, group)


def _themes(
    whole: Writing, read: tuple[Sentence, ...], tone: Sentiment | None, model_dir: Path | None
) -> tuple[Theme, ...]:
    """Return the comment's themes, each with the mean tone of the sentences that speak of it, else the comment's."""
    found = []
    for theme in themes.of(whole, model_dir):
        heard = [s.sentiment.score for s in read if s.sentiment and theme.id in s.themes]
        mean = sum(heard) / len(heard) if heard else None
        found.append(Theme(theme.id, theme.score, tone.score if mean is None and tone else mean, theme.words))
    return tuple(found)
