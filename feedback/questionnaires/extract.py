"""Babel's way to the questionnaires: yields their texts for the same catalogues as the templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from feedback.questionnaires.definition import DEFINITIONS, parse

EQUALITY = "equality.toml"


def extract(
    source: IO[bytes], _keywords: Any, _comment_tags: Any, options: dict[str, str]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield (line, function, (context, text), comments) for every text of a definition.

    The shared equality questions are yielded with each questionnaire that asks them; catalogues keep one of each.
    """
    del options
    text = source.read().decode()
    if 'id = "equality"' in text:
        return
    equality = (DEFINITIONS / EQUALITY).read_text(encoding="utf-8")
    for _key, context, english in parse(text, equality=equality).messages():
        yield 1, "pgettext", (context, english), []
