"""Cut a comment into sentences the way people type: without stops, without capitals, with emoji, in any script.

Knows punctuation and line breaks only; works in time linear in the length of the text.
"""

from __future__ import annotations

import re

import regex

# Danda (Bengali), Urdu full stop, Arabic question mark, ideographic stops, ellipsis; emoji close a sentence too.
_STOP = regex.compile(
    r"[.!?…।॥۔؟。！？；]++[\"'”’)\]]*+(?=\s|$|\p{Han}|\p{Lu})"
    r"|[।॥۔。！？；]++"
    r"|[\r\n]++"
    r"|\p{Extended_Pictographic}(?:[\uFE0F\u200D\U0001F3FB-\U0001F3FF]|\p{Extended_Pictographic})*+"
    r"|\s[-–—•*]\s"
)
_PLAIN_STOP = re.compile(r"[.!?]++[\"')\]]*+(?=\s|$|[A-Z])|[\r\n]++|\s[-*]\s")
"""The same for text of plain signs, which is twice as fast to search."""
_ABBREVIATION = regex.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|e\.g|i\.e|etc|vs|no|approx|p\.s|\p{L})\.$", regex.I)
_CONTRAST = regex.compile(r"[,;]\s+(?=(?:but|although|however|except)\b)", regex.I)
_WORDY = regex.compile(r"[\p{L}\p{N}]|\p{Extended_Pictographic}")

LONGEST = 60
"""Words after which a run-on without any stop is cut, so that one sentence never takes unbounded time."""
LONGEST_WORD = 300
"""Characters after which a run without any space (Chinese, or a key held down) is cut."""


def split(text: str) -> list[str]:
    """Return the sentences of a text in order, trimmed; text without a letter, number or emoji gives none."""
    pieces: list[str] = []
    for run in _runs(text):
        for piece in _short_pieces(run):
            if pieces and not any(c.isalnum() for c in piece):
                pieces[-1] += " " + piece  # a lone emoji belongs to what it comments on
            else:
                pieces.append(piece)
    return pieces


def _runs(text: str) -> list[str]:
    """Return what stands between two stops, the stops included."""
    runs: list[str] = []
    start = 0
    plain = text.isascii() and text.replace("\n", " ").isprintable()
    for stop in (_PLAIN_STOP if plain else _STOP).finditer(text):
        if _ABBREVIATION.search(text, max(start, stop.end() - 8), stop.end()):
            continue
        runs.append(text[start : stop.end()])
        start = stop.end()
    runs.append(text[start:])
    return runs


def _short_pieces(run: str) -> list[str]:
    """Return a run cut before a contrast ("..., but ...") and after every LONGEST words."""
    pieces: list[str] = []
    for clause in _CONTRAST.split(run) if "," in run or ";" in run else (run,):
        parts = clause.split()
        if len(clause) > LONGEST_WORD:
            parts = [part[at : at + LONGEST_WORD] for part in parts for at in range(0, len(part), LONGEST_WORD)]
        joined = (" ".join(parts[at : at + LONGEST]) for at in range(0, len(parts), LONGEST))
        pieces.extend(piece for piece in joined if _WORDY.search(piece))
    return pieces
