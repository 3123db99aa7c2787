"""Load the concern lists, one readable TOML file a language, into one finder.

The lists are written by us and unchecked by a qualified person; each file says so in `checked_by`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from feedback.text.concerns.finder import Finder
from feedback.text.concerns.phrases import Phrase, folded_words, parse

Kind = Literal[
    "harm_by_other",
    "self_harm",
    "neglect",
    "exploitation",
    "domestic_abuse",
    "unsafe_now",
    "staff_conduct",
    "data_breach",
]
"""Kinds of concern (contract)."""
Level = Literal[1, 2, 3]
"""1 worry or unmet need, 2 possible harm, 3 immediate danger (practice 2.4): the order of reading only."""

KINDS: frozenset[str] = frozenset(get_args(Kind))
# A `hint` is a phrase too common to be a concern alone; it only weighs in the learnt model.
HARMLESS = "harmless"
"""Kind of the phrases that take back a concern whose words they share ("dying of boredom")."""
SETTLED = "settled"
"""Kind of the phrases that say it is over; they take back concerns of level 1 and 2 in their sentence."""
STILL = "still"
"""Kind of the phrases that say it is not over ("again"); they undo SETTLED."""
LANGUAGES = ("en", "pl", "ro", "bg", "es", "fr", "pt", "tr", "sq", "ta", "bn", "ur", "ar", "fa", "uk", "zh_Hant")


@dataclass(frozen=True, slots=True)
class Lists:
    """Every list in one finder, the language of each phrase, and each language's spellings."""

    finder: Finder
    language: Mapping[int, str]
    spellings: Mapping[str, Mapping[str, str]]
    english: frozenset[str]
    """Every word of the English phrases, beginnings with a star."""


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Return all lists, read at the first call."""
    phrases: list[Phrase] = []
    language: dict[int, str] = {}
    spellings: dict[str, dict[str, str]] = {}
    english: frozenset[str] = frozenset()
    for code in LANGUAGES:
        table = tomllib.loads((_folder() / f"{code}.toml").read_text(encoding="utf-8"))
        read = phrases_of(table)
        phrases.extend(read)
        language.update({id(phrase): code for phrase in read})
        spellings[code] = _spellings(table)
        if code == "en":
            english = frozenset(word for phrase in read for word in phrase.words())
    return Lists(Finder(phrases), language, spellings, english)


def _folder() -> Any:
    return files("feedback.text") / "lexicons" / "concerns"


def _spellings(table: Mapping[str, Any]) -> dict[str, str]:
    """Return wrong spelling -> right one, from lists of wrong ones under the right one."""
    return {
        "".join(folded_words(wrong)): right
        for right, wrongs in table.get("spellings", {}).items()
        for wrong in wrongs.split()
    }


def phrases_of(table: Mapping[str, Any]) -> list[Phrase]:
    """Return the phrases of one file. Raises PhraseError for a phrase that cannot be read, ValueError for a kind."""
    groups: dict[str, Sequence[str]] = table.get("groups", {})
    found: list[Phrase] = []
    for entry in table["concern"]:
        if entry["kind"] not in KINDS or entry["level"] not in (1, 2, 3):
            raise ValueError(f"unknown kind or level: {entry['kind']} {entry['level']}")
        found.extend(parse(p, groups, kind=entry["kind"], level=entry["level"]) for p in entry["phrases"])
    for entry in table.get("hint", []):
        found.extend(parse(p, groups, kind=f"hint_{entry['kind']}", level=0) for p in entry["phrases"])
    for kind in (HARMLESS, SETTLED, STILL):
        found.extend(parse(p, groups, kind=kind, level=0) for p in table.get(kind, []))
    return found
