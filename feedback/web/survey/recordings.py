"""Which recordings there are of a page of the survey. Knows no address."""

from __future__ import annotations

import re
from pathlib import Path

from flask import current_app

from feedback.questionnaires.definition import Family

TYPES = {"mp3": "audio/mpeg", "ogg": "audio/ogg"}
_NAME = re.compile(r"[a-z0-9_]+(\.[a-z]+)?\.[A-Za-z_]+\.(mp3|ogg)")
_FOLDER = re.compile(r"[a-z0-9_]+")


def folder() -> Path:
    """Return the audio folder of this installation."""
    instance: Path = current_app.config["SETTINGS"].instance
    return instance / "audio"


def is_slot(questionnaire: str, name: str) -> bool:
    """Whether a file of that name could be a recording."""
    return bool(_FOLDER.fullmatch(questionnaire) and _NAME.fullmatch(name))


def of_page(questionnaire: str, page: str, language: str, family: Family, *, varies: bool) -> list[tuple[str, str]]:
    """Return (file name, media type) of the recordings of a page.

    `varies` says that its words depend on the kind of event: only a recording for this very kind will do then.
    """
    slot = f"{page}.{family}" if varies else page
    names = {f"{slot}.{language}.{ending}": kind for ending, kind in TYPES.items()}
    return [(name, kind) for name, kind in names.items() if (folder() / questionnaire / name).is_file()]
