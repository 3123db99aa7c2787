"""Reading the action plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.errors import NotFound
from feedback.improvements.models import Action, ActionText, NotFixed, State

OPEN = (State.NOT_STARTED, State.UNDER_WAY)


def get_action(session: Session, action_id: int) -> Action:
    """Return an action. Raise NotFound when there is none."""
    action = session.get(Action, action_id)
    if action is None:
        raise NotFound(f"There is no action {action_id}.")
    return action


def list_actions(session: Session) -> list[Action]:
    """Return every action, those overdue first, then by number."""
    found = session.scalars(select(Action).order_by(Action.number))
    return sorted(found, key=lambda action: not action.is_overdue)


def list_for_theme(session: Session, theme: str) -> list[Action]:
    """Return the actions that answer a theme, those overdue first."""
    return [action for action in list_actions(session) if theme in action.themes]


def list_open(session: Session, *, due_until: date) -> list[Action]:
    """Return the actions to be done by a day that are neither done nor refused, by number."""
    due = select(Action).where(Action.state.in_(OPEN), Action.due_on <= due_until).order_by(Action.number)
    return list(session.scalars(due))


def count_overdue(session: Session) -> int:
    """Return how many actions are past their day and neither done nor refused."""
    late = select(func.count()).where(Action.state.in_(OPEN), Action.due_on < clock.today())
    return session.scalar(late.select_from(Action)) or 0


def next_number(session: Session) -> int:
    """Return the number after the highest in use."""
    return (session.scalar(select(func.max(Action.number))) or 0) + 1


def list_public(
    session: Session, language: str, version: str, *, otherwise: str = ""
) -> list[tuple[Action, ActionText]]:
    """Return what families may read in a language and age version, the newest action first.

    An action without words in that language comes with those in the language `otherwise`, where it has them.
    """
    wanted = (
        select(Action, ActionText)
        .join(ActionText, ActionText.action_id == Action.id)
        .where(Action.is_public, ActionText.language.in_({language, otherwise}), ActionText.version == version)
        .order_by(Action.number.desc(), (ActionText.language == language).desc())
    )
    best: dict[int, tuple[Action, ActionText]] = {}
    for action, text in session.execute(wanted):
        best.setdefault(action.id, (action, text))
    return list(best.values())


def find_public(session: Session, written_id: str, version: str) -> Action | None:
    """Return a published action by the id in a form, if a page for this age can show it."""
    shown = select(Action).join(ActionText).where(Action.is_public, ActionText.version == version)
    return next((action for action in session.scalars(shown).unique() if str(action.id) == written_id), None)


def count_written(session: Session) -> dict[tuple[str, str], int]:
    """Return how many published actions have words for families, by (language, age version)."""
    counted = (
        select(ActionText.language, ActionText.version, func.count().label("number"))
        .join(Action, Action.id == ActionText.action_id)
        .where(Action.is_public)
        .group_by(ActionText.language, ActionText.version)
    )
    return {(row.language, row.version): row.number for row in session.execute(counted)}


def find_text(session: Session, action_id: int, language: str, version: str) -> ActionText | None:
    """Return an action's words for families in one language and age version, if there are any."""
    return session.get(ActionText, (action_id, language, version))


def count_taps(session: Session, action_id: int) -> dict[str, int]:
    """Return how often "that is not fixed" was tapped, by quarter, newest first."""
    found = session.scalars(select(NotFixed).where(NotFixed.action_id == action_id).order_by(NotFixed.quarter.desc()))
    return {each.quarter: each.taps for each in found}
