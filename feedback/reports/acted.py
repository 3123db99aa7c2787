"""The action plan as packs and files show it: the columns of the council's own, what the owner says, what voices say.

Reads the plan and released figures; must not know raw counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.improvements import queries
from feedback.improvements.models import Action, State, Term
from feedback.reports import code_book, effects, wording
from feedback.reports.effects import Effect

TERMS = {
    Term.AT_ONCE: "Immediately",
    Term.THREE_MONTHS: "Within three months",
    Term.SIX_MONTHS: "Within six months",
    Term.OTHER: "Other",
}
STATES = {
    State.NOT_STARTED: "Not started",
    State.UNDER_WAY: "Under way",
    State.DONE: "Done",
    State.REFUSED: "Will not be done",
}
EVERYBODY = "Everybody"


@dataclass(frozen=True)
class Acted:
    """One action in words, with its effect. The owner is a role here, never a person."""

    number: int
    heading: str
    summary: str
    measure: str
    plan: str
    by_whom: str
    due_on: date
    state: str
    is_overdue: bool
    answers: str
    heard_in: str
    claim: str
    verdict: str
    effect: Effect

    @property
    def shares(self) -> list[tuple[str, dict[str, Any]]]:
        """The shares before and after, each with its quarter, where a release tells them."""
        sides = (
            ("Before", self.effect.before_in, self.effect.before),
            ("After", self.effect.after_in, self.effect.after),
        )
        return [(f"{name}, {quarter}", share) for name, quarter, share in sides if share]


def list_acted(session: Session) -> list[Acted]:
    """Return the whole plan, overdue actions first."""
    return [_acted(action, effects.find_effect(session, action)) for action in queries.list_actions(session)]


def _acted(action: Action, effect: Effect) -> Acted:
    return Acted(
        number=action.number,
        heading=TERMS[Term(action.term)],
        summary=action.summary,
        measure=action.measure,
        plan=action.plan,
        by_whom=f"{action.owner_role}. {action.others}".strip(),
        due_on=action.due_on,
        state=STATES[State(action.state)],
        is_overdue=action.is_overdue,
        answers=_answers(action),
        heard_in=action.heard_in,
        claim=action.why_not if action.is_refused else action.claim,
        verdict="" if action.is_refused else wording.CHANGES[effect.verdict],
        effect=effect,
    )


def _answers(action: Action) -> str:
    """Return what an action answers, and for whom."""
    named = [code_book.themes()[theme].name for theme in action.themes]
    if action.construct:
        named.append(f"measured by “{code_book.constructs()[action.construct].name}”")
    group = wording.GROUPS[action.for_group] if action.for_group else EVERYBODY
    return f"{'; '.join(named)}. {group}"
