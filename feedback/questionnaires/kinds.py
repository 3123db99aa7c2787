"""The kinds of question there are: what may be posted, what it means, and what figure it makes.

One class a kind, one registry. The arithmetic of figures is `reports/figures.py`; the look is one template each.
"Blank", "I don't know", "I don't want to say" and "not asked" are four different facts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_CHARACTERS = 1000
FAVOURABLE_FROM = 4
DONT_KNOW = "dont_know"
WONT_SAY = "wont_say"


class State(StrEnum):
    """What became of a question that was asked. One that was not asked has no answer at all."""

    ANSWERED = "answered"
    BLANK = "blank"
    DONT_KNOW = "dont_know"
    WONT_SAY = "wont_say"


@dataclass(frozen=True)
class Answer:
    """A cleaned answer. `value` is 1 to 5 on scales, `choice` an option id, `picks` several, `text` own words."""

    state: State = State.BLANK
    value: int | None = None
    choice: str | None = None
    picks: tuple[str, ...] = ()
    text: str = ""


class Kind:
    """How a question is answered. Class attributes say what its page needs and what may be left out."""

    figure = "none"
    needs_options = False
    has_text = False
    takes_many = False
    not_scored: tuple[str, ...] = ()

    def clean(self, chosen: Sequence[str], text: str, options: Iterable[str]) -> Answer:
        """Turn what was posted into an answer; what is not on offer counts as not chosen."""
        offered = [option for option in chosen if option in set(options)]
        words = clean_text(text) if self.has_text else ""
        if not self.takes_many:
            unscored = next((State(c) for c in chosen if c in self.not_scored), None)
            if unscored and not offered:
                return Answer(unscored, text=words)
            offered = offered[:1]
        if not offered and not words:
            return Answer()
        return self._answered(tuple(dict.fromkeys(offered)), words)

    def _answered(self, offered: tuple[str, ...], words: str) -> Answer:
        return Answer(State.ANSWERED, choice=offered[0] if offered else None, text=words)


class Scale(Kind):
    """Five steps, 1 to 5: faces or the ladder."""

    figure = "scale5"
    needs_options = True
    not_scored = (DONT_KNOW, WONT_SAY)

    def _answered(self, offered: tuple[str, ...], words: str) -> Answer:
        return Answer(State.ANSWERED, value=int(offered[0]), text=words)


class YesNo(Kind):
    """Yes, no, not sure."""

    figure = "yes_no"
    needs_options = True
    not_scored = (WONT_SAY,)


class Choice(Kind):
    """One of the options that the question itself brings."""

    figure = "counts"
    needs_options = True
    not_scored = (WONT_SAY,)


class ChoiceText(Choice):
    """One option and, beside it, own words."""

    has_text = True


class Pick(Kind):
    """As many options as one likes, and own words."""

    figure = "picks"
    needs_options = True
    has_text = True
    takes_many = True

    def _answered(self, offered: tuple[str, ...], words: str) -> Answer:
        return Answer(State.ANSWERED, picks=offered, text=words)


class Text(Kind):
    """Own words only."""

    has_text = True


REGISTRY: dict[str, Kind] = {
    "face5": Scale(),
    "ladder5": Scale(),
    "yesno": YesNo(),
    "choice": Choice(),
    "choice_text": ChoiceText(),
    "pick": Pick(),
    "many": Pick(),
    "text": Text(),
}


def clean_text(text: str) -> str:
    """Return a person's words as they meant them: without control characters, line ends alike, ends trimmed.

    Joiners and direction marks stay: Persian, Tamil and emoji need them.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in unified if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    return "".join(kept).strip()


def length(text: str) -> int:
    """Count characters the way the limit is told to people: code points of the cleaned text."""
    return len(clean_text(text))
