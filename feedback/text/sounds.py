"""Bring an English word to its sounds, so that "bruver" and "brother", "skweezd" and "squeezed" meet.

Knows how those write who learn to write, or write as they speak; knows no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIMPLER = (
    (re.compile(r"(.)\1+", re.MULTILINE), r"\1"),
    (re.compile(r"(?<=..)ing$", re.MULTILINE), "n"),
    (re.compile(r"(?<=..)e$", re.MULTILINE), ""),
    (re.compile(r"^(?:kn|gn)", re.MULTILINE), "n"),
    (re.compile(r"^wr", re.MULTILINE), "r"),
    (re.compile(r"^wh", re.MULTILINE), "w"),
    (re.compile(r"mb$", re.MULTILINE), "m"),
    (re.compile(r"ght?", re.MULTILINE), "t"),
    (re.compile(r"(?:tion|shun|shon|sion)", re.MULTILINE), "0n"),
    (re.compile(r"t?ch|tsh", re.MULTILINE), "3"),
    (re.compile(r"s+h|sc(?=[ei])", re.MULTILINE), "0"),
    (re.compile(r"th|ph|v", re.MULTILINE), "f"),
    (re.compile(r"ck|c(?![eiy])|q", re.MULTILINE), "k"),
    (re.compile(r"c|z", re.MULTILINE), "s"),
    (re.compile(r"x", re.MULTILINE), "ks"),
    (re.compile(r"dg|g(?=[ei])", re.MULTILINE), "j"),
    (re.compile(r"(?<=.)(?:e?d|t)$", re.MULTILINE), "d"),
    (re.compile(r"(?<=.)[aeiouywh']", re.MULTILINE), ""),
    (re.compile(r"^[aeiouy]", re.MULTILINE), "a"),
    (re.compile(r"(.)\1+", re.MULTILINE), r"\1"),
)
"""Ways a sound is written and the one sign it is brought to, in this order."""


def key(word: str) -> str:
    """Return the sounds of a folded English word: its consonants, simplified."""
    for pattern, letter in _SIMPLER:
        word = pattern.sub(letter, word)
    return word


def keys(words: Sequence[str]) -> list[str]:
    """Return the sounds of many words, line under line in one go: a dictionary word by word takes a second."""
    return key("\n".join(words)).split("\n") if words else []
