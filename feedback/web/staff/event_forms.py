"""The forms of events: a new event, and the people by role who should have had a say in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, FieldList, FormField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired

from feedback import i18n
from feedback.events.models import AGES, ETHNIC_GROUPS, Attendance, Format, Part, Participation, Who, WhyNot
from feedback.events.operations import Had
from feedback.reports import wording
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
YES, NO = "yes", "no"
YES_NO = {YES: "Yes", NO: "No"}
NOT_TOLD, CHOOSE, NOT_RECORDED = "not", "Choose", "Not recorded"
LANGUAGES = {code: each.name for code, each in i18n.LANGUAGES.items()}
AGE_BANDS = {band: wording.VALUES[band] for bands in AGES.values() for band in bands}
ETHNICITIES = {group: wording.VALUES[group] for group in ETHNIC_GROUPS}


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
    """One person by role. Nothing is chosen beforehand: whatever stands here, somebody has said."""

    class Meta(ComponentForm.Meta):
        """Part of a form that is protected as a whole."""

        csrf = False

    who = SelectField("Who", choices=choices(WHO, empty="Nobody"))
    told_by = SelectField("Told", choices=choices({NOT_TOLD: "Not told"} | FORMATS, empty=CHOOSE))
    advocate_offered = SelectField("Offered an advocate", choices=choices(YES_NO, empty=CHOOSE))
    attendance = SelectField("Came", choices=choices(ATTENDANCES, empty=CHOOSE))
    took_part = SelectField("Took part", choices=choices(PARTS, empty=CHOOSE))
    why_not = SelectField("If not, why not", choices=choices(REASONS, empty="–"))
    language = SelectField("Told in", choices=choices(LANGUAGES, empty=NOT_RECORDED))
    age_band = SelectField("Age", choices=choices(AGE_BANDS, empty=NOT_RECORDED))
    ethnic_group = SelectField("Ethnic group", choices=choices(ETHNICITIES, empty=NOT_RECORDED))
    needs_language = BooleanField("Needs another language than English")
    is_disabled = BooleanField("Disabled, or has special educational needs")

    def missing(self) -> list[tuple[str, str]]:
        """Return what has to be said of everybody and is not, as (field id, sentence)."""
        if not self.who.data:
            return []
        needed = (self.told_by, self.advocate_offered, self.attendance, self.took_part)
        return [
            (field.id, f"{WHO[Who(self.who.data)]}: say “{field.label.text}”") for field in needed if not field.data
        ]

    def had(self) -> Had:
        """Return what this person had of the event."""
        was_told = self.told_by.data != NOT_TOLD
        return Had(
            who=self.who.data,
            was_told=was_told,
            told_by=self.told_by.data if was_told else None,
            language=self.language.data or None if was_told else None,
            advocate_offered=self.advocate_offered.data == YES,
            attendance=self.attendance.data,
            took_part=self.took_part.data,
            why_not=self.why_not.data or None,
            needs_language=bool(self.needs_language.data),
            is_disabled=bool(self.is_disabled.data),
            age_band=self.age_band.data or None,
            ethnic_group=self.ethnic_group.data or None,
        )


class PeopleForm(ComponentForm):
    """Everybody who should have had a say in one event."""

    people = FieldList(FormField(PersonForm), max_entries=MOST)
    submit = SubmitField("Save")

    @classmethod
    def of(cls, recorded: Sequence[Participation]) -> PeopleForm:
        """Return the form as it opens over who is recorded, with room for more."""
        form = cls(data={"people": [_typed(person) for person in recorded]})
        if not form.is_submitted() and len(form.people) < MOST:
            for _ in range(max(1, ROOM - len(form.people))):
                form.people.append_entry()
        return form

    def missing(self) -> list[tuple[str, str]]:
        """Return what is missing of anybody."""
        return [each for entry in self.people for each in entry.form.missing()]

    def had(self) -> list[Had]:
        """Return what everybody had; places without a role are empty."""
        return [entry.form.had() for entry in self.people if entry.form.who.data]


def _typed(person: Participation) -> dict[str, Any]:
    """Return a recorded person as the form holds them."""
    told_by = person.told_by if person.was_told else NOT_TOLD
    return vars(person) | {"told_by": told_by, "advocate_offered": YES if person.advocate_offered else NO}
