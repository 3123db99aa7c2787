"""The editable code book: themes, the ideas within them, and the words that point to them in each language.

Reads `lexicons/themes/<language>.toml`; knows nothing about tone or models.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from feedback.text.lexicon import Matcher, read

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
