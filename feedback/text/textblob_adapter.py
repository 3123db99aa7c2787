"""TextBlob's polarity for English, the tone engine the council chose; nothing else imports the library.

Uses only what needs no corpora. Outside English TextBlob scores every text 0.0, so it is never asked there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def _load() -> Callable[[str], float]:
    """Import the library on first use (it takes a second) and return its polarity function."""
    from textblob.en.sentiments import PatternAnalyzer  # noqa: PLC0415 - heavy, loaded on first use

    analyser = PatternAnalyzer()
    return lambda text: float(analyser.analyze(text).polarity)


def polarity(text: str) -> float:
    """Return TextBlob's polarity of an English text, -1..1."""
    return _load()(text)
