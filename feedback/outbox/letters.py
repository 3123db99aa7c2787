"""The letters this service writes, and the few facts each may hold. Their words stand in `templates/email/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from string import Template
from typing import Any

from feedback.errors import FeedbackError
from feedback.paths import TEMPLATES

FOLDER = TEMPLATES / "email"


class Letter(StrEnum):
    """Everything that may be written."""

    ALERT = "alert"
    ON_CALL = "on_call"
    LATE = "late"
    HELP_REQUEST = "help_request"
    OPENING_ASKED = "opening_asked"
    OPENING_DECIDED = "opening_decided"
    OPENING_USED = "opening_used"
    ACTION_SOON = "action_soon"
    ACTION_OVERDUE = "action_overdue"
    ACTION_WITHOUT_OWNER = "action_without_owner"
    REPORT = "report"


FACTS: dict[Letter, frozenset[str]] = {
    Letter.ALERT: frozenset({"level"}),
    Letter.ON_CALL: frozenset(),
    Letter.LATE: frozenset({"number", "step"}),
    Letter.HELP_REQUEST: frozenset({"kind"}),
    Letter.OPENING_ASKED: frozenset({"level"}),
    Letter.OPENING_DECIDED: frozenset({"number", "decision"}),
    Letter.OPENING_USED: frozenset({"number"}),
    Letter.ACTION_SOON: frozenset({"action", "number"}),
    Letter.ACTION_OVERDUE: frozenset({"action", "number"}),
    Letter.ACTION_WITHOUT_OWNER: frozenset({"action", "number"}),
    Letter.REPORT: frozenset({"year", "quarter"}),
}
"""Numbers and names from our own lists only."""


ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\]+")
"""One address and no more: less than RFC 5322 allows, and all that a mail server takes without asking back."""


class WrongLetter(FeedbackError):
    """A letter was given other facts than it declares, or one that could be somebody's words."""


def is_address(text: str) -> bool:
    """Whether a letter can be sent to this; whether anybody reads it there is not known."""
    return text.isprintable() and ADDRESS.fullmatch(text) is not None


def checked(letter: Letter, facts: Mapping[str, int | StrEnum]) -> dict[str, Any]:
    """Return the facts as they are stored. Raise WrongLetter for anything but whole numbers and our own names."""
    if set(facts) != FACTS[letter]:
        raise WrongLetter(f"{letter} declares {sorted(FACTS[letter])}, not {sorted(facts)}.")
    for name, value in facts.items():
        if not isinstance(value, int | StrEnum):
            raise WrongLetter(f"{letter} was given {name} as free text.")
    return {name: value if isinstance(value, int) else str(value) for name, value in facts.items()}


def written(letter: Letter, facts: Mapping[str, Any], *, address: str) -> tuple[str, str]:
    """Return a letter's subject and text; `address` is where the staff side is reached."""
    source = (FOLDER / f"{letter}.txt").read_text(encoding="utf-8")
    words = {name: str(value).replace("_", " ") for name, value in facts.items()}
    subject, _, body = Template(source).substitute(words, address=address).partition("\n")
    return subject.removeprefix("Subject: "), body.strip() + "\n"
