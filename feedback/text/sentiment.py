"""The tone of a sentence or a comment; None where the engine cannot judge, never a false 0.

Rule: weigh the tone words of the language, for English together with TextBlob, and let a whole answer of "nothing"
mean what the question makes it mean. Knows nothing about themes.
"""

from __future__ import annotations

import math

from feedback.text import textblob_adapter
from feedback.text.findings import Sentiment, Tone
from feedback.text.lexicon import read
from feedback.text.tone_words import ToneWords, count_text

NEUTRAL_BELOW = 0.05
"""A score nearer to zero than this has no lean; positive, negative and score never disagree."""
_MIXED_SHARE = 0.4
_TEXTBLOB_WEIGHT = 1.0
_NOTHING_MEANS = {"what_good": -0.6, "what_better": 0.6}


def score(sentence: str, language: str | None, question: str | None = None) -> Sentiment | None:
    """Return the tone of a sentence, or None when there is no word list for its language."""
    if language is None or not read("tone", language):
        return None
    counted = count_text(sentence, language)
    if counted.says_nothing and question in _NOTHING_MEANS:
        return _sentiment(_NOTHING_MEANS[question], 0.0)
    if counted.says_unsure:
        return _sentiment(0.0, 0.0)
    good, bad = _weigh(sentence, language, counted)
    total = good + bad
    lean = (good - bad) / (total + 1.0)
    weaker = min(good, bad) / total if total else 0.0
    return _sentiment(lean, weaker)


def _weigh(sentence: str, language: str, counted: ToneWords) -> tuple[float, float]:
    """Return the weights of good and bad, TextBlob's opinion added to English."""
    if language != "en":
        return counted.good, counted.bad
    opinion = _TEXTBLOB_WEIGHT * textblob_adapter.polarity(sentence)
    return counted.good + max(opinion, 0.0), counted.bad + max(-opinion, 0.0)


def _sentiment(lean: float, weaker: float) -> Sentiment:
    """Return label, score and confidence for a lean of -1..1 and the weaker side's share 0..0.5."""
    if weaker >= _MIXED_SHARE:
        return Sentiment(Tone.MIXED, 0.0, 1.0 - weaker)
    if abs(lean) < NEUTRAL_BELOW:
        return Sentiment(Tone.NEUTRAL, 0.0, 0.5)
    return Sentiment(Tone.POSITIVE if lean > 0 else Tone.NEGATIVE, lean, 0.5 + math.tanh(abs(lean)) / 2)
