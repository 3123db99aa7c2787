"""Measure what ships on the comments set aside in `training/unseen`, from which nothing ever learns.

Their authors knew the code book, but neither the engine nor the comments it learnt from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feedback.text import comments
from feedback.text import evaluation as figures
from feedback.text.analyse import analyse
from feedback.text.comments import Comment
from feedback.text.findings import Findings
from feedback.text.language import LANGUAGES

FOLDER = comments.TRAINING / "unseen"
HEAD = (
    "comments", "n", "tone right", "95 %", "macro-F1", "themes micro-F1", "macro-F1",
    "with a worry", "flagged", "without", "flagged all the same", "to hide", "hidden",
)  # fmt: skip

Read = list[tuple[Comment, Findings]]


def rows() -> Iterator[list[Any]]:
    """Yield the figures of English, of every other language, and of those together, in the order of HEAD."""
    found = [(row, _read(row)) for row in comments.own(FOLDER)]
    parts = {f"in {code}": [one for one in found if one[0].language == code] for code in LANGUAGES}
    parts["in all but English"] = [one for one in found if one[0].language != "en"]
    for name, part in parts.items():
        yield [name, len(part), *_tone(part), *_themes(part), *_worries(part), *_hidden(part)]


def _read(row: Comment) -> Findings:
    """Return what ships says of a comment."""
    return analyse(row.text, language=row.language, question=row.question, group=row.group)


def _tone(part: Read) -> list[Any]:
    """Return the share of right tones, its 95 % interval and the macro F1; mixed and unassessed count as neutral."""
    pairs = [(_three(row.tone), _three(told.label.value)) for row, told in part]
    low, high = figures.wilson(sum(right == said for right, said in pairs), len(pairs))
    return [_short(figures.accuracy(pairs)), f"{_short(low)} to {_short(high)}", _short(figures.macro_f1(pairs))]


def _themes(part: Read) -> list[Any]:
    """Return micro and macro F1 of the themes."""
    pairs = [(frozenset(row.themes), frozenset(theme.id for theme in told.themes)) for row, told in part]
    return [_short(value) for value in figures.themes_f1(pairs)]


def _worries(part: Read) -> list[Any]:
    """Return how many comments hold a worry and the share flagged, then the same of those without."""
    told = []
    for wanted in (True, False):
        flags = [bool(found.concerns) for row, found in part if bool(row.concerns) is wanted]
        told += [len(flags), _short(sum(flags) / len(flags))]
    return told


def _hidden(part: Read) -> list[Any]:
    """Return how many names, places and numbers must be hidden, and the share that is."""
    items = [item not in found.redacted for row, found in part for item in row.hide]
    return [len(items), _short(sum(items) / len(items))]


def _three(label: str) -> str:
    return "neutral" if label in {"mixed", "unassessed"} else label


def _short(value: float) -> float:
    return round(value, 3)
