"""JSON lines in, JSON lines out: the work behind `flask analyse-text` (format: contract).

A bad line becomes an error in its place and the good ones are still done. Knows nothing about files or terminals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from feedback.text import themes
from feedback.text.analyse import analyse

QUESTIONS = ("what_good", "what_better", "anything_else")
GROUPS = ("child", "young", "parent")


class BadLine(ValueError):
    """A line that cannot be analysed; its sentence says why."""


class Lines:
    """An iterator of answers, one per line; `any_bad` tells afterwards whether a line could not be read."""

    def __init__(self, lines: Iterable[str], model_dir: Path | None = None) -> None:
        self._lines = iter(lines)
        self._theme_model = themes.own(model_dir) if model_dir else None
        self.any_bad = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        answer: dict[str, Any] = {}
        try:
            asked = _asked(line, answer)
            answer.update(analyse(asked.pop("text"), **asked, theme_model=self._theme_model).as_json())
        except BadLine as error:
            self.any_bad = True
            answer["error"] = str(error)
        written = json.dumps(answer, ensure_ascii=False)
        # half a surrogate pair, which some phones send, fits no encoding: write such a line in escapes
        return (
            written
            if written.isascii() or written.encode("utf-8", "ignore").decode() == written
            else json.dumps(answer)
        )


def analyse_lines(lines: Iterable[str], model_dir: Path | None = None) -> Lines:
    """Return the answers to JSON lines, in order; `model_dir` holds a model made by `train_themes`."""
    return Lines(lines, model_dir)


def _asked(line: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments for `analyse` from one line, putting its id into the answer; raise BadLine."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("This line is not JSON.") from error
    if not isinstance(given, dict):
        raise BadLine("This line is not a JSON object.")
    if "id" in given:
        answer["id"] = given["id"]
    if not isinstance(given.get("text"), str):
        raise BadLine("This line has no text.")
    return {"text": given["text"], "language": _one_of(given, "language", None),
            "question": _one_of(given, "question", QUESTIONS), "group": _one_of(given, "group", GROUPS)}  # fmt: skip


def _one_of(given: dict[str, Any], key: str, known: tuple[str, ...] | None) -> str | None:
    """Return an optional word of a line; raise BadLine when it is not one of those known."""
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or (known is not None and value not in known):
        raise BadLine(f"The {key} of this line is not one we know.")
    return value
