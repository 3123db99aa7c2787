"""Find the themes of the code book in a text, with the words that pointed to them.

Reads the editable cue words of the text's language; knows nothing about tone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from feedback.text.lexicon import Matcher, read
from feedback.text.words import words

THEMES = (
    "listened", "explain", "change", "plan", "prepared", "attend", "advocate", "respect", "worker",
    "identity", "language", "access", "safe", "help", "timely", "together", "family", "complain",
)  # fmt: skip
"""Ids of the eighteen themes (practice, section 6)."""
MOST = 3
"""Themes one comment can have (practice, section 6)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Cue words found: theme, the idea within it, and the words as folded."""

    theme: str
    idea: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """A theme found in a text: its id, score 0..1 and the words that mattered."""

    id: str
    score: float
    words: tuple[str, ...]


@cache
def _matcher(language: str) -> Matcher:
    """Return the matcher of a language's code book; lists are named `theme.idea`."""
    return Matcher(
        {
            f"{theme}.{idea}": phrases
            for theme, ideas in read("themes", language).items()
            for idea, phrases in ideas.items()
        }
    )


def cues(folded: list[str], language: str) -> list[Cue]:
    """Return the cue words in a text given as folded words."""
    found = []
    for match in _matcher(language).find(folded):
        theme, _, idea = match.name.partition(".")
        found.append(Cue(theme, idea, " ".join(folded[match.start : match.end])))
    return found


def find(text: str, language: str | None, question: str | None = None) -> tuple[Found, ...]:  # noqa: ARG001 - part of the agreed call
    """Return up to MOST themes, best first; in a language without a code book none."""
    if language is None:
        return ()
    by_theme: dict[str, list[Cue]] = {}
    for cue in cues(words(text), language):
        by_theme.setdefault(cue.theme, []).append(cue)
    found = [Found(theme, _score(found), _distinct(found)) for theme, found in by_theme.items()]
    return tuple(sorted(found, key=lambda theme: (-theme.score, THEMES.index(theme.id)))[:MOST])


def _score(found: list[Cue]) -> float:
    """Return 0..1 from the words covered by cues; longer phrases say more."""
    weight = sum(1 + 0.5 * cue.words.count(" ") for cue in found)
    return weight / (weight + 1.0)


def _distinct(found: list[Cue]) -> tuple[str, ...]:
    """Return the cue words without repeats, in order."""
    return tuple(dict.fromkeys(cue.words for cue in found))
