"""What a reader fills in at the desk."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, InputRequired

from feedback.reports import code_book
from feedback.safeguarding.models import Level
from feedback.safeguarding.operations import MOST_THEMES, Codes
from feedback.web.forms import AtMost, ComponentForm, tidy

LONGEST_TEXT = 4000
LONGEST_INITIALS = 12

LEVELS: dict[Level, str] = {
    Level.NONE: "0 – No concern",
    Level.WORRY: "1 – Worry or unmet need, not harm",
    Level.HARM: "2 – Possible harm to a child or an adult",
    Level.DANGER: "3 – Immediate danger: call 999 and MASH now",
    Level.BREACH: "D – Data breach: an address leaked, something told to the wrong person",
    Level.STAFF: "S – About a member of staff (if you manage them, leave it to somebody else)",
    Level.COMPLAINT: "C – A complaint",
}
TONES = {
    "positive": "Positive",
    "negative": "Negative",
    "mixed": "Mixed",
    "neutral": "Neutral",
    "unassessed": "Cannot be judged",
}
KEYS: tuple[tuple[str, str, str, str], ...] = (
    *((str(level), "level", str(level), f"Level {level}") for level in LEVELS),
    ("E", "note", "", "Explain the level"),
    *((key, "tone", tone, TONES[tone]) for key, tone in zip("PNMUJ", TONES, strict=True)),
    ("T", "theme_1", "", "Themes"),
    ("W", "redacted", "", "The words without names"),
    ("Q", "may_be_quoted", "y", "May be quoted, or not"),
)
"""The desk's keys: the key, the field, the value it chooses (empty: it goes there), and what the page says of it."""
THEME_TONES = {"positive": "positive", "negative": "negative", "mixed": "mixed", "suggestion": "suggestion"}


def _theme_field(number: int) -> SelectField:
    named = [(theme.id, theme.name) for theme in code_book.themes().values()]
    return SelectField(f"Theme {number}", choices=[("", "–"), *named])


def _tone_field(number: int) -> SelectField:
    return SelectField(f"Tone of theme {number}", choices=list(THEME_TONES.items()))


def _with_level(form: ReadingForm, field: Field) -> None:
    if form.level.data and form.level.data != Level.NONE and not field.data:
        raise ValidationError("Say what made you choose this level")


class Mode(StrEnum):
    """As what a comment was opened: what is saved must not take the place of what somebody else saved since."""

    FIRST = "first"
    SECOND = "second"
    CORRECTION = "correction"


class ReadingForm(ComponentForm):
    """Level, tone, themes, redaction, quoting."""

    mode = HiddenField(default=Mode.FIRST, validators=[AnyOf(list(Mode))])

    level = RadioField(
        "Level", choices=[(str(k), v) for k, v in LEVELS.items()], validators=[InputRequired("Choose a level")]
    )
    note = TextAreaField(
        "What made you choose this level?",
        description="Needed for every level but 0. Kept sealed, for the safeguarding lead.",
        filters=[tidy],
        validators=[_with_level, AtMost(LONGEST_TEXT)],
    )
    tone = RadioField("Tone", choices=list(TONES.items()), validators=[InputRequired("Choose a tone")])
    theme_1, theme_2, theme_3 = _theme_field(1), _theme_field(2), _theme_field(3)
    tone_1, tone_2, tone_3 = _tone_field(1), _tone_field(2), _tone_field(3)
    redacted = TextAreaField(
        "The words without names",
        description="Take out everything that could tell who or where. Only this text is ever quoted.",
        filters=[tidy],
        validators=[InputRequired("Keep something, if only […]"), AtMost(LONGEST_TEXT)],
    )
    may_be_quoted = BooleanField("May be quoted, as far as I can tell")
    submit = SubmitField("Save and go on")

    def offer_levels(self, *, is_untranslated: bool) -> None:
        """Offer every level, but 0 only for words that somebody has understood."""
        if is_untranslated:
            self.level.choices = [choice for choice in self.level.choices if choice[0] != Level.NONE]

    def codes(self) -> Codes:
        """Return what was filled in; a theme named twice counts once."""
        themes: dict[str, str] = {}
        for number in range(1, MOST_THEMES + 1):
            theme = self[f"theme_{number}"].data
            if theme:
                themes.setdefault(theme, self[f"tone_{number}"].data)
        return Codes(
            level=Level(self.level.data),
            tone=self.tone.data,
            redacted=self.redacted.data,
            themes=themes,
            may_be_quoted=self.may_be_quoted.data,
            note=self.note.data or "",
        )


def filled_with(tone: str, themes: dict[str, str], redacted: str, **more: Any) -> ReadingForm:
    """Return the form with what the engine suggests, or with what a reader said before."""
    start: dict[str, Any] = {"tone": tone, "redacted": redacted, **more}
    for number, (theme, theme_tone) in enumerate(list(themes.items())[:MOST_THEMES], start=1):
        start |= {f"theme_{number}": theme, f"tone_{number}": theme_tone}
    return ReadingForm(data=start)


class TranslationForm(ComponentForm):
    """An interpreter's English."""

    text = TextAreaField(
        "Translation into English",
        filters=[tidy],
        validators=[InputRequired("Write the translation"), AtMost(LONGEST_TEXT)],
    )
    interpreter = StringField(
        "Interpreter's initials",
        filters=[tidy],
        validators=[InputRequired("Give the interpreter's initials"), AtMost(LONGEST_INITIALS)],
    )
    submit = SubmitField("Keep the translation")
