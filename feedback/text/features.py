"""Turn a piece of writing into numbers a linear model can weigh: pieces of words, word lists, question, group.

Knows nothing about weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from feedback.text import codebook, concepts, encoder, gloss, tone_words
from feedback.text.hashing import Ideas, asked_buckets, pair_buckets
from feedback.text.lexicon import Match, Matcher
from feedback.text.sentences import split
from feedback.text.valence import valence
from feedback.text.words import words

if TYPE_CHECKING:
    from feedback.text.encoder import Array

IDEAS = 2.2
"""How much the ideas of a text and their kinds count beside its words; chosen on comments the model had not seen."""
MOST_IDEAS = 2_000
"""Words of one text that are read as ideas."""
_LONG = math.log1p(30)
"""Texts longer than thirty words are not more negative for being longer."""
NOTHING_ASKED = "anything_else"
NOBODY = "other"
"""The group of a text of which nobody says who wrote it."""
_IN_CODE_BOOK = "."
"""In the name of every list of the code book (`theme.idea`) and of no tone list."""


class Writing(NamedTuple):
    """A text read once: folded words and what the word lists found in them."""

    words: tuple[str, ...]
    language: str | None
    question: str
    group: str
    asked: bool
    tone: tone_words.ToneWords
    cues: tuple[codebook.Cue, ...]
    pairs: tuple[int, ...]
    thoughts: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, ...], ...]
    ideas: tuple[int, ...]
    vector: Array | None


class Meant(NamedTuple):
    """What the words of a text mean: phrases of the lists that they make, English ideas and kinds of thing."""

    folded: Sequence[str]
    language: str | None
    found: list[Match]
    pairs: tuple[int, ...]
    thoughts: Ideas
    kinds: Ideas

    def part(self, start: int, end: int) -> Meant:
        """Return what a stretch of the words means; their ideas are still those of the whole."""
        inside = [
            Match(m.name, m.start - start, m.end - start) for m in self.found if start <= m.start and m.end <= end
        ]
        pairs = self.pairs[start : max(start, end - 1)]
        return self._replace(folded=self.folded[start:end], found=inside, pairs=pairs)


def read(text: str, language: str | None, question: str | None = None, group: str | None = None) -> Writing:
    """Return a text of a known language with its folded words, tone words and cue words."""
    return writing(text, meant(words(text), language, question), question, group)


def read_parts(text: str, language: str | None, question: str | None = None, group: str | None = None) -> list[Writing]:
    """Return each sentence of a text as `read` does; nothing for a text of one sentence."""
    pieces = split(text)
    return [read(piece, language, question, group) for piece in pieces] if len(pieces) > 1 else []


def meant(folded: Sequence[str], language: str | None, question: str | None) -> Meant:
    """Return what folded words mean in a language, under a question."""
    thoughts = gloss.glosses(language or "en").read(folded[:MOST_IDEAS])
    # English words by themselves, misspelt ones too; those of another language by their first idea
    named = folded[:MOST_IDEAS] if language in {"en", None} else [some[0] if some else "" for some in thoughts]
    asked = question or NOTHING_ASKED
    found, pairs, kinds = _lists(language or "").find(folded), pair_buckets(folded), concepts.kinds_of_each(named)
    return Meant(folded, language, found, pairs, Ideas(thoughts, asked), Ideas(kinds, asked))


def writing(text: str, known: Meant, question: str | None, group: str | None, start: int = 0) -> Writing:
    """Return a text of which it is known what its words mean as the answer of somebody to a question.

    The words are those of a longer text from `start` on where `known` is a part of one.
    """
    folded, language, end = known.folded, known.language, start + min(len(known.folded), MOST_IDEAS)
    cued = [match for match in known.found if _IN_CODE_BOOK in match.name]
    toned = [match for match in known.found if _IN_CODE_BOOK not in match.name]
    return Writing(
        words=tuple(folded),
        language=language,
        question=question or NOTHING_ASKED,
        group=group or NOBODY,
        asked=question is not None or group is not None,
        tone=tone_words.count(folded, language or "", toned),
        cues=tuple(codebook.cues(folded, language or "", cued)),
        pairs=known.pairs,
        thoughts=known.thoughts.said(start, end),
        kinds=known.kinds.said(start, end),
        ideas=_ideas(known, start, end),
        vector=encoder.vector(text),
    )


def _ideas(known: Meant, start: int, end: int) -> tuple[int, ...]:
    """Return the buckets of the ideas and kinds of a stretch: alone, under the question, and near each other."""
    ideas, kinds = known.thoughts, known.kinds
    alone = ideas.alone(start, end) + kinds.alone(start, end)
    asked = ideas.asked(start, end) + kinds.asked(start, end)
    return tuple(alone + asked + ideas.near(start, end) + kinds.near(start, end))


@cache
def _lists(language: str) -> Matcher:
    """Return the tone lists and the code book of a language together, which halves the looking up."""
    return Matcher(tone_words.lists(language) | codebook.lists(language))


def ideas_of(writing: Writing, question: str) -> tuple[int, ...]:
    """Return the buckets of a writing's ideas under another question: those of ideas alone or near others stay."""
    asked = tuple(asked_buckets((*writing.thoughts, *writing.kinds), question))
    return writing.ideas[: len(asked)] + asked + writing.ideas[2 * len(asked) :]


def asked_nothing(writing: Writing) -> Writing:
    """Return a writing as if nothing in particular had been asked."""
    if writing.question == NOTHING_ASKED:
        return writing
    return writing._replace(question=NOTHING_ASKED, ideas=ideas_of(writing, NOTHING_ASKED))


def tone_facts(writing: Writing) -> dict[str, float]:
    """Return the named numbers the tone model reads beside the pieces of words."""
    facts, question = felt(writing), writing.question
    for name in ("good", "bad", "nothing"):
        facts[f"{name} {question}"] = facts[name]
    if "valence" in facts:
        facts[f"valence {writing.group}"] = facts["valence"]
    return _with_setting({name: value for name, value in facts.items() if value}, writing)


def felt(writing: Writing) -> dict[str, float]:
    """Return what the tone words say of a text, whatever was asked and whoever answered; zeros too."""
    tone = writing.tone
    scale = math.sqrt(max(tone.length, 1))
    good, bad = tone.good / scale, tone.bad / scale
    facts = {
        "good": good, "bad": bad, "lean": (tone.good - tone.bad) / (tone.good + tone.bad + 1),
        "feels good": min(tone.feelings[0], 3) / 2, "feels bad": min(tone.feelings[1], 3) / 2,
        "went well": min(tone.events[0], 3) / 2, "went wrong": min(tone.events[1], 3) / 2,
        "negations": min(tone.negations, 3) / 2, "no negation": float(tone.negations == 0),
        "but": float(tone.has_but), "both": float(tone.good > 0 and tone.bad > 0),
        "neither": float(tone.good == 0 and tone.bad == 0),
        "nothing": float(tone.says_nothing), "unsure": float(tone.says_unsure),
        "length": min(math.log1p(tone.length), _LONG) / 3,
    }  # fmt: skip
    if writing.language == "en":
        facts["valence"] = 2 * valence(writing.words)
    return facts


def theme_facts(writing: Writing) -> dict[str, float]:
    """Return the named numbers the theme model reads: ideas of the code book and their themes."""
    facts: dict[str, float] = {}
    for cue in writing.cues:
        facts[f"{cue.theme}.{cue.idea}"] = 1.0
        facts[cue.theme] = min(facts.get(cue.theme, 0.0) + 0.5, 1.5)
    return _with_setting(facts, writing)


def _with_setting(facts: dict[str, float], writing: Writing) -> dict[str, float]:
    """Add who answered which question in which language."""
    facts[f"asked {writing.question}"] = 1.0
    facts[f"group {writing.group}"] = 1.0
    facts[f"in {writing.language}"] = 0.5
    facts[f"in {writing.language} {writing.question}"] = 0.5
    return facts
