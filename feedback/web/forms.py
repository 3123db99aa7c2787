"""The form every signed-in page starts from, and the adapter that draws WTForms fields as our components.

Knows no page and no question of the survey, whose pages call the same component macros themselves, for speed.
"""

import re
from functools import singledispatch
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TelField,
    TextAreaField,
    ValidationError,
)

FIELDS = "partials/_fields.html"
CHOICES = "partials/_choices.html"
BLOCKS = "partials/_blocks.html"

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Everything that PostgreSQL or a printer would choke on; tabs and line ends stay."""


LINES: dict[type, dict[str, Any]] = {
    DateField: {"type": "date", "dir": "ltr", "width": 10},
    EmailField: {"type": "email", "dir": "ltr", "autocomplete": "email"},
    IntegerField: {"inputmode": "numeric", "dir": "ltr", "width": 5},
    PasswordField: {"type": "password", "dir": "ltr", "autocomplete": "current-password", "value": ""},
    TelField: {"type": "tel", "dir": "ltr", "width": 20},
}
"""What the one-line fields ask of a phone's keyboard; a password is never written back into the page."""


class ComponentForm(FlaskForm):  # type: ignore[misc]
    """A form whose fields draw themselves as components: `{{ form.email(hint=...) }}`.

    WTForms brings its messages in few of our languages: give every validator a sentence of our own.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Draws fields by `component` and leaves WTForms' own translations aside."""

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """Draw a field; keyword arguments go to the component's macro."""
            return component(field, **render_kw)

        def get_translations(self, form: FlaskForm) -> None:
            """Return no catalogue: our sentences come translated."""

    def sentences(self) -> list[tuple[str, str]]:
        """Return what is wrong as (field id, sentence) in the order of the page, for the error summary."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]


def tidy(text: str | None) -> str | None:
    """Return typed text with one kind of line end, no control characters and no space around it (a field filter)."""
    if text is None:
        return None
    return CONTROL_CHARACTERS.sub("", text.replace("\r\n", "\n")).strip()


class AtMost:
    """A validator: refuses texts of more characters; tells the component its limit, so that the page counts along."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Raise ValidationError when the text is too long."""
        count = len(field.data or "")
        if count > self.limit:
            raise ValidationError(
                _("This has %(count)s characters. There is room for %(limit)s.", count=count, limit=self.limit)
            )


def component(field: Field, **params: Any) -> Markup:
    """Draw any WTForms field as a component; `params` override what its macro would be given."""
    return _draw(field, params)


@singledispatch
def _draw(field: Field, _params: dict[str, Any]) -> Markup:
    """Draw a field by its class; the nearest class in its family decides."""
    raise TypeError(f"no component for {type(field).__name__}")


def _macro(template: str, name: str, field: Field, params: dict[str, Any], **own: Any) -> Markup:
    """Call a field macro with what every field has, what this kind of field has, and the page's own wishes."""
    every = {
        "name": field.name,
        "text": field.label.text,
        "hint": field.description,
        "error": field.errors[0] if field.errors else "",
    }
    drawn: Markup = get_template_attribute(template, name)(**(every | own | params))
    return drawn


@_draw.register
def _hidden(field: HiddenField, _params: dict[str, Any]) -> Markup:
    drawn: Markup = field.widget(field)
    return drawn


@_draw.register
def _submit(field: SubmitField, params: dict[str, Any]) -> Markup:
    drawn: Markup = get_template_attribute(BLOCKS, "button")(field.label.text, **({"main": True} | params))
    return drawn


@_draw.register(StringField)
@_draw.register(IntegerField)
@_draw.register(DateField)
def _line(field: Field, params: dict[str, Any]) -> Markup:
    own = {"id": field.id, "value": field._value()}  # noqa: SLF001 - what WTForms' own widgets read
    for kind in type(field).__mro__:
        if kind in LINES:
            own |= LINES[kind]
            break
    return _macro(FIELDS, "text_input", field, params, **own)


@_draw.register
def _long_text(field: TextAreaField, params: dict[str, Any]) -> Markup:
    own = {"id": field.id, "value": field._value(), "limit": field.flags.maxlength or 0}  # noqa: SLF001
    return _macro(FIELDS, "text_area", field, params, **own)


@_draw.register
def _file(field: FileField, params: dict[str, Any]) -> Markup:
    return _macro(FIELDS, "file_upload", field, params, id=field.id)


@_draw.register
def _tick(field: BooleanField, params: dict[str, Any]) -> Markup:
    return _macro(CHOICES, "tick", field, params, checked=bool(field.data))


@_draw.register
def _select(field: SelectField, params: dict[str, Any]) -> Markup:
    return _macro(FIELDS, "select", field, params, id=field.id, **_options(field))


@_draw.register
def _radios(field: RadioField, params: dict[str, Any]) -> Markup:
    return _macro(CHOICES, "radios", field, params, **_options(field))


@_draw.register
def _checkboxes(field: SelectMultipleField, params: dict[str, Any]) -> Markup:
    offered = _options(field)
    chosen = [str(value) for value in field.data or ()]
    return _macro(CHOICES, "checkboxes", field, params, **(offered | {"chosen": chosen}))


def _options(field: SelectField) -> dict[str, Any]:
    """Return the field's choices and what is chosen, as the choice macros take them."""
    options = [{"value": str(choice.value), "label": choice.label} for choice in field.iter_choices()]
    return {"options": options, "chosen": "" if field.data is None else str(field.data)}
