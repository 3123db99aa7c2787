"""The forms of events: a new event, and the people by role who should have had a say in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, FieldList, FormField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired

from feedback import i18n
from feedback.events.models import Attendance, Format, Part, Who, WhyNot
from feedback.events.operations import Had
from feedback.settings.models import EventType, Service
from feedback.web.forms import AtMost, ComponentForm, tidy

LONGEST = 60
ROOM, MOST = 3, 12
"""Places for people on an empty form, and the most there can be."""

WHO = {
    Who.CHILD: "Child, 5 to 10",
    Who.YOUNG: "Young person, 11 to 18",
    Who.MOTHER: "Mother",
    Who.FATHER: "Father",
    Who.CARER: "Another carer",
}
FORMATS = {
    Format.TALK: "In a talk",
    Format.PHONE: "By phone",
    Format.LETTER: "By letter or message",
    Format.EASY_READ: "In Easy Read",
    Format.PICTURES: "With pictures or symbols",
}
ATTENDANCES = {Attendance.CAME: "Came", Attendance.PHONE: "By phone or video", Attendance.NOT: "Did not come"}
PARTS = {
    Part.IN_PERSON: "Spoke for themselves",
    Part.ADVOCATE: "Through an advocate",
    Part.LETTER: "By letter or statement",
    Part.DRAWING: "With a drawing",
    Part.FORM: "With this service's questions",
    Part.NOT: "Did not take part",
}
REASONS = {
    WhyNot.TOO_YOUNG: "Too young (observed instead)",
    WhyNot.NOT_TOLD: "Not told",
    WhyNot.WORKER_DECIDED: "A worker decided",
    WhyNot.NOT_SAFE: "Not safe",
    WhyNot.DID_NOT_WANT: "Did not want to",
    WhyNot.OTHER: "Another reason",
}


def choices(named: dict[Any, str], *, empty: str = "") -> list[tuple[str, str]]:
    """Return the choices of a select, with an empty one first where it has a label."""
    return ([("", empty)] if empty else []) + [(str(value), label) for value, label in named.items()]


class EventForm(ComponentForm):
    """A new event."""

    reference = StringField(
        "Your reference", filters=[tidy], validators=[InputRequired("Write your own reference"), AtMost(LONGEST)]
    )
    event_type = SelectField("Kind of event")
    service = SelectField("Service")
    held_on = DateField("Held on", validators=[InputRequired("Choose the day")])
    submit = SubmitField("Add, and record who had a say")

    def offer(self, event_types: Sequence[EventType], services: Sequence[Service]) -> None:
        """Offer the kinds of event and the services in use."""
        self.event_type.choices = [(each.code, each.name) for each in event_types]
        self.service.choices = [("", "None in particular"), *((each.code, each.name) for each in services)]

    def facts(self) -> dict[str, Any]:
        """Return what makes the event."""
        return {
            "reference": self.reference.data,
            "event_type": self.event_type.data,
            "service": self.service.data or None,
            "held_on": self.held_on.data,
        }


class PersonForm(ComponentForm):
    """One person by role. As it opens it says what is usual, so that only what was different needs a touch."""

    class Meta(ComponentForm.Meta):
        """Part of a form that is protected as a whole."""

        csrf = False

    who = SelectField("Who", choices=choices(WHO, empty="Nobody"))
    told_by = SelectField("Told", choices=choices(FORMATS, empty="Not told"), default=str(Format.TALK))
    language = SelectField("In", choices=[(code, each.name) for code, each in i18n.LANGUAGES.items()])
    advocate_offered = BooleanField("Offered an advocate")
    attendance = SelectField("Came", choices=choices(ATTENDANCES))
    took_part = SelectField("Took part", choices=choices(PARTS))
    why_not = SelectField("Why not", choices=choices(REASONS, empty="–"))
    needs_language = BooleanField("Needs another language than English")
    is_disabled = BooleanField("Disabled, or has special educational needs")

    def had(self) -> Had:
        """Return what this person had of the event."""
        return Had(
            who=self.who.data,
            was_told=bool(self.told_by.data),
            told_by=self.told_by.data or None,
            language=self.language.data if self.told_by.data else None,
            advocate_offered=bool(self.advocate_offered.data),
            attendance=self.attendance.data,
            took_part=self.took_part.data,
            why_not=self.why_not.data or None,
            needs_language=bool(self.needs_language.data),
            is_disabled=bool(self.is_disabled.data),
        )


class PeopleForm(ComponentForm):
    """Everybody who should have had a say in one event."""

    people = FieldList(FormField(PersonForm), max_entries=MOST)
    submit = SubmitField("Save")

    def leave_room(self) -> None:
        """Leave empty places for more people on a form that is about to be filled."""
        if not self.is_submitted():
            for _ in range(max(1, ROOM - len(self.people)) if len(self.people) < MOST else 0):
                self.people.append_entry()

    def had(self) -> list[Had]:
        """Return what everybody had; places without a role are empty."""
        return [entry.form.had() for entry in self.people if entry.form.who.data]
