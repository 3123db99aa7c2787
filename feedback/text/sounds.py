"""Bring an English word to its sounds, so that "bruver" and "brother", "skweezd" and "squeezed" meet.

Knows how those write who learn to write, or write as they speak; knows no word.
"""

from __future__ import annotations

import regex

_SIMPLER = (
    (regex.compile(r"(.)\1+"), r"\1"),
    (regex.compile(r"(?<=..)ing$"), "n"),
    (regex.compile(r"(?<=..)e$"), ""),
    (regex.compile(r"^(?:kn|gn)"), "n"),
    (regex.compile(r"^wr"), "r"),
    (regex.compile(r"^wh"), "w"),
    (regex.compile(r"mb$"), "m"),
    (regex.compile(r"ght?"), "t"),
    (regex.compile(r"(?:tion|shun|shon|sion)"), "0n"),
    (regex.compile(r"t?ch|tsh"), "3"),
    (regex.compile(r"s+h|sc(?=[ei])"), "0"),
    (regex.compile(r"th|ph|v"), "f"),
    (regex.compile(r"ck|c(?![eiy])|q"), "k"),
    (regex.compile(r"c|z"), "s"),
    (regex.compile(r"x"), "ks"),
    (regex.compile(r"dg|g(?=[ei])"), "j"),
    (regex.compile(r"(?<=.)(?:e?d|t)$"), "d"),
    (regex.compile(r"(?<=.)[aeiouywh']"), ""),
    (regex.compile(r"^[aeiouy]"), "a"),
    (regex.compile(r"(.)\1+"), r"\1"),
)
"""Ways a sound is written and the one sign it is brought to, in this order."""


def key(word: str) -> str:
    """Return the sounds of a folded English word: its consonants, simplified."""
    for pattern, letter in _SIMPLER:
        word = pattern.sub(letter, word)
    return word
