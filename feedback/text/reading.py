"""Read a comment and its sentences, looking every word up once: a sentence is a stretch of the comment's words.

Detects languages; knows nothing about weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedback.text import features
from feedback.text.features import MOST_IDEAS, Meant, Writing
from feedback.text.language import detect
from feedback.text.words import words

_FIRST_SIGN = "\u2e80"
"""No sign of Chinese stands before this one; signs may be put together with those of the next sentence."""


def read(
    text: str, pieces: Sequence[str], prior: str | None, question: str | None = None, group: str | None = None
) -> tuple[Writing, list[Writing]]:
    """Return a text and its `pieces`, each in its own language; `prior` is the first guess for the text's."""
    folded = words(text)
    known = features.meant(folded, detect(text, prior, folded), question)
    whole = features.writing(text, known, question, group)
    rows = [words(piece) for piece in pieces]
    same = _can_be_cut(known) and [word for row in rows for word in row] == folded
    parts, start = [], 0
    for piece, row in zip(pieces, rows, strict=True):
        language, end = detect(piece, known.language, row), start + len(row)
        if same and language == known.language:
            parts.append(features.writing(piece, known.part(start, end), question, group, start))
        else:
            parts.append(features.writing(piece, features.meant(row, language, question), question, group))
        start = end
    return whole, parts


def _can_be_cut(known: Meant) -> bool:
    """Whether every word's ideas are its own."""
    return 0 < len(known.folded) <= MOST_IDEAS and max(known.folded) < _FIRST_SIGN
