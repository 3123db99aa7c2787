"""What a survey page may post. One form for every page: choices, words, and which button was pressed."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field, Form, HiddenField, SelectMultipleField, StringField, TextAreaField, ValidationError

from feedback.questionnaires import kinds
from feedback.web.forms import ComponentForm

SKIP = "skip"
SAVE = "save"
LONGEST_CODE = 40


def _short_enough(form: Form, field: Field) -> None:  # noqa: ARG001 - WTForms passes the form
    count = kinds.length(field.data or "")
    if count > kinds.MAX_CHARACTERS:
        raise ValidationError(
            ngettext(
                "You wrote %(num)s character. There is room for %(limit)s. Please make it shorter.",
                "You wrote %(num)s characters. There is room for %(limit)s. Please make it shorter.",
                count,
                limit=kinds.MAX_CHARACTERS,
            )
        )


class StepForm(ComponentForm):
    """A page's answer. `submission` comes with the last page only and decides that it is stored once."""

    answer = SelectMultipleField(validate_choice=False)
    words = TextAreaField(validators=[_short_enough])
    code = StringField()
    action = StringField()
    submission = HiddenField()

    @property
    def is_skipped(self) -> bool:
        """Whether the person pressed "skip"."""
        return bool(self.action.data == SKIP)

    @property
    def is_to_save(self) -> bool:
        """Whether the person asked to save what is there and come back."""
        return bool(self.action.data == SAVE)

    def sentences(self) -> list[tuple[str, str]]:
        """Return what is wrong as (field id, sentence), for the error summary."""
        if "csrf_token" in self.errors:
            stale = _("This page was open for a long time. Your answer is still here. Please press the button again.")
            return [("", stale)]
        return [(name, str(found[0])) for name, found in self.errors.items() if found]
