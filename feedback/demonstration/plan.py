"""The example plan as it might stand a year later: some of it done, some late, some refused, with words for families.

The words stand in `plan.toml`. No translator has checked the Polish and Arabic ones.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.clock import Quarter
from feedback.improvements import operations, queries
from feedback.improvements.models import Action, ActionText
from feedback.improvements.operations import Facts

WORDS = Path(__file__).with_name("plan.toml")
HEARD_BACK = 4
"""Quarters ago in which all of it was heard: the first of the demonstration, so that there is a before and an after."""


def fill(session: Session, *, owner: Person) -> None:
    """Import the example plan, let a year pass over it, and add what came later."""
    heard_in = str(Quarter.current().shifted(-HEARD_BACK))
    operations.import_example(session, owner=owner.email, heard_in=heard_in, by=owner, is_demo=True)
    by_number = {action.number: action for action in queries.list_actions(session)}
    for raw in tomllib.loads(WORDS.read_text(encoding="utf-8"))["actions"]:
        number, texts, taps = raw.pop("number"), raw.pop("texts", []), raw.pop("taps", 0)
        action = by_number.get(number)
        if action is None:
            known = {"owner_person": owner.email, "heard_in": heard_in}
            action = operations.add(session, facts=Facts(**known | _dated(raw)), by=owner, number=number, is_demo=True)
        else:
            operations.change(session, action=action, facts=replace(_facts(action), **_dated(raw)), by=owner)
        for text in texts:
            operations.write_text(session, text=ActionText(action_id=action.id, **({"changed": ""} | text)), by=owner)
        for _ in range(taps):
            operations.count_not_fixed(session, action=action)


def _facts(action: Action) -> Facts:
    return Facts(**{field.name: getattr(action, field.name) for field in fields(Facts)})


def _dated(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what the file says with days for its distances: `due_in` from today, `changed_back` quarters ago."""
    dated = {name: value or None for name, value in raw.items() if name not in {"due_in", "changed_back"}}
    if "due_in" in raw:
        dated["due_on"] = clock.today() + timedelta(days=raw["due_in"])
    if "changed_back" in raw:
        dated["changed_on"] = Quarter.current().shifted(-raw["changed_back"]).first_day + timedelta(days=20)
    return dated
