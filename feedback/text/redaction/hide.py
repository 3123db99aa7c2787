"""Put together what numbers, places and names find, and write the role words into the text.

The order decides overlaps: what is more certain comes first. Knows no rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from feedback.text.redaction import names, numbers, places
from feedback.text.redaction.lists import keep_list
from feedback.text.redaction.spans import Hidden, Words, read
from feedback.text.tokens import Folded, fold, tokens

DEFAULT_KEEP: frozenset[str] = frozenset()
"""Added to the built-in list of services, festivals, months, languages and help numbers; a council's own services."""
_PLACEHOLDER = regex.compile(r"\[(?:name|place|school|address|number|postcode|email|date|handle|link)\]")
_JOINT = regex.compile(r"[\s.,'’\-–&]{0,3}|(?:'|’)?s\s")
_MOST_ROUNDS = 4


def hide(text: str, language: str | None, keep: frozenset[str] = DEFAULT_KEEP) -> str:
    """Return the text with role words in the place of what could tell who or where; the same text when nothing could.

    `language` is a code of the sixteen or None (unknown); `keep` are further words never hidden (any case).
    Hiding again changes nothing.
    """
    for _ in range(_MOST_ROUNDS):
        found = hidden(text, language, keep)
        if not found:
            break
        text = _written(text, found)
    return text


def hidden(text: str, language: str | None, keep: frozenset[str] = DEFAULT_KEEP) -> list[Hidden]:
    """Return the spans of the text that `hide` replaces, in order, none overlapping."""
    if not text or text.isspace():
        return []
    folded = fold(text)
    protected = [Hidden(m.start(), m.end(), "") for m in _PLACEHOLDER.finditer(text)]
    protected += _kept(folded, keep)
    words = Words(text, read(tokens(folded), text, protected), language)
    found: list[Hidden] = []
    for finder in (numbers.find, places.find, names.find):
        found.extend(span for span in finder(folded, words) if not _touches(span, protected))
        words.mark(found)
    return _joined(text, found)


@lru_cache(maxsize=16)
def _keep_pattern(keep: frozenset[str]) -> regex.Pattern[str]:
    """Return one pattern of every kept phrase, folded, longest first."""
    phrases = sorted({fold(phrase).text.strip() for phrase in keep_list() | keep if phrase.strip()}, key=len, reverse=True)
    return regex.compile(r"(?<![\p{L}\p{M}\p{N}])\L<phrases>(?:'?s)?(?![\p{L}\p{M}\p{N}])", phrases=phrases)


def _kept(folded: Folded, keep: frozenset[str]) -> list[Hidden]:
    """Return the stretches that hold a kept phrase."""
    return [
        Hidden(folded.place(m.start()), folded.place(m.end() - 1) + 1, "") for m in _keep_pattern(keep).finditer(folded.text)
    ]


def _touches(span: Hidden, others: Iterable[Hidden]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _joined(text: str, found: list[Hidden]) -> list[Hidden]:
    """Return the spans in order, overlaps resolved for the earlier rule, neighbours of one kind made one."""
    chosen: list[Hidden] = []
    taken = bytearray(len(text) + 1)
    for span in found:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            chosen.append(span)
    joined: list[Hidden] = []
    for span in sorted(chosen):
        last = joined[-1] if joined else None
        if last and last.role == span.role and _JOINT.fullmatch(text, last.end, span.start) and "," not in text[last.end : span.start]:
            joined[-1] = Hidden(last.start, span.end, span.role)
        else:
            joined.append(span)
    return joined


def _written(text: str, found: list[Hidden]) -> str:
    pieces: list[str] = []
    at = 0
    for span in found:
        pieces += [text[at : span.start], f"[{span.role}]"]
        at = span.end
    return "".join(pieces) + text[at:]
