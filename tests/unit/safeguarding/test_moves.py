"""What may become of an alert."""

from __future__ import annotations

import itertools

import pytest

from feedback.safeguarding.models import AlertState, Level
from feedback.safeguarding.moves import CLOSED, MOVES, OUTCOMES, Missing, NotAllowed, WhyClosed, WhyReopened, check

EVERYTHING = {fact.name: "written" for facts in OUTCOMES.values() for fact in facts}


@pytest.mark.parametrize(("before", "after"), itertools.product(AlertState, AlertState))
def test_only_the_moves_of_the_table_are_allowed(before: AlertState, after: AlertState) -> None:
    reasons = [*WhyClosed, *WhyReopened]
    allowed = []
    for reason in reasons:
        try:
            check(before, after, level=Level.HARM, reason=reason, outcome=EVERYTHING)
        except (NotAllowed, Missing):
            continue
        allowed.append(reason)
    assert bool(allowed) is (after in MOVES[before])


@pytest.mark.parametrize("before", sorted(CLOSED))
def test_a_closed_alert_is_reopened_only_with_a_reason(before: AlertState) -> None:
    for reason in (None, "", "because", WhyClosed.KNOWN):
        with pytest.raises(Missing):
            check(before, AlertState.BEING_ACTED_ON, level=Level.HARM, reason=reason, outcome={})
    check(before, AlertState.BEING_ACTED_ON, level=Level.HARM, reason=WhyReopened.NEW_INFORMATION, outcome={})


def test_nothing_is_dropped_without_a_reason() -> None:
    with pytest.raises(Missing):
        check(AlertState.ACKNOWLEDGED, AlertState.NO_FURTHER_ACTION, level=Level.HARM, reason=None, outcome={})


@pytest.mark.parametrize("level", list(Level))
def test_passing_on_needs_every_fact_of_its_level(level: Level) -> None:
    complete = {fact.name: "written" for fact in OUTCOMES[level]}
    check(AlertState.BEING_ACTED_ON, AlertState.PASSED_ON, level=level, reason=None, outcome=complete)
    for name in complete:
        with pytest.raises(Missing):
            check(
                AlertState.BEING_ACTED_ON,
                AlertState.PASSED_ON,
                level=level,
                reason=None,
                outcome=complete | {name: " "},
            )
