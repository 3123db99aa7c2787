"""Suppose who wrote a text when nobody says: a family, unless an English text reads like another service's.

The models lean on who wrote: without it they take a text for a patient's, who mostly praise. Knows no tone, no themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp

from feedback.text.features import NOBODY, NOTHING_ASKED, Writing
from feedback.text.model import Linear, shelf, shipped
from feedback.text.scales import Weighed

NAME = "writer"
FAMILY, PATIENT = "family", "patient"
_USUAL = "young"
"""The group a family's text is read as: of 799 English comments set aside the tone of .82 was right, as of those read
with their true group; of .72 without any."""
_NO_FAMILY = {True: 0.1, False: 0.01}
"""Chance of being a patient's from which a text is no family's, when one of our questions was asked and when none was:
chosen on the comments set aside and on the public parts of course evaluations and Care Opinion."""


def models() -> tuple[Linear, ...]:
    """Return the model that tells families' writing from patients'; none when models were fitted without patients'."""
    return (shipped(NAME),) if _is_there() else ()


@cache
def _is_there() -> bool:
    return (shelf() / f"{NAME}.json").is_file()


def supposed(writings: Sequence[Writing], weighed: Weighed) -> tuple[list[Writing], Weighed]:
    """Return the writings of one text, the last as if nothing was asked, with a group where none is known.

    What their pieces weigh is the same whoever wrote them.
    """
    if writings[0].group != NOBODY or not _is_family(writings[0], writings[-1], weighed):
        return list(writings), weighed
    read = [writing._replace(group=_USUAL, asked=True) for writing in writings]
    return read, weighed.of_same(read)


def _is_family(whole: Writing, asked_nothing: Writing, weighed: Weighed) -> bool:
    """Whether a text may be taken for a family's. Patients' are all in English."""
    if whole.language != "en" or not _is_there():
        return True
    model = shipped(NAME)
    family, patient = model.scores(asked_nothing, {}, weighed).tolist()
    return 1 / (1 + exp(min(family - patient, 50))) < _NO_FAMILY[whole.question != NOTHING_ASKED]
