"""Bring an English word to its sounds, so that "bruver" and "brother", "skweezd" and "squeezed" meet.

Knows how those write who learn to write, or write as they speak; knows no word.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

_SIMPLER = (
    (regex.compile(r"(.)\1+", regex.M), r"\1"),
    (regex.compile(r"(?<=..)ing$", regex.M), "n"),
    (regex.compile(r"(?<=..)e$", regex.M), ""),
    (regex.compile(r"^(?:kn|gn)", regex.M), "n"),
    (regex.compile(r"^wr", regex.M), "r"),
    (regex.compile(r"^wh", regex.M), "w"),
    (regex.compile(r"mb$", regex.M), "m"),
    (regex.compile(r"ght?", regex.M), "t"),
    (regex.compile(r"(?:tion|shun|shon|sion)", regex.M), "0n"),
    (regex.compile(r"t?ch|tsh", regex.M), "3"),
    (regex.compile(r"s+h|sc(?=[ei])", regex.M), "0"),
    (regex.compile(r"th|ph|v", regex.M), "f"),
    (regex.compile(r"ck|c(?![eiy])|q", regex.M), "k"),
    (regex.compile(r"c|z", regex.M), "s"),
    (regex.compile(r"x", regex.M), "ks"),
    (regex.compile(r"dg|g(?=[ei])", regex.M), "j"),
    (regex.compile(r"(?<=.)(?:e?d|t)$", regex.M), "d"),
    (regex.compile(r"(?<=.)[aeiouywh']", regex.M), ""),
    (regex.compile(r"^[aeiouy]", regex.M), "a"),
    (regex.compile(r"(.)\1+", regex.M), r"\1"),
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
