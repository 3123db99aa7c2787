"""Read a text word by word as English ideas, so that what English comments teach helps fifteen other languages.

The lists in `lexicons/gloss` give, for an everyday English word, its forms in a language; a text becomes the row of
English words its own words can stand for. No translation: word order, grammar and most shades of meaning are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from feedback.text.remembered import Remembered
from feedback.text.words import fold, words

MOST = 3
"""Ideas one word may stand for; a word with more says too little."""
_SHORTEST_STEM = 2
_JOINED = ("وال", "بال", "فال", "ال", "لل", "و", "ب", "ل", "ف")
"""One-letter words written together with the next in Arabic script: and-the, by-the, the, to-the, and, by, to, so."""
_FIRST_SIGN = "\u2e80"
"""No Han sign stands before this one (Unicode, CJK Radicals Supplement)."""
_HAN = regex.compile(r"\p{Han}")


class Glosses:
    """The forms of one language: whole ones, beginnings, and for Chinese the longest row of signs."""

    def __init__(self, lines: Sequence[str], english: Glosses | None = None) -> None:
        self._english = english
        self._whole: dict[str, tuple[str, ...]] = {}
        self._starts: dict[str, tuple[str, ...]] = {}
        self._known = Remembered(self._look_up)
        for line in lines:
            idea, _, forms = line.partition("\t")
            if forms and not idea.startswith("#"):
                self._add(idea, forms)
        self._lengths = sorted({len(start) for start in self._starts}, reverse=True)
        self._longest = max((len(form) for form in self._whole), default=1)

    def __len__(self) -> int:
        """Return how many forms are known."""
        return len(self._whole) + len(self._starts)

    def _add(self, english: str, forms: str) -> None:
        """Add the forms of one English word."""
        idea = fold(english)
        if self._english is not None:
            idea = self._english.of(idea)[0]
        for form in forms.split("|"):
            folded = fold(form.strip().rstrip("*"))
            index = self._starts if form.strip().endswith("*") and len(folded) >= _SHORTEST_STEM else self._whole
            if folded and idea not in index.get(folded, ()):
                index[folded] = (*index.get(folded, ()), idea)

    def knows(self, word: str) -> bool:
        """Whether a folded word is listed as it stands."""
        return word in self._whole

    def of(self, word: str) -> tuple[str, ...]:
        """Return the ideas of one folded word, those of its longest known beginning when it is not known whole."""
        return self._known[word]

    def _look_up(self, word: str) -> tuple[str, ...]:
        """Return the ideas of a word not met before."""
        forms = [word]
        if "\u0600" <= word[0] <= "\u06ff":
            forms += [word[len(p) :] for p in _JOINED if word.startswith(p) and len(word) - len(p) > _SHORTEST_STEM]
        for form in forms:
            if form in self._whole:
                return self._whole[form][:MOST]
        for form in forms:
            for length in self._lengths:
                if length <= len(form) and form[:length] in self._starts:
                    return self._starts[form[:length]][:MOST]
        return (word,) if self._english is None else ()

    def read(self, folded: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the ideas of every word of a text, none where a word has none.

        Signs of Chinese are first put together as far as known; the first of them then has the ideas of all.
        """
        known = self._known
        if not folded or max(folded) < _FIRST_SIGN:
            return [known[word] for word in folded]
        found: list[tuple[str, ...]] = []
        while len(found) < len(folded):
            word = folded[len(found)]
            if len(word) == 1 and word >= _FIRST_SIGN and _HAN.match(word):
                ideas, taken = self._of_signs(folded, len(found))
                found += [ideas, *[()] * (taken - 1)]
            else:
                found.append(known[word])
        return found

    def _of_signs(self, folded: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
        """Return the ideas of the longest known row of signs that begins here, and its length."""
        row = "".join(folded[at : at + self._longest])
        for length in range(len(row), 0, -1):
            if row[:length] in self._whole:
                return self._whole[row[:length]][:MOST], length
        return (), 1


@cache
def glosses(language: str) -> Glosses:
    """Return the forms of a language, read at the first call; empty for a language without a list."""
    source = files("feedback.text") / "lexicons" / "gloss" / f"{language}.tsv"
    lines = source.read_text("utf-8").splitlines() if source.is_file() else ()
    return Glosses(lines, None if language == "en" else glosses("en"))


def ideas(folded: Sequence[str], language: str | None) -> tuple[tuple[str, ...], ...]:
    """Return the English ideas of a text given as folded words, a word's possible ideas together, in order."""
    return tuple(filter(None, glosses(language or "en").read(folded)))


def ideas_of(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return the English ideas of a written text."""
    return ideas(words(text), language)
