"""The forms of the action plan: every column of the council's plan, and the words for families."""

from __future__ import annotations

from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional, Regexp

from feedback.clock import Quarter
from feedback.improvements.models import Term
from feedback.improvements.operations import Facts
from feedback.reports import code_book, wording
from feedback.reports.acted import EVERYBODY, STATES, TERMS
from feedback.web.forms import AtMost, ComponentForm, tidy

LONGEST, LONGEST_LINE = 2000, 200
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+$"
"""Enough of an address that a reminder can be sent; whether it arrives only a letter shows."""

LABELS = {
    "summary": "Action summary",
    "measure": "Measure of success: what will be different",
    "plan": "Plan for implementation",
    "owner_role": "By whom: role",
    "owner_person": "By whom: person",
    "due_on": "By when",
    "others": "Who else, and when",
    "term": "Heading",
    "themes": "Themes it answers",
    "construct": "Question that will show whether it helped",
    "for_group": "Group it is for",
    "state": "State",
    "why_not": "Why it will not be done",
    "heard_in": "Quarter in which it was heard",
    "changed_on": "Day from which families could notice a change",
    "claim": "What you say came of it",
    "is_public": "Show the words for families on the public page",
}
"""What each field is called, on the form and in the history."""

VERSIONS = ("child", "young", "parent")
"""The groups, and so the ages that words for families are written for."""

GROUPS = [("", EVERYBODY), *((name, wording.GROUPS[name]) for name in VERSIONS)]
NO_MEASURE = [("", "None (only where it will not be done)")]


def _words(name: str, *, needed: str = "", longest: int = LONGEST) -> TextAreaField:
    validators = [InputRequired(needed), AtMost(longest)] if needed else [AtMost(longest)]
    return TextAreaField(LABELS[name], filters=[tidy], validators=validators)


def _line(name: str, *, needed: str) -> StringField:
    return StringField(LABELS[name], filters=[tidy], validators=[InputRequired(needed), AtMost(LONGEST_LINE)])


def _address(name: str, *, needed: str) -> EmailField:
    validators = [InputRequired(needed), AtMost(LONGEST_LINE), Regexp(ADDRESS, message=needed)]
    return EmailField(LABELS[name], filters=[tidy], validators=validators)


class ActionForm(ComponentForm):
    """An action, in the order of the plan's columns."""

    term = SelectField(
        LABELS["term"], choices=[(str(term), label) for term, label in TERMS.items()], default=Term.OTHER
    )
    summary = _words("summary", needed="Write what is to be done")
    measure = _words("measure", needed="Write what will be different")
    plan = _words("plan", needed="Write how it is to be done")
    owner_role = _line("owner_role", needed="Write the owner's role")
    owner_person = _address("owner_person", needed="Write who the owner is, by their e-mail address at work")
    due_on = DateField(LABELS["due_on"], validators=[InputRequired("Choose the day by which it is done")])
    others = _words("others")
    themes = SelectMultipleField(
        LABELS["themes"],
        choices=[(each.id, each.name) for each in code_book.themes().values()],
        validators=[Optional()],
    )
    construct = SelectField(
        LABELS["construct"],
        choices=NO_MEASURE + [(each.id, f"{each.name}: {each.measures}") for each in code_book.constructs().values()],
    )
    for_group = SelectField(LABELS["for_group"], choices=GROUPS)
    heard_in = StringField(LABELS["heard_in"], filters=[tidy], validators=[InputRequired("Write it like 2026-Q3")])
    state = SelectField(LABELS["state"], choices=[(str(state), label) for state, label in STATES.items()])
    why_not = _words("why_not")
    changed_on = DateField(LABELS["changed_on"], validators=[Optional()])
    claim = _words("claim")
    is_public = BooleanField(LABELS["is_public"])
    submit = SubmitField("Save")

    def validate_heard_in(self, typed: StringField) -> None:
        """Take quarters only."""
        try:
            Quarter.parse(typed.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def facts(self) -> Facts:
        """Return what was said of the action."""
        due: date | None = self.due_on.data
        return Facts(
            term=self.term.data,
            summary=self.summary.data or "",
            measure=self.measure.data or "",
            plan=self.plan.data or "",
            owner_role=self.owner_role.data or "",
            owner_person=self.owner_person.data or "",
            due_on=due,
            others=self.others.data or "",
            themes=list(self.themes.data or []),
            construct=self.construct.data or None,
            for_group=self.for_group.data or None,
            state=self.state.data,
            why_not=self.why_not.data or "",
            heard_in=self.heard_in.data,
            changed_on=self.changed_on.data,
            claim=self.claim.data or "",
            is_public=bool(self.is_public.data),
        )


class TextForm(ComponentForm):
    """What families read; empty everywhere takes it away."""

    heard = TextAreaField("What we heard", filters=[tidy], validators=[AtMost(LONGEST)])
    answered = TextAreaField("What we did, or why we cannot", filters=[tidy], validators=[AtMost(LONGEST)])
    changed = TextAreaField("What has changed", filters=[tidy], validators=[AtMost(LONGEST)])
    submit = SubmitField("Save")

    def words(self) -> dict[str, str]:
        """Return the three texts."""
        return {
            "heard": self.heard.data or "",
            "answered": self.answered.data or "",
            "changed": self.changed.data or "",
        }
