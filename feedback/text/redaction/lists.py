"""Load what the redactor knows: names, places, cues and everyday words, from files anyone can read and edit.

Nobody qualified has checked the lists; each file says where its words come from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from feedback.text.gloss import glosses
from feedback.text.sounds import keys
from feedback.text.tokens import fold
from feedback.text.words import fold as normal

_FAMILIAR = ("british_irish_caribbean", "african", "arabic_south_asian", "indian_tamil_sikh_bengali")
_NO_CAPITALS = frozenset({"ar", "fa", "ur", "ta"})
_HAN = "\u4e00"
"""From here on a sign is a word."""


def _folder() -> Any:
    return files("feedback.text") / "lexicons" / "redaction"


def _lines(*path: str) -> list[str]:
    """Return the lines of a list, folded, without comments; a missing file is an error, an empty line is not."""
    text = _folder().joinpath(*path).read_text(encoding="utf-8")
    return [fold(line.split("#", 1)[0]).text.strip() for line in text.splitlines() if line.split("#", 1)[0].strip()]


@lru_cache(maxsize=64)
def _words_of(folder: str, name: str) -> frozenset[str]:
    """Return the words of one list."""
    return frozenset(word for line in _lines(folder, f"{name}.txt") for word in line.split())


@lru_cache(maxsize=1)
def name_list() -> frozenset[str]:
    """Return given names, family names and nicknames of all origins and scripts, folded."""
    names = (entry.name for entry in (_folder() / "names").iterdir() if entry.name.endswith(".txt"))
    return frozenset().union(*(_words_of("names", name.removesuffix(".txt")) for name in names))


@lru_cache(maxsize=32)
def home_names(language: str | None) -> frozenset[str]:
    """Return the names that count in lower case in a language (None: all)."""
    lists = cues().homes_of_names.get(language or "")
    return frozenset().union(*(_words_of("names", name) for name in lists)) if lists else name_list()


def closest_names() -> frozenset[str]:
    """Return the names so common here that even the shortest count in lower case."""
    return _words_of("names", "british_irish_caribbean")


@lru_cache(maxsize=1)
def familiar_names() -> frozenset[str]:
    """Return the names common here, which count in lower case although they are short."""
    return frozenset().union(*(_words_of("names", name) for name in _FAMILIAR))


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """Return English words that are not names, for judging a capital."""
    return _words_of("dictionary", "en")


@lru_cache(maxsize=1)
def sounds() -> frozenset[str]:
    """Return the sounds of all English words: what sounds like one may be a child's spelling of it."""
    return frozenset(keys(sorted(dictionary())))


@lru_cache(maxsize=1)
def place_list() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return places by their first word, each a row of folded words, longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    entries = sorted(entry.name for entry in (_folder() / "places").iterdir() if entry.name.endswith(".txt"))
    for name in entries:
        for line in _lines("places", name):
            words = line.replace("-", " ").replace("'s", "s").replace("'", "").split()
            row = tuple(part for word in words for part in (word if word[0] >= _HAN else (word,)))
            by_first.setdefault(row[0], []).append(row)
    return {first: tuple(sorted(set(rows), key=len, reverse=True)) for first, rows in by_first.items()}


@lru_cache(maxsize=1)
def keep_list() -> frozenset[str]:
    """Return the phrases that are never hidden: services, festivals, months, weekdays, languages, religions, kin."""
    return frozenset(_lines("keep.txt"))


@lru_cache(maxsize=32)
def everyday(language: str | None) -> frozenset[str]:
    """Return the everyday words of a language (None: English); such a word is a name only where a cue says so."""
    code = language or "en"
    if code == "en":
        return _everyday_of("words", code) | _everyday_of("also_words", code)
    # the lists were counted in comments, names and all: a name that means nothing else is no everyday word
    names, known = home_names(code), glosses(code)
    chosen = _everyday_of("also_words", code)
    doubtful = counted(code) | chosen if code in _NO_CAPITALS else counted(code)
    first = cues().words_of.get(code, frozenset())
    return first.union((w for w in doubtful if w not in names or known.knows(normal(w))), chosen - doubtful)


def counted(language: str | None) -> frozenset[str]:
    """Return the words counted in comments of a language, names that stood among them too."""
    return _everyday_of("words", language or "en")


def _everyday_of(folder: str, code: str) -> frozenset[str]:
    """Return the words of one of a language's two lists of everyday words; Chinese has none."""
    return _words_of(folder, code) if (_folder() / folder / f"{code}.txt").is_file() else frozenset()


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that say what stands beside them."""

    months: frozenset[str]
    birth: frozenset[str]
    references: frozenset[str]
    accounts: frozenset[str]
    help_numbers: frozenset[str]
    titles: frozenset[str]
    titles_short: frozenset[str]
    titles_kin: frozenset[str]
    titles_after: frozenset[str]
    titles_after_starts: tuple[str, ...]
    introductions: frozenset[tuple[str, ...]]
    introduction_ends: frozenset[str]
    roles: frozenset[str]
    before_names: frozenset[str]
    before_unknown: frozenset[str]
    said: frozenset[str]
    person_verbs: frozenset[str]
    determiners: frozenset[str]
    never_names: frozenset[str]
    never_names_of: Mapping[str, frozenset[str]]
    """The same for one language: a name elsewhere, but never in its everyday writing."""
    never_first_of: Mapping[str, frozenset[str]]
    """... nor where it opens a sentence with a capital."""
    words_of: Mapping[str, frozenset[str]]
    """Names that are everyday words of a language first."""
    street_ends: frozenset[str]
    street_ends_loose: frozenset[str]
    street_starts: frozenset[str]
    schools: frozenset[str]
    schools_loose: frozenset[str]
    not_a_place_name: frozenset[str]
    homes: frozenset[str]
    live_in: frozenset[tuple[str, ...]]
    keep_stems: tuple[str, ...]
    homes_of_names: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[tuple[str, str], ...]]
    word_endings: Mapping[str, tuple[str, ...]]
    """Endings of verbs and common nouns in a language; a word nobody knows that ends so is no name."""
    han_surnames: frozenset[str]
    han_given: frozenset[str]
    han_sounds: frozenset[str]
    han_sound_ends: frozenset[str]
    han_titles: tuple[str, ...]
    han_cues: tuple[str, ...]
    han_not_names: frozenset[str]

    def is_known(self, word: str) -> bool:
        """Whether a word is an everyday English word or a name."""
        return word in everyday("en")


def _row(phrase: str) -> tuple[str, ...]:
    """Return a cue phrase as folded words without apostrophes."""
    return tuple(fold(phrase).text.replace("'", "").split())


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Return the cues, read at the first call."""
    table = tomllib.loads((_folder() / "cues.toml").read_text(encoding="utf-8"))
    stems = tuple(fold(stem).text for stem in table["words"].pop("keep_stems"))
    words = {key: frozenset(fold(w).text for w in value) for key, value in table["words"].items()}
    rows = {key: frozenset(map(_row, value)) for key, value in table["phrases"].items()}
    endings = {
        code: tuple(tuple(fold(part).text for part in pair.partition(">")[::2]) for pair in pairs)
        for code, pairs in table["endings"].items()
    }
    han = table["han"]
    return Cues(
        **words,  # type: ignore[arg-type] # keys are the fields of that type
        **rows,  # type: ignore[arg-type]
        titles_after_starts=tuple(words["titles_after"]),
        introduction_ends=frozenset(row[-1] for row in rows["introductions"]) | {"name", "je", "m", "s"},
        keep_stems=stems,
        homes_of_names={code: tuple(names) for code, names in table["homes_of_names"].items()},
        never_names_of={code: frozenset(fold(w).text for w in of.split()) for code, of in table["never_of"].items()},
        never_first_of={
            code: frozenset(fold(w).text for w in of.split()) for code, of in table["never_first_of"].items()
        },
        words_of={code: frozenset(fold(w).text for w in of.split()) for code, of in table["words_of"].items()},
        word_endings={code: tuple(fold(e).text for e in listed) for code, listed in table["word_endings"].items()},
        endings=endings,  # type: ignore[arg-type] # pairs of two by partition
        han_surnames=frozenset(han["surnames"].split()),
        han_given=frozenset(han["given"].replace(" ", "")),
        han_sounds=frozenset(han["sounds"]),
        han_sound_ends=frozenset(han["sound_ends"]),
        han_titles=tuple(han["titles"]),
        han_cues=tuple(han["cues"]),
        han_not_names=frozenset(han["not_names"]),
    )
