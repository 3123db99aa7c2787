"""When the desk is read, how long things may take, who hears of what: changed by an administrator."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field, SelectMultipleField, StringField, SubmitField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from feedback import clock, db, i18n
from feedback.accounts.permissions import Permission
from feedback.errors import FeedbackError
from feedback.outbox.letters import is_address
from feedback.safeguarding.clocks import WorkingHours, due_after
from feedback.safeguarding.models import HelpKind
from feedback.settings import operations, queries
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("hours", __name__, url_prefix="/hours")

INVALID, LONGEST_LINE, LONGEST_LIST = 422, 200, 4000
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCKS = {
    "first_read": "First reading",
    "first_read_flagged": "First reading of what is flagged",
    "help_request": "Answer to a request for help",
    "pass_on_1": "Level 1 passed on",
    "pass_on_2": "Level 2 passed on",
    "pass_on_3": "Level 3 passed on",
    "pass_on_D": "Data breach passed on",
    "pass_on_S": "About staff passed on",
    "pass_on_C": "Complaint answered",
}

PLACES.append(
    Place(
        "Reading hours",
        "staff.hours.hours",
        Permission.ADMINISTER,
        "Set when the desk is read, how long things may take, and who is told.",
    )
)


def _span(_form: ComponentForm, field: Field) -> None:
    try:
        due_after(WorkingHours.of(queries.get_values(db.session())), clock.now(), field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _dates(_form: ComponentForm, field: Field) -> None:
    for line in (field.data or "").split():
        try:
            date.fromisoformat(line)
        except ValueError as error:
            raise ValidationError(f"{line} is not a day; write it like 2026-12-25") from error


def _address(_form: ComponentForm, field: Field) -> None:
    if field.data and not is_address(field.data):
        raise ValidationError("Write one e-mail address, like name@council.example, or nothing")


def _clock_field(label: str) -> StringField:
    return StringField(label, filters=[tidy], validators=[InputRequired("Write a span of time"), _span])


def _address_field(label: str, hint: str) -> StringField:
    return StringField(label, description=hint, filters=[tidy], validators=[AtMost(LONGEST_LINE), _address])


class HoursForm(ComponentForm):
    """Days, hours, holidays, clocks, addresses."""

    working_days = SelectMultipleField(
        "Working days",
        choices=[(str(n), day) for n, day in enumerate(DAYS, start=1)],
        validators=[InputRequired("Choose a day")],
    )
    reading_hours = StringField("Hours", description="For example 9:00-17:00", filters=[tidy], validators=[AtMost(11)])
    bank_holidays = TextAreaField(
        "Days on which nobody reads",
        description="One a line, like 2026-12-25",
        filters=[tidy],
        validators=[_dates, AtMost(LONGEST_LIST)],
    )
    languages_read = SelectMultipleField(
        "Languages somebody here reads",
        choices=[(code, each.for_staff) for code, each in i18n.LANGUAGES.items()],
        validators=[InputRequired("Choose one")],
    )
    first_read = _clock_field(CLOCKS["first_read"])
    first_read_flagged = _clock_field(CLOCKS["first_read_flagged"])
    help_request = _clock_field(CLOCKS["help_request"])
    pass_on_1 = _clock_field(CLOCKS["pass_on_1"])
    pass_on_2 = _clock_field(CLOCKS["pass_on_2"])
    pass_on_3 = _clock_field(CLOCKS["pass_on_3"])
    pass_on_D = _clock_field(CLOCKS["pass_on_D"])  # noqa: N815 - the level's own letter
    pass_on_S = _clock_field(CLOCKS["pass_on_S"])  # noqa: N815
    pass_on_C = _clock_field(CLOCKS["pass_on_C"])  # noqa: N815
    on_call_address = _address_field("On call out of hours", "Gets a message without content. Empty: nobody.")
    escalate_to = _address_field("Who hears of what is late for a day", "Empty: the administrators.")
    advocate = _address_field("Requests for an advocate go to", "Empty: the safeguarding leads.")
    interpreter = _address_field("Requests for an interpreter go to", "Empty: the safeguarding leads.")
    call = _address_field("Requests for a call go to", "Empty: the safeguarding leads.")
    submit = SubmitField("Save")

    def values_with(self, before: dict[str, Any]) -> dict[str, Any]:
        """Return the settings as they are stored. Raise NobodyWorks or ValueError for hours that leave no time."""
        values: dict[str, Any] = {
            "working_days": sorted(int(day) for day in self.working_days.data),
            "reading_hours": self.reading_hours.data,
            "bank_holidays": sorted(set((self.bank_holidays.data or "").split())),
            "languages_read": list(self.languages_read.data),
            "on_call_address": self.on_call_address.data,
            "escalate_to": self.escalate_to.data,
            "clocks": before["clocks"] | {name: self[name].data for name in CLOCKS},
            "help_inboxes": {str(kind): self[str(kind)].data for kind in HelpKind},
        }
        WorkingHours.of(values)
        return values


@blueprint.route("/", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def hours() -> str | Response | tuple[str, int]:
    """Show the hours and clocks, and change them."""
    before = queries.get_values(db.session())
    if request.method == "GET":
        return page("staff/hours/hours.html", form=_filled(before))
    form = HoursForm()
    if not form.validate():
        return page("staff/hours/hours.html", form=form, errors=form.sentences()), INVALID
    try:
        after = form.values_with(before)
    except (FeedbackError, ValueError):
        wrong = [("reading_hours", "Write the hours like 9:00-17:00, the end after the beginning")]
        return page("staff/hours/hours.html", form=form, errors=wrong), INVALID
    for name, value in after.items():
        operations.change(db.session(), name=name, value=value, by=access.person().actor)
    flash("The hours and clocks are saved. They count from now on.")
    return redirect(url_for("staff.hours.hours"), 303)


def _filled(values: dict[str, Any]) -> HoursForm:
    return HoursForm(
        data={
            **values["clocks"],
            **values["help_inboxes"],
            "working_days": [str(day) for day in values["working_days"]],
            "reading_hours": values["reading_hours"],
            "bank_holidays": "\n".join(values["bank_holidays"]),
            "languages_read": values["languages_read"],
            "on_call_address": values["on_call_address"],
            "escalate_to": values["escalate_to"],
        }
    )
