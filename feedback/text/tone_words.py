"""Count tone words with their negations, per language, from the lists in `lexicons/tone`.

One pass gives the numbers that the rule and the models read; knows nothing about questions or models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from feedback.text.lexicon import Match, Matcher, read
from feedback.text.words import words

_REACH = 3
"""Words after a negation that it turns round (VADER, Hutto and Gilbert 2014, looks three words back)."""
_REACH_BEHIND = frozenset({"ta", "bn", "tr"})
"""Languages whose negation stands behind the word it negates."""
_TURNED = -0.7
_STRONG = 1.4
_AFTER_BUT = 1.5
_WEIGHTS = {"positive": 1.0, "negative": -1.0, "went_well": 0.8, "went_wrong": -0.9}


class ToneWords(NamedTuple):
    """Weights of good and bad words (both >= 0), and what else the lists say about the text."""

    good: float
    bad: float
    feelings: tuple[int, int]
    events: tuple[int, int]
    negations: int
    has_but: bool
    says_nothing: bool
    says_unsure: bool
    length: int


_NOTHING_SAID = ToneWords(
    good=0.0, bad=0.0, feelings=(0, 0), events=(0, 0), negations=0, has_but=False,
    says_nothing=False, says_unsure=False, length=0,
)  # fmt: skip


def lists(language: str) -> dict[str, list[str]]:
    """Return the phrases of a language's tone lists by the list's name."""
    return {name: phrases for name, phrases in read("tone", language).items() if isinstance(phrases, list)}


@cache
def _matcher(language: str) -> Matcher:
    """Return the matcher of a language's tone lists."""
    return Matcher(lists(language))


def count(folded: Sequence[str], language: str, found: Iterable[Match] | None = None) -> ToneWords:
    """Return the tone words of a text given as folded words; `found` are the lists' matches where known already."""
    found = _matcher(language).find(folded) if found is None else found
    spoken = len(folded) - folded.count("!") - folded.count("?")
    by_list: dict[str, list[Match]] = {}
    for match in found:
        by_list.setdefault(match.name, []).append(match)
    if not by_list:
        return _NOTHING_SAID._replace(length=spoken)
    events = [*by_list.get("went_well", []), *by_list.get("went_wrong", [])]
    negators = [
        m.start for m in by_list.get("negators", ()) if not any(event.start <= m.start < event.end for event in events)
    ]
    strong = {m.end for m in by_list.get("strong", ())}
    last_but = max([m.start for m in by_list["but"]]) if "but" in by_list else -1
    good = bad = 0.0
    for name, weight in _WEIGHTS.items():
        for match in by_list.get(name, ()):
            value = weight * _turn(match, negators, language, turns=name in {"positive", "negative"})
            value *= _STRONG if match.start in strong else 1.0
            value *= _AFTER_BUT if 0 <= last_but < match.start else 1.0
            good, bad = (good + value, bad) if value > 0 else (good, bad - value)
    return ToneWords(
        good=good,
        bad=bad,
        feelings=(len(by_list.get("positive", ())), len(by_list.get("negative", ()))),
        events=(len(by_list.get("went_well", ())), len(by_list.get("went_wrong", ()))),
        negations=len(negators),
        has_but=last_but >= 0,
        says_nothing=_fills(by_list.get("nothing"), spoken),
        says_unsure=_fills(by_list.get("unsure"), spoken),
        length=spoken,
    )


def _turn(match: Match, negators: list[int], language: str, *, turns: bool) -> float:
    """Return the factor a negation nearby gives a word: turned round and weaker, or 1."""
    if not turns:
        return 1.0
    behind = language in _REACH_BEHIND
    near = (
        (match.end <= at < match.end + _REACH) if behind else (match.start - _REACH <= at < match.start)
        for at in negators
    )
    return _TURNED if any(near) else 1.0


def _fills(matches: list[Match] | None, length: int) -> bool:
    """Whether matches make up most of a text, so that they are the whole answer."""
    return any((match.end - match.start) * 2 > length for match in matches) if matches else False


def count_text(text: str, language: str) -> ToneWords:
    """Return the tone words of a written text."""
    return count(words(text), language)
