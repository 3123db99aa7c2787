"""Read word lists that people can edit and find their words and phrases in a text.

A list is a TOML table `name = ["word", "begin*", "two words", "any * word"]`: `*` at the end of a word stands for
any ending, `*` alone for any one word. Spelling is folded first (see `words`), so accents and case do not matter.
Knows nothing about what a list is for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from feedback.text.remembered import Remembered
from feedback.text.words import words

# One-letter words written together with the next in Arabic script: and, so, by, to, as, the.
_JOINED = ("وال", "بال", "فال", "کال", "ال", "لل", "و", "ب", "ل", "ف")
_SHORTEST_STEM = 3


class Match(NamedTuple):
    """One phrase found: the list's name and the words it covers, `start` to `end` (exclusive)."""

    name: str
    start: int
    end: int


class _Node:
    """One step of a phrase: what may follow, and the lists that end here."""

    __slots__ = ("any_word", "ends", "follow")

    def __init__(self) -> None:
        self.follow: dict[str, _Node] = {}
        self.any_word: _Node | None = None
        self.ends: list[str] = []


_Met = tuple[tuple[str, ...], tuple[_Node, ...]]
"""Of a word: the steps it can be, and where a phrase that begins with it goes on."""


class Matcher:
    """Finds the phrases of several named lists in folded words, in one pass."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._beginnings: set[str] = set()
        self._exact: set[str] = set()
        self._known = Remembered(self._meet)
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add(name, phrase)
        self._lengths = sorted({len(begin) for begin in self._beginnings})

    def _add(self, name: str, phrase: str) -> None:
        """Add one phrase, word by word."""
        node = self._root
        for step in phrase.split():
            if step == "*":
                node.any_word = node.any_word or _Node()
                node = node.any_word
                continue
            pieces = words(step.removesuffix("*")) or [step.removesuffix("*")]
            for piece in pieces[:-1]:
                node = self._follow(node, piece, begins=False)
            node = self._follow(node, pieces[-1], begins=step.endswith("*"))
        if name not in node.ends:
            node.ends.append(name)

    def _follow(self, node: _Node, piece: str, *, begins: bool) -> _Node:
        """Return the node after a word, made if it is not there."""
        (self._beginnings if begins else self._exact).add(piece)
        return node.follow.setdefault(piece + "*" if begins else piece, _Node())

    def _meet(self, word: str) -> _Met:
        """Return the listed words and beginnings that a written word can stand for."""
        forms = [word]
        if "\u0600" <= word[0] <= "\u06ff":
            forms += [word[len(p) :] for p in _JOINED if word.startswith(p) and len(word) - len(p) >= _SHORTEST_STEM]
        steps = tuple(step for form in forms for step in self._steps_of(form))
        root = self._root
        after = [root.any_word] if steps and root.any_word else []
        after += [root.follow[step] for step in steps if step in root.follow]
        return steps, tuple(after)

    def _steps_of(self, form: str) -> list[str]:
        """Return the listed steps that one form of a word takes."""
        steps = [form] if form in self._exact else []
        for length in self._lengths:
            if length > len(form):
                break
            if form[:length] in self._beginnings:
                steps.append(form[:length] + "*")
        return steps

    def find(self, folded: Sequence[str]) -> list[Match]:
        """Return every phrase found, in the order of their first word."""
        known = self._known
        row = [known[word] for word in folded]
        found: list[Match] = []
        for start, (_, nodes) in enumerate(row):
            for node in nodes:
                self._walk(node, row, start, start + 1, found)
        return found

    def _walk(self, node: _Node, row: list[_Met], start: int, at: int, found: list[Match]) -> None:
        """Collect the phrases that end at `node` or go on from it at word `at`; as deep as the longest phrase."""
        if node.ends:
            found.extend([Match(name, start, at) for name in node.ends])
        if at == len(row):
            return
        if node.any_word is not None:
            self._walk(node.any_word, row, start, at + 1, found)
        if node.follow:
            for step in row[at][0]:
                after = node.follow.get(step)
                if after is not None:
                    self._walk(after, row, start, at + 1, found)


@cache
def read(folder: str, name: str) -> dict[str, Any]:
    """Return the table in `lexicons/<folder>/<name>.toml`, empty when nobody has written it."""
    source = files("feedback.text") / "lexicons" / folder / f"{name}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}
