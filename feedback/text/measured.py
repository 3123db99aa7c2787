"""The evaluation that is kept beside the shipped models: what it says can be read without loading a model."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

MODELS = Path(__file__).parent / "models"


@cache
def shipped() -> dict[str, Any]:
    """Return figures per language and group, measured on comments that the judging model had not seen."""
    kept: dict[str, Any] = json.loads((MODELS / "evaluation.json").read_text(encoding="utf-8"))
    return kept


@cache
def concerns() -> dict[str, dict[str, Any]]:
    """Return recall and false alarms of concerns per language, measured in the same way."""
    kept: dict[str, dict[str, Any]] = json.loads((MODELS / "concerns.json").read_text(encoding="utf-8"))
    return kept
