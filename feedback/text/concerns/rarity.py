"""Guess how seldom words are met, to know what of a phrase is worth looking for first.

Knows no list and no phrase.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from feedback.text.language import is_everyday

_NEIGHBOUR = 3.0
"""Even of two words that every text holds one seldom stands right before the other."""


def need(row: Sequence[str]) -> str:
    """Return the rarest-looking two neighbouring words of an alternative, or its rarest-looking word."""
    pairs = [(one, other) for one, other in pairwise(row) if not (one[-1] == "*" or other[-1] == "*")]
    if pairs:
        return max((" ".join(pair) for pair in pairs), key=rarity)
    return max(row, key=_of_word)


def rarity(said: str) -> float:
    """Guess how seldom a word is met, or two words in a row."""
    return math.prod(_of_word(word) + _NEIGHBOUR for word in said.split(" ")) if " " in said else _of_word(said)


def _of_word(word: str) -> float:
    """Guess how seldom a word is met: long words seldom unless every text holds them, Han signs but the commonest."""
    if "\u4e00" <= word[0] <= "\u9fff":
        return 0.2 if word[0] in "我你他她佢的不是了在有一個人去唔冇好會要都嘅啦到又很" else 6.0
    return 1.0 if is_everyday(word) else float(len(word.rstrip("*"))) ** 2
