"""The evaluation that is kept beside the models in use: what it says can be read without loading a model."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from feedback.text import encoder

MODELS = Path(__file__).parent / "models"
_WITH_ENCODER = "evaluation.encoder.json"


@cache
def shipped() -> dict[str, Any]:
    """Return figures per language and group, measured on comments that the judging model had not seen."""
    folder = encoder.folder()
    models = folder / "models" if folder else MODELS
    kept: dict[str, Any] = json.loads((models / "evaluation.json").read_text(encoding="utf-8"))
    return kept


@cache
def concerns() -> dict[str, dict[str, Any]]:
    """Return recall and false alarms of concerns per language, measured in the same way."""
    kept: dict[str, dict[str, Any]] = json.loads((MODELS / "concerns.json").read_text(encoding="utf-8"))
    return kept


def with_encoder() -> dict[str, Any] | None:
    """Return figures of the same comments with a sentence encoder and without, None when none was tried.

    `encoder` names it; `with` and `without` are as `shipped` returns them.
    """
    path = MODELS / _WITH_ENCODER
    if not path.is_file():
        return None
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def keep_with_encoder(evaluation: Path) -> None:
    """Keep the figures of a build with an encoder, and beside them those of the shipped models.

    Raises ValueError when the two were not built from the same comments.
    """
    tried = json.loads(evaluation.read_text(encoding="utf-8"))
    plain = json.loads((MODELS / "evaluation.json").read_text(encoding="utf-8"))
    if any(tried[key] != plain[key] for key in ("own comments", "public comments")):
        raise ValueError("built from other comments than the shipped models: build both again")
    told = {"encoder": tried.pop("encoder"), "with": tried, "without": plain}
    (MODELS / _WITH_ENCODER).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
