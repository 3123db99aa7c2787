"""Read the phrase language of the concern lists and find its phrases in a row of words.

A phrase is words in order; `word*` any ending, `(a|b c)` either, `(a|)` may be missing, `{group}` one of a named
group, `...` up to four words between, `+` both sides within eight words in any order. Knows no list and no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from feedback.text.tokens import STOP, read

GAP = 4
"""Words that `...` may skip; never across the end of a sentence."""
NEAR = 8
"""Words that may stand between the two sides of `+`."""

_MOST_REMEMBERED = 20_000
_PIECE = regex.compile(r"\.\.\.|\+|\{\w+\}\*?|(\((?:[^()]|(?1))*+\))|[^\s(){}+|]+")
_SKIP = rf"(?:(?!{regex.escape(STOP)} )[^ ]++ ){{0,%d}}?"


class PhraseError(ValueError):
    """A phrase in a list cannot be read; the message holds the phrase."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase: its alternatives, each a row of folded words; whether it may be missing."""

    alternatives: tuple[tuple[str, ...], ...]
    optional: bool


def folded_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase folded and joined exactly as the words of a comment are."""
    return tuple(word for word, _, _ in joined(phrase))


def joined(text: str) -> list[tuple[str, int, int]]:
    """Return (word, start, end) for matching: no apostrophes, Arabic `wa-`/`al-` and Persian `mi-` regularised."""
    row: list[tuple[str, int, int]] = []
    pending: tuple[str, int, int] | None = None
    for token in read(text)[1]:
        word, start, end = token.word, token.start, token.end
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
    """A phrase of a list, what it stands for, and the word that calls it; its pattern is compiled at first need."""

    source: str
    kind: str
    level: int
    elements: tuple[tuple[_Element | int, ...], ...]
    anchor: tuple[str, ...] = field(default=())
    needs: tuple[frozenset[str], ...] = field(default=())
    """Sets of words of each of which one at least must occur too, else the pattern need not be tried."""
    _pattern: regex.Pattern[str] | None = None

    @property
    def length(self) -> int:
        """Number of required words, at least."""
        sides = (e for side in self.elements for e in side if isinstance(e, _Element) and not e.optional)
        return sum(min(len(a) for a in e.alternatives) for e in sides)

    @property
    def pattern(self) -> regex.Pattern[str]:
        """Pattern over words that each end in one blank; bounded gaps only, so time is linear in the text."""
        if self._pattern is None:
            sides = [_side_pattern(side) for side in self.elements]
            if len(sides) == 1:
                source = sides[0]
            else:
                near = _SKIP % NEAR
                source = f"(?:{sides[0]}{near}{sides[1]}|{sides[1]}{near}{sides[0]})"
            self._pattern = regex.compile(rf"(?<![^ ]){source}")
        return self._pattern


def _side_pattern(side: Sequence[_Element | int]) -> str:
    return "".join(_SKIP % item if isinstance(item, int) else _element_pattern(item) for item in side)


def _element_pattern(element: _Element) -> str:
    options = "|".join("".join(_word_pattern(word) for word in words) for words in element.alternatives)
    return f"(?:{options})" + ("?" if element.optional else "")


def _word_pattern(word: str) -> str:
    stem: str = regex.escape(word.rstrip("*"))
    return stem + ("[^ ]* " if word.endswith("*") else " ")


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
    elements = tuple(tuple(side) for side in sides)
    return Phrase(source, kind, level, elements, _anchor(elements, source), _needs(elements))


def _elements(piece: str, groups: Mapping[str, Sequence[str]], source: str) -> Iterator[_Element]:
    """Yield the elements of one piece; a plain word of a script without blanks may be several."""
    if piece[0] not in "({":
        yield from (_Element((word,), optional=False) for word in ((w,) for w in _starred(piece)))
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
    """Return the words one of which must occur for the phrase to be worth trying: the rarest-looking place."""
    best: tuple[float, tuple[str, ...]] | None = None
    for side in elements:
        for element in side:
            if isinstance(element, int) or element.optional:
                continue
            words = tuple({max(alternative, key=_rarity) for alternative in element.alternatives})
            cost = sum(1 / _rarity(word) for word in words)
            if best is None or cost < best[0]:
                best = (cost, words)
    if best is None:
        raise PhraseError(source)
    return best[1]


def _needs(elements: tuple[tuple[_Element | int, ...], ...]) -> tuple[frozenset[str], ...]:
    """Return, for every required element, one word (or beginning with a star) of each of its alternatives."""
    required = (e for side in elements for e in side if isinstance(e, _Element) and not e.optional)
    needed = (frozenset(max(words, key=_rarity) for words in element.alternatives) for element in required)
    return tuple(sorted(needed, key=len))


def _rarity(word: str) -> float:
    """Guess how seldom a word is met: long words seldom, Han characters seldom but for the commonest."""
    if "\u4e00" <= word[0] <= "\u9fff":
        return 0.2 if word[0] in "我你他她佢的不是了在有一個人去唔冇好會要都嘅啦到又很" else 6.0
    return float(len(word.rstrip("*"))) ** 2


class Finder:
    """All phrases of some lists, called by their anchor words."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Index the phrases; nothing is compiled yet."""
        self._whole: dict[str, list[Phrase]] = {}
        self._starts: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.anchor:
                index, key = (self._starts, word[:-1]) if word.endswith("*") else (self._whole, word)
                index.setdefault(key, []).append(phrase)
        self._remembered: dict[str, tuple[Phrase, ...]] = {}
        self._lengths = sorted({len(key) for key in self._starts})
        needed = {word for phrase in phrases for words in phrase.needs for word in words}
        self._beginnings = sorted({len(word) - 1 for word in needed if word.endswith("*")})

    def _called_by(self, word: str) -> tuple[Phrase, ...]:
        """Return the phrases a word calls, remembered for the words met so far."""
        known = self._remembered.get(word)
        if known is None:
            starts = (self._starts.get(word[:length], ()) for length in self._lengths if length <= len(word))
            known = tuple(dict.fromkeys([*self._whole.get(word, ()), *(phrase for of in starts for phrase in of)]))
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[word] = known
        return known

    def find(self, row: Sequence[str]) -> Iterator[tuple[Phrase, int, int]]:
        """Yield (phrase, first word, one past the last word) for every occurrence in a row of words."""
        words_there = set(row)
        there = words_there | {word[:n] + "*" for word in words_there for n in self._beginnings if n <= len(word)}
        called = {
            id(phrase): phrase
            for word in words_there
            for phrase in self._called_by(word)
            if not any(there.isdisjoint(words) for words in phrase.needs)
        }
        if not called:
            return
        line = " ".join(row) + " "
        index: dict[int, int] = {}
        at = 0
        for number, word in enumerate(row):
            index[at] = number
            at += len(word) + 1
        index[at] = len(row)
        for phrase in called.values():
            for match in phrase.pattern.finditer(line):
                yield phrase, index[match.start()], index[match.end()]
