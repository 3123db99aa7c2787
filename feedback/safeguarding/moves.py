"""The one table of what may become of an alert, and what has to be written down for it.

Practice 2.4: each level's clock stops when something certain has been written. Nothing is closed automatically.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from feedback.errors import FeedbackError
from feedback.safeguarding.models import AlertState, Level

MOVES: dict[AlertState, frozenset[AlertState]] = {
    AlertState.RAISED: frozenset({AlertState.ACKNOWLEDGED}),
    AlertState.ACKNOWLEDGED: frozenset({AlertState.BEING_ACTED_ON, AlertState.PASSED_ON, AlertState.NO_FURTHER_ACTION}),
    AlertState.BEING_ACTED_ON: frozenset({AlertState.PASSED_ON, AlertState.NO_FURTHER_ACTION}),
    AlertState.PASSED_ON: frozenset({AlertState.BEING_ACTED_ON}),
    AlertState.NO_FURTHER_ACTION: frozenset({AlertState.BEING_ACTED_ON}),
}
"""From each state to the states that may follow; out of the last two leads only a reopening."""

CLOSED = frozenset({AlertState.PASSED_ON, AlertState.NO_FURTHER_ACTION})


class WhyClosed(StrEnum):
    """Why nothing further is done."""

    NO_CONCERN = "no_concern"
    KNOWN = "known"
    CANNOT_BE_KNOWN = "cannot_be_known"


class WhyReopened(StrEnum):
    """Why a closed alert is opened again."""

    NEW_INFORMATION = "new_information"
    CLOSED_BY_MISTAKE = "closed_by_mistake"
    SECOND_READER = "second_reader"


@dataclass(frozen=True)
class Fact:
    """Something that must be written before an alert counts as passed on."""

    name: str
    label: str


OUTCOMES: dict[Level, tuple[Fact, ...]] = {
    Level.NONE: (Fact("outcome", "What was done"),),
    Level.WORRY: (Fact("outcome", "What was shared, and with whom"),),
    Level.HARM: (
        Fact("accepted_by", "Who accepted it (MASH or the allocated worker)"),
        Fact("accepted_at", "When they accepted it"),
    ),
    Level.DANGER: (Fact("reference", "Reference of the call (999, MASH or the out-of-hours team)"),),
    Level.BREACH: (
        Fact("lead_informed_at", "When the safeguarding lead was told"),
        Fact("officer_informed_at", "When the data protection officer was told (they have 72 hours to report it)"),
    ),
    Level.STAFF: (Fact("reference", "LADO reference"),),
    Level.COMPLAINT: (Fact("outcome", "How the person was told about the way to complain"),),
}
"""What stops the clock of each level (practice 2.4, last column)."""


class NotAllowed(FeedbackError):
    """An alert cannot go from this state to that one."""


class Missing(FeedbackError):
    """A reason or a fact that has to be written is not there."""


def level_of(code: str | None, level: int) -> Level:
    """Return the level that decides an alert's outcome: a reader's, else that of the signal."""
    return Level(code) if code else Level(str(level))


def check(
    before: AlertState, after: AlertState, *, level: Level, reason: str | None, outcome: Mapping[str, str]
) -> None:
    """Raise NotAllowed for a move that is not in the table, Missing for one without its reason or its facts."""
    if after not in MOVES[before]:
        raise NotAllowed(f"An alert that is {_words(before)} cannot become {_words(after)}.")
    wanted: type[StrEnum] | None = None
    if before in CLOSED:
        wanted = WhyReopened
    elif after is AlertState.NO_FURTHER_ACTION:
        wanted = WhyClosed
    if wanted is not None and reason not in set(wanted):
        raise Missing("Say why.")
    if after is AlertState.PASSED_ON:
        missing = [fact.label for fact in OUTCOMES[level] if not outcome.get(fact.name, "").strip()]
        if missing:
            raise Missing(f"Write down: {'; '.join(missing)}.")


def _words(state: AlertState) -> str:
    return state.replace("_", " ")
