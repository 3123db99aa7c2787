"""The tone of a sentence or a comment; None where the engine cannot judge, never a false 0.

Two shipped models decide between positive, negative, neutral and mixed: one for what children, young people and
parents write to us, one for English text about services of which nobody says who wrote it. In a language in which
the model was not right often enough on comments it had not seen, it says nothing. Knows nothing about themes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from feedback.text import features
from feedback.text.features import NOBODY, Writing
from feedback.text.findings import Sentiment, Tone
from feedback.text.model import Linear, shelf, shipped
from feedback.text.scales import Weighed
from feedback.text.valence import valence

NEUTRAL_BELOW = 0.05
"""A score nearer to zero than this has no lean; label and score never disagree."""
_NEARLY = 0.8 * NEUTRAL_BELOW


_PUSH = 2.0
_NO_LEAN = 2.5
"""How far the words' own values move a text without question and writer, and their absence towards neutral; chosen on
the public parts of Care Opinion and course evaluations, on which nothing is trained."""
_PLAIN_NOTHING = {"what_good": "negative", "what_better": "positive"}
_PLAIN_SURE = 0.8


def score(
    sentence: str, language: str | None, question: str | None = None, group: str | None = None
) -> Sentiment | None:
    """Return the tone of a sentence, or None when its language cannot be judged."""
    writing = features.read(sentence, language, question, group)
    return judge(writing, shares(writing)) if can_judge(writing) else None


def can_judge(writing: Writing) -> bool:
    """Whether the engine judges tone in this language and has anything to go by."""
    return writing.language in _assessed() and bool(writing.words)


@cache
def _assessed() -> frozenset[str]:
    """Return the languages in which the shipped model passed the bar on comments it had not seen."""
    return frozenset(shipped("tone").about["assessed"])


def judge(writing: Writing, whole: dict[str, float], parts: Sequence[dict[str, float]] = ()) -> Sentiment:
    """Return the tone of a writing from its own chances (`shares`) and those of its sentences."""
    middle = float(shipped(which(writing)).about.get("middle", 1.0)) if writing.asked else 1.0
    return judged(sum_up(whole, parts if writing.asked else ()), middle)


def which(writing: Writing) -> str:
    """Return the name of the model that judges a text."""
    return "general" if writing.group == NOBODY and writing.language == "en" and _has_general() else "tone"


@cache
def names() -> tuple[str, ...]:
    """Return the names of the models that judge tone."""
    return ("tone", "general") if _has_general() else ("tone",)


@cache
def _has_general() -> bool:
    """Whether there is a general model: models fitted without public comments have none."""
    return (shelf() / "general.json").is_file()


def shares(writing: Writing, model: Linear | None = None) -> dict[str, float]:
    """Return label -> chance, adding up to 1; calibrated, so that of ten answers with 0.8 about eight are right.

    A bare "nothing" means what the question makes of it: nothing was good, nothing needs to be better.
    """
    return shares_of([writing], model or shipped(which(writing)))[0]


def shares_worried(
    writing: Writing, asked_nothing: Writing | None = None, weighed: Weighed | None = None
) -> dict[str, float]:
    """Return the chances of what somebody wrote who tells of harm, and so does not praise because praise was asked for.

    Only the words then count; `asked_nothing` is the writing as if nothing in particular had been asked.
    """
    both = [writing, asked_nothing or features.asked_nothing(writing)]
    return _without_praise_asked_for(*shares_of(both, shipped(which(writing)), weighed))


def shares_each(writings: Sequence[Writing], weighed: Weighed | None = None) -> list[dict[str, float] | None]:
    """Return the chances of each writing by the model that judges it, None where its language cannot be judged."""
    found: list[dict[str, float] | None] = [None] * len(writings)
    by_model: dict[str, list[int]] = {}
    for at, writing in enumerate(writings):
        if can_judge(writing):
            by_model.setdefault(which(writing), []).append(at)
    for name, places in by_model.items():
        told = shares_of([writings[at] for at in places], shipped(name), weighed)
        for at, chances in zip(places, told, strict=True):
            found[at] = chances
    return found


def shares_of(writings: Sequence[Writing], model: Linear, weighed: Weighed | None = None) -> list[dict[str, float]]:
    """Return the chances of several writings, cheaper than one by one."""
    raw = model.scores_of(writings, [features.tone_facts(writing) for writing in writings], weighed)
    rows = (raw / float(model.about.get("temperature", 1.0))).tolist()
    chances = [_shares(row, _values_of_words(writing, model)) for row, writing in zip(rows, writings, strict=True)]
    return [
        _plain_nothing(writing, model) or dict(zip(model.labels, row, strict=True))
        for writing, row in zip(writings, chances, strict=True)
    ]


def _shares(raw: Sequence[float], push: Sequence[float]) -> list[float]:
    """Return chances from raw scores; for so few numbers numpy would be slower."""
    pushed = [one + more for one, more in zip(raw, push, strict=True)] if any(push) else raw
    most = max(pushed)
    raised = [math.exp(one - most) for one in pushed]
    total = sum(raised)
    return [one / total for one in raised]


def _plain_nothing(writing: Writing, model: Linear) -> dict[str, float] | None:
    """Return what a bare "nothing" means under its question, None when the writing says something else."""
    sure = _PLAIN_NOTHING.get(writing.question) if writing.tone.says_nothing else None
    if sure is None:
        return None
    rest = (1 - _PLAIN_SURE) / (len(model.labels) - 1)
    return {label: _PLAIN_SURE if label == sure else rest for label in model.labels}


def _without_praise_asked_for(asked: dict[str, float], free: dict[str, float]) -> dict[str, float]:
    """Return the chances that hold less praise: with the question asked or without it; praise that leads is mixed."""
    chances = dict(min(asked, free, key=lambda some: some["positive"]))
    if chances["positive"] >= max(chances.values()):
        chances["mixed"], chances["positive"] = chances["mixed"] + chances["positive"], 0.0
    return chances


def _values_of_words(writing: Writing, model: Linear) -> list[float]:
    """Return what the words' own values add where neither the question nor the writer is known."""
    push = [0.0] * len(model.labels)
    if writing.asked or which(writing) != "general":
        return push
    value = valence(writing.words)
    for label, change in (("positive", value), ("negative", -value), ("mixed", -abs(value) / 2)):
        push[model.labels.index(label)] = _PUSH * change
    if abs(value) < NEUTRAL_BELOW:
        push[model.labels.index("neutral")] = _NO_LEAN
    return push


def sum_up(whole: dict[str, float], parts: Sequence[dict[str, float]], weight: float | None = None) -> dict[str, float]:
    """Return a comment's chances from those of the whole and of its sentences.

    What one sentence praises and another blames makes a comment mixed, even where the whole leans one way.
    """
    if len(parts) <= 1:
        return whole
    if weight is None:
        weight = float(shipped("tone").about.get("sentences", 0.0))
    more = weight * min(max(part["positive"] for part in parts), max(part["negative"] for part in parts))
    return {label: (chance + (more if label == "mixed" else 0.0)) / (1 + more) for label, chance in whole.items()}


def judged(chances: dict[str, float], middle: float = 1.0) -> Sentiment:
    """Return label, score and confidence.

    First it is decided whether a text leans at all: neutral and mixed stand together against positive and against
    negative, `middle` weighing them. Confidence is the chance that this decision is right.
    """
    between = chances["neutral"] + chances["mixed"]
    lean = chances["positive"] - chances["negative"]
    best = "positive" if lean >= 0 else "negative"
    if between * middle >= chances[best]:
        label = "neutral" if chances["neutral"] >= chances["mixed"] else "mixed"
        return Sentiment(Tone(label), max(min(lean, _NEARLY), -_NEARLY), between)
    lean = max(lean, NEUTRAL_BELOW) if best == "positive" else min(lean, -NEUTRAL_BELOW)
    return Sentiment(Tone(best), lean, chances[best])
