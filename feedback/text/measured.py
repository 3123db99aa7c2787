"""The evaluation that is kept beside the shipped models: what it says can be read without loading a model."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "models" / "evaluation.json"


@cache
def shipped() -> dict[str, Any]:
    """Return figures per language and group, measured on comments that the judging model had not seen."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept
