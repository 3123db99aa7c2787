"""Read the phrase language of the concern lists, and words as a comment has them.

A phrase is words in order; `word*` any ending, `(a|b c)` either, `(a|)` may be missing, `{group}` one of a named
group, `...` up to four words between, `+` both sides within eight words in any order. Knows no list and no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import regex

from feedback.text.concerns.rarity import need, rarity
from feedback.text.tokens import STOP, read

GAP = 4
"""Words that `...` may skip; never across the end of a sentence."""
NEAR = 8
"""Words that may stand between the two sides of `+`."""

_PIECE = regex.compile(r"\.\.\.|\+|\{\w+\}\*?|(\((?:[^()]|(?1))*+\))|[^\s(){}+|]+")

Joined = Sequence[tuple[str, int, int]]
"""Words of a text, each with its start and end there (end exclusive)."""


class PhraseError(ValueError):
    """A phrase in a list cannot be read; the message holds the phrase."""


_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase: its alternatives, each a row of folded words; whether it may be missing."""

    alternatives: tuple[_Row, ...]
    optional: bool
    whole: Mapping[str, tuple[_Row, ...]] = field(init=False)
    """First word -> the alternatives that begin with it ..."""
    started: tuple[tuple[str, _Row], ...] = field(init=False)
    """... and those whose first word is only a beginning, with it."""

    def __post_init__(self) -> None:
        """Index the alternatives by their first word."""
        started = tuple((row[0][:-1], row) for row in self.alternatives if row[0].endswith("*"))
        whole = {
            word: tuple(row for row in self.alternatives if _is(word, row[0]))
            for word in {row[0] for row in self.alternatives if not row[0].endswith("*")}
        }
        object.__setattr__(self, "whole", whole)
        object.__setattr__(self, "started", started)

    def beginning_with(self, word: str) -> Sequence[_Row]:
        """Return the alternatives whose first word this is, in order."""
        rows = self.whole.get(word)
        if rows is None:
            return [row for start, row in self.started if word.startswith(start)] if self.started else ()
        return rows


def _is(word: str, wanted: str) -> bool:
    """Whether a word is the one wanted, or begins with it where only a beginning is."""
    return word == wanted or (wanted[-1] == "*" and word.startswith(wanted[:-1]))


def folded_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase folded and joined exactly as the words of a comment are."""
    return tuple(word for word, _, _ in joined(phrase))


def joined(text: str) -> list[tuple[str, int, int]]:
    """Return (word, start, end) for matching: no apostrophes, Arabic `wa-`/`al-` and Persian `mi-` regularised."""
    if text.isascii():
        bare = ((word.replace("'", ""), start, end) for word, start, end in read(text)[1])
        return [token for token in bare if token[0]] if "'" in text or "`" in text else read(text)[1]
    row: list[tuple[str, int, int]] = []
    pending: tuple[str, int, int] | None = None
    for token in read(text)[1]:
        word, start, end = token
        if "'" in word:
            word = word.replace("'", "")
            if not word:
                continue
        if "\u0600" <= word[0] <= "\u06ff":
            if pending is not None:
                word, start = pending[0] + word, pending[1]
                pending = None
            elif word in ("مي", "نمي"):
                pending = (word, start, end)
                continue
            word = _without_article(word)
        row.append((word, start, end))
    if pending is not None:
        row.append(pending)
    return row


def _without_article(word: str) -> str:
    """Return an Arabic word without a leading and- or the-, which are written together with it."""
    for prefix in ("وال", "بال", "فال", "ال", "و"):
        if word.startswith(prefix) and len(word) >= len(prefix) + 3:
            return word[len(prefix) :]
    return word


@dataclass(slots=True, eq=False)
class Phrase:
    """A phrase of a list, what it stands for, and the word that calls it."""

    source: str
    kind: str
    level: int
    elements: tuple[tuple[_Element | int, ...], ...]
    anchor: tuple[str, ...] = field(default=())
    needs: tuple[frozenset[str], ...] = field(default=())
    """Sets of words, and of two words in a row, of each of which one at least must occur too, else the phrase need
    not be looked for."""
    orders: tuple[tuple[_Element | int, ...], ...] = field(init=False)
    """The ways in which the phrase may be written: its two sides in either order."""
    _first: frozenset[str] = field(init=False)
    _first_begins: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put the sides in order, and note what words the phrase may begin with."""
        one, *other = self.elements
        self.orders = ((*one, NEAR, *other[0]), (*other[0], NEAR, *one)) if other else (one,)
        may_open = [element for order in self.orders for element in _may_open(order)]
        self._first = frozenset(word for element in may_open for word in element.whole)
        self._first_begins = tuple(start for element in may_open for start, _ in element.started)

    @property
    def length(self) -> int:
        """Number of required words, at least."""
        sides = (e for side in self.elements for e in side if isinstance(e, _Element) and not e.optional)
        return sum(min(len(a) for a in e.alternatives) for e in sides)

    def words(self) -> Iterator[str]:
        """Yield every word of the phrase, a beginning with its star."""
        elements = (e for side in self.elements for e in side if isinstance(e, _Element))
        yield from (word for element in elements for row in element.alternatives for word in row)

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield first word and one past the last of every occurrence, none overlapping; bounded gaps only."""
        first, begins, end = self._first, self._first_begins, 0
        for at in [at for at, word in enumerate(words) if word in first or (begins and word.startswith(begins))]:
            for order in self.orders if at >= end else ():
                found = _end(order, 0, words, at)
                if found is not None:
                    end = found
                    yield at, end
                    break


def _may_open(order: Sequence[_Element | int]) -> Iterator[_Element]:
    """Yield the elements a phrase may begin with: the first, and what follows those that may be missing."""
    for element in order:
        if isinstance(element, _Element):
            yield element
            if not element.optional:
                return


def _end(steps: Sequence[_Element | int], step: int, words: Sequence[str], at: int) -> int | None:
    """Return where the steps from `step` on end that begin at word `at`, None when they do not stand there.

    The longest alternative first, an optional one rather there than missing, a gap rather short than long.
    """
    if step == len(steps):
        return at
    what = steps[step]
    if isinstance(what, int):
        return _after_gap(steps, step, words, at)
    for row in what.beginning_with(words[at]) if at < len(words) else ():
        there = len(row) == 1 or _goes_on(row, words, at)
        if there and (end := _end(steps, step + 1, words, at + len(row))) is not None:
            return end
    return _end(steps, step + 1, words, at) if what.optional else None


def _after_gap(steps: Sequence[_Element | int], step: int, words: Sequence[str], at: int) -> int | None:
    """Return where the steps after a gap end; a gap never goes past the end of a sentence."""
    widest = cast("int", steps[step])
    for skipped in range(at, at + widest + 1):
        end = _end(steps, step + 1, words, skipped)
        if end is not None or skipped >= len(words) or words[skipped] == STOP:
            return end
    return None


def _goes_on(row: _Row, words: Sequence[str], at: int) -> bool:
    """Whether the second word of a row and those after it follow the word `at`."""
    if at + len(row) > len(words):
        return False
    return all(_is(words[at + next_one], row[next_one]) for next_one in range(1, len(row)))


def parse(source: str, groups: Mapping[str, Sequence[str]], *, kind: str, level: int) -> Phrase:
    """Return the phrase written as `source`. Raises PhraseError when it holds no word or an unknown group."""
    sides: list[list[_Element | int]] = [[]]
    if _PIECE.sub("", source).strip():
        raise PhraseError(source)
    for match in _PIECE.finditer(source):
        piece = match.group()
        if piece == "...":
            sides[-1].append(GAP)
        elif piece == "+":
            sides.append([])
        else:
            sides[-1].extend(_elements(piece, groups, source))
    if len(sides) > 2 or not all(any(isinstance(e, _Element) for e in side) for side in sides):  # noqa: PLR2004 - a pair
        raise PhraseError(source)
    if any(isinstance(side[0], int) for side in sides):
        raise PhraseError(source)
    elements = tuple(tuple(side) for side in sides)
    return Phrase(source, kind, level, elements, _anchor(elements, source), _needs(elements))


def _elements(piece: str, groups: Mapping[str, Sequence[str]], source: str) -> Iterator[_Element]:
    """Yield the elements of one piece; a plain word of a script without blanks may be several."""
    if piece[0] not in "({":
        yield from (_Element(((word,),), optional=False) for word in _starred(piece))
        return
    options = _options(piece, groups, source)
    rows = tuple(dict.fromkeys(row for row in (_starred(option) for option in options) if row))
    if not rows:
        raise PhraseError(source)
    longest_first = tuple(sorted(rows, key=len, reverse=True))
    yield _Element(longest_first, optional=any(not option.strip() for option in options))


def _options(piece: str, groups: Mapping[str, Sequence[str]], source: str) -> list[str]:
    """Return what a group or a bracket stands for, brackets and groups inside it written out."""
    if piece[0] == "{":
        name, ending = piece.rstrip("*").strip("{}"), "*" if piece.endswith("*") else ""
        if name not in groups:
            raise PhraseError(f"{source}: no group {name}")
        return [option + ending for option in groups[name]]
    if piece[0] != "(":
        return [piece]
    written: list[str] = []
    for option in _alternatives(piece[1:-1]):
        partial = [""]
        for match in _PIECE.finditer(option):
            inner = _options(match.group(), groups, source)
            partial = [f"{head} {tail}".strip() for head in partial for tail in inner]
        written.extend(partial)
    return written


def _alternatives(inside: str) -> list[str]:
    """Return what stands between the bars of a bracket, bars of inner brackets left alone."""
    found, depth = [""], 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _starred(option: str) -> tuple[str, ...]:
    """Return the folded words of an alternative, a star kept on the words that had one."""
    row: list[str] = []
    for part in option.split():
        words = folded_words(part.rstrip("*"))
        row.extend(words)
        if part.endswith("*") and words:
            row[-1] += "*"
    return tuple(row)


def _anchor(elements: tuple[tuple[_Element | int, ...], ...], source: str) -> tuple[str, ...]:
    """Return what of which one must occur for the phrase to be worth trying: the rarest-looking place."""
    required = [e for side in elements for e in side if isinstance(e, _Element) and not e.optional]
    if not required:
        raise PhraseError(source)
    places = [tuple(dict.fromkeys(map(need, element.alternatives))) for element in required]
    return min(places, key=lambda place: sum(1 / rarity(said) for said in place))


def _needs(elements: tuple[tuple[_Element | int, ...], ...]) -> tuple[frozenset[str], ...]:
    """Return, for every required element, what each of its alternatives cannot be without, smallest set first."""
    required = (e for side in elements for e in side if isinstance(e, _Element) and not e.optional)
    needed = (frozenset(map(need, element.alternatives)) for element in required)
    return tuple(sorted(needed, key=len))
