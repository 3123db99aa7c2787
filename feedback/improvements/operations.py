"""Changing the action plan: saving an action with its history, its words for families, counting "that is not fixed"."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.audit import operations as audit
from feedback.audit.actions import Action as Audited
from feedback.clock import Quarter
from feedback.db import affected
from feedback.errors import FeedbackError
from feedback.improvements import queries
from feedback.improvements.models import Action, ActionChange, ActionText, NotFixed, State, Term

EXAMPLE = Path(__file__).with_name("example.toml")
NEEDED = {
    "summary": "what is to be done",
    "measure": "what will be different",
    "plan": "how it is to be done",
    "owner_role": "the owner's role",
    "owner_person": "the person who owns it",
    "due_on": "a date",
}
"""What no action is kept without, and how we ask for it (practice 5.5)."""


class Incomplete(FeedbackError):
    """An action lacks something it cannot be kept without; the message says what."""


class NumberTaken(FeedbackError):
    """The plan has actions with these numbers already."""


@dataclass(frozen=True)
class Facts:
    """Everything staff say of an action; `Action` says what each field means."""

    summary: str
    measure: str
    plan: str
    owner_role: str
    owner_person: str
    due_on: date | None
    heard_in: str
    term: str = Term.OTHER
    others: str = ""
    themes: list[str] = field(default_factory=list)
    construct: str | None = None
    for_group: str | None = None
    state: str = State.NOT_STARTED
    why_not: str = ""
    changed_on: date | None = None
    claim: str = ""
    is_public: bool = False


def add(
    session: Session, *, facts: Facts, by: Person | None, number: int | None = None, is_demo: bool = False
) -> Action:
    """Add an action under the next free number, or the one given. Raise Incomplete."""
    _check(facts)
    action = Action(number=number or queries.next_number(session), is_demo=is_demo, **asdict(facts))
    session.add(action)
    session.flush()
    _note(session, action, {"number": [None, action.number]}, by)
    return action


def change(session: Session, *, action: Action, facts: Facts, by: Person) -> None:
    """Change an action and keep what it was. Raise Incomplete; nothing happens when nothing differs."""
    _check(facts)
    wanted = asdict(facts)
    differing = {name: value for name, value in wanted.items() if getattr(action, name) != value}
    fields = {name: [_plain(getattr(action, name)), _plain(value)] for name, value in differing.items()}
    for name, value in differing.items():
        setattr(action, name, value)
    if fields:
        _note(session, action, fields, by)


def write_text(session: Session, *, text: ActionText, by: Person) -> None:
    """Keep an action's words for families in one language and age version; all empty removes them.

    Raise Incomplete when only one of what was heard and what was answered is there.
    """
    action = queries.get_action(session, text.action_id)
    before = queries.find_text(session, text.action_id, text.language, text.version)
    if bool(text.heard) != bool(text.answered):
        raise Incomplete("Write both: what people said, and what was done or why not.")
    held = {"heard": before.heard, "answered": before.answered, "changed": before.changed} if before else {}
    if text.heard:
        session.merge(text)
    elif before:
        session.delete(before)
    name = f"{text.language}, {text.version}"
    after = f"{text.heard} / {text.answered} / {text.changed}" if text.heard else ""
    _note(session, action, {name: [" / ".join(held.values()), after]}, by)
    session.expire(action, ["texts"])


def count_not_fixed(session: Session, *, action: Action) -> None:
    """Count one tap on "that is not fixed". Keeps the quarter and no more."""
    quarter = str(Quarter.current())
    one_more = (
        update(NotFixed)
        .where(NotFixed.action_id == action.id, NotFixed.quarter == quarter)
        .values(taps=NotFixed.taps + 1)
    )
    if not affected(session.execute(one_more)):
        session.add(NotFixed(action_id=action.id, quarter=quarter, taps=1))
    audit.record(session, Audited.NOT_FIXED_TAPPED, by=audit.FAMILY, improvement=action.id, quarter=quarter)


def import_example(session: Session, *, owner: str, heard_in: str, by: Person | None, is_demo: bool = False) -> int:
    """Add the plan made after the inspection of 2012, as an example to start from; return how many actions.

    The plan names roles only, so `owner` answers for every action until the council names somebody; dates are counted
    from today, by the plan's headings. Raise NumberTaken when one of its numbers is in use.
    """
    rows = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["actions"]
    taken = session.scalars(select(Action.number).where(Action.number.in_([row["number"] for row in rows]))).all()
    if taken:
        raise NumberTaken(f"The plan has actions with the numbers {', '.join(map(str, sorted(taken)))} already.")
    for row in rows:
        number, months = row.pop("number"), row.pop("months")
        facts = Facts(**row, owner_person=owner, heard_in=heard_in, due_on=_months_on(clock.today(), months))
        add(session, facts=facts, by=by, number=number, is_demo=is_demo)
    return len(rows)


def _months_on(day: date, months: int) -> date:
    """Return the last day of the month so many months later."""
    index = day.year * 12 + day.month + months
    return date.fromordinal(date(index // 12, index % 12 + 1, 1).toordinal() - 1)


def _check(facts: Facts) -> None:
    missing = [words for name, words in NEEDED.items() if not getattr(facts, name)]
    if facts.state == State.REFUSED and not facts.why_not:
        missing.append("the reason why not")
    if facts.state != State.REFUSED and not facts.construct:
        missing.append("the question that will show whether it helped")
    if not facts.themes and not facts.construct:
        missing.append("what it answers: a theme or a question")
    if missing:
        raise Incomplete(f"An action needs {', '.join(missing)}.")


def _note(session: Session, action: Action, fields: dict[str, Any], by: Person | None) -> None:
    session.add(ActionChange(action_id=action.id, at=clock.now(), by=by.id if by else None, fields=fields))
    audit.record(
        session,
        Audited.ACTION_SAVED,
        by=by.actor if by else audit.SYSTEM,
        improvement=action.id,
        fields=sorted(fields),
    )
    session.expire(action, ["changes"])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
