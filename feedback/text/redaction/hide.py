"""Put together what numbers, places and names find, and write the role words into the text.

The order decides overlaps: what is more certain comes first. Knows no rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import regex

from feedback.text import tokens
from feedback.text.redaction import names, numbers, places
from feedback.text.redaction.lists import keep_list, name_list
from feedback.text.redaction.spans import Hidden, Words, read
from feedback.text.remembered import Remembered
from feedback.text.tokens import Token

DEFAULT_KEEP: frozenset[str] = frozenset()
"""Added to the built-in list of services, festivals, months, languages and help numbers; a council's own services."""
_PLACEHOLDER = regex.compile(r"\[(?:name|place|school|address|number|postcode|email|date|handle|link)\]")
_JOINT = regex.compile(r"[\s.'’\-–&]{0,3}|(?:'|’)?s\s")
_CERTAIN = frozenset({"email", "handle", "date", "postcode"})
"""Roles that a kept word inside does not save: the month of a birthday, a brand in an address."""
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
    folded, row = tokens.read(text)
    done = _marked(len(text), (match.span() for match in _PLACEHOLDER.finditer(text)) if "[" in text else ())
    protected = _marked(len(text), _kept(row, keep), done)
    words = Words(text, read(row, text, protected, language), language)
    found: list[Hidden] = []
    for finder in (numbers.find, places.find, names.find):
        new = [
            span
            for span in finder(folded, words)
            if (done if span.role in _CERTAIN else protected).find(1, span.start, span.end) < 0
        ]
        words.mark(new)
        found.extend(new)
    return _joined(text, found)


def _marked(length: int, spans: Iterable[tuple[int, int]], also: bytes | bytearray = b"") -> bytearray:
    """Return a 1 for every character inside one of the spans, or marked in `also`."""
    marks = bytearray(also or length + 1)
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return marks


@lru_cache(maxsize=16)
def _keep_rows(keep: frozenset[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return every kept phrase as a row of folded words, by its first word, longest first."""
    rows = {tuple(word for word, _, _ in tokens.read(phrase)[1]) for phrase in keep_list() | keep}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for row in sorted((row for row in rows if row), key=len, reverse=True):
        by_first.setdefault(row[0], []).append(row)
    return {first: tuple(of) for first, of in by_first.items()}


def _kept(row: Sequence[Token], keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that hold a kept phrase, its last word also with an s or possessive."""
    known = _kept_from(keep)
    for at, (word, start, _) in enumerate(row):
        for phrase in known[word]:
            end = at + len(phrase)
            there = tuple(other for other, _, _ in row[at:end])
            if there == phrase or (there and (*there[:-1], _bare(there[-1])) == phrase):
                yield start, row[end - 1][2]
                break


@lru_cache(maxsize=16)
def _kept_from(keep: frozenset[str]) -> Remembered[str, tuple[tuple[str, ...], ...]]:
    """Return the kept phrases by a word they begin with, as it is or with an s or possessive; "Frances" is a name."""
    known = _keep_rows(keep)
    return Remembered(lambda word: known.get(word) or (() if word in name_list() else known.get(_bare(word), ())))


def _bare(word: str) -> str:
    """Return a word without an s or a possessive at its end."""
    return word.removesuffix("s").removesuffix("'")


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
        if last and last.role == span.role and _JOINT.fullmatch(text, last.end, span.start):
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
