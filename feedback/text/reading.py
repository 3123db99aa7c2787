"""Read a comment and its sentences, looking every word up once: a sentence is a stretch of the comment's words.

Detects languages; knows nothing about weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedback.text import features, language
from feedback.text.features import MOST_IDEAS, Meant, Writing
from feedback.text.words import words

_FIRST_SIGN = "\u2e80"
"""No sign of Chinese stands before this one; signs may be put together with those of the next sentence."""


def read(
    text: str, pieces: Sequence[str], prior: str | None, question: str | None = None, group: str | None = None
) -> tuple[Writing, list[Writing]]:
    """Return a text and its `pieces`, each in its own language; `prior` is the first guess for the text's."""
    folded = words(text)
    known = features.meant(folded, language.detect(text, prior, folded), question)
    whole = features.writing(text, known, question, group)
    rows = [words(piece) for piece in pieces]
    same = _can_be_cut(known) and [word for row in rows for word in row] == folded
    is_one = same and language.is_one(text, known.language, folded)
    parts, start = [], 0
    for piece, row in zip(pieces, rows, strict=True):
        code, end = known.language if is_one else language.detect(piece, known.language, row), start + len(row)
        if same and code == known.language:
            parts.append(features.writing(piece, known.part(start, end), question, group, start))
        else:
            parts.append(features.writing(piece, features.meant(row, code, question), question, group))
        start = end
    return whole, parts


def _can_be_cut(known: Meant) -> bool:
    """Whether every word's ideas are its own."""
    return 0 < len(known.folded) <= MOST_IDEAS and max(known.folded) < _FIRST_SIGN
