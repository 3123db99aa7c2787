"""The editable code book: themes, the ideas within them, and the words that point to them in each language.

Reads `lexicons/themes/<language>.toml`; knows nothing about tone or models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from feedback.text.lexicon import Match, Matcher, read

THEMES = (
    "listened", "explain", "change", "plan", "prepared", "attend", "advocate", "respect", "worker",
    "identity", "language", "access", "safe", "help", "timely", "together", "family", "complain",
)  # fmt: skip
"""Ids of the eighteen themes (practice, section 6)."""
MOST = 3
"""Themes one comment can have (practice, section 6)."""


class Cue(NamedTuple):
    """Cue words found: theme, the idea within it, and the words as folded."""

    theme: str
    idea: str
    words: str


def lists(language: str) -> dict[str, list[str]]:
    """Return the phrases of a language's code book; lists are named `theme.idea`."""
    return {
        f"{theme}.{idea}": phrases
        for theme, ideas in read("themes", language).items()
        for idea, phrases in ideas.items()
    }


@cache
def _matcher(language: str) -> Matcher:
    """Return the matcher of a language's code book."""
    return Matcher(lists(language))


def cues(folded: Sequence[str], language: str, found: Iterable[Match] | None = None) -> list[Cue]:
    """Return the cue words in a text given as folded words; `found` are the lists' matches where known already."""
    told = []
    for name, start, end in _matcher(language).find(folded) if found is None else found:
        theme, _, idea = name.partition(".")
        told.append(Cue(theme, idea, " ".join(folded[start:end])))
    return told
