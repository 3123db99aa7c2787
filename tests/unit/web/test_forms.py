"""Forms: WTForms fields drawn as our components, with the words of the page's own language."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired

from feedback.web.forms import AtMost, ComponentForm, component, tidy

TEMPLATES = Path(__file__).parents[3] / "templates"
ROLES = [("reader", "Reader"), ("manager", "Manager")]


class Person(ComponentForm):
    name = StringField("Name", [DataRequired("Write a name")], filters=[tidy], description="As on the badge")
    email = EmailField("E-mail")
    password = PasswordField("Password")
    age = IntegerField("Age")
    since = DateField("Since")
    note = TextAreaField("Note", [AtMost(10)], filters=[tidy])
    role = SelectField("Role", choices=ROLES)
    tone = RadioField("Tone", choices=ROLES)
    themes = SelectMultipleField("Themes", choices=ROLES)
    sure = BooleanField("I am sure")
    photo = FileField("File")
    version = HiddenField()
    save = SubmitField("Save")


@pytest.fixture(autouse=True)
def app():
    app = Flask("pages", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    Babel(app)
    with app.test_request_context():
        yield app


def _posted(**values):
    return Person(formdata=MultiDict(values))


@pytest.mark.parametrize(
    ("field", "drawn"),
    [
        ("name", 'aria-describedby="name-hint"'),
        ("email", 'type="email" dir="ltr" autocomplete="email"'),
        ("password", 'type="password"'),
        ("age", 'inputmode="numeric"'),
        ("since", 'type="date"'),
        ("note", 'data-count="10"'),
        ("role", '<option value="manager">Manager</option>'),
        ("tone", 'type="radio" value="manager"'),
        ("themes", 'type="checkbox" value="manager"'),
        ("sure", 'type="checkbox" value="y"'),
        ("photo", 'type="file"'),
        ("version", 'type="hidden"'),
        ("save", "data-main"),
    ],
)
def test_each_kind_of_field_draws_its_component(field, drawn):
    assert drawn in Person(formdata=None)[field]()


def test_what_was_typed_comes_back_escaped():
    drawn = _posted(name='"><script>')["name"]()
    assert "&#34;&gt;&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_a_password_never_comes_back():
    assert "secret-word" not in _posted(password="secret-word").password()


@pytest.mark.parametrize(
    ("field", "values", "marked"),
    [
        ("role", {"role": "manager"}, '<option value="manager" selected>'),
        ("tone", {"tone": "manager"}, 'value="manager" checked'),
        ("themes", {"themes": "manager"}, 'value="manager" checked'),
        ("sure", {"sure": "y"}, 'value="y" checked'),
    ],
)
def test_what_was_chosen_is_still_chosen(field, values, marked):
    drawn = _posted(**values)[field]()
    assert marked in drawn
    assert drawn.count(" selected") + drawn.count(" checked") == 1


def test_an_error_stands_by_its_field_and_in_the_summary():
    form = _posted(name="  ")
    assert not form.validate()
    assert ("name", "Write a name") in form.sentences()
    drawn = form.name()
    assert 'id="name-error"' in drawn
    assert 'aria-describedby="name-hint name-error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_the_page_may_word_a_field_anew():
    assert "Shown to colleagues only" in Person(formdata=None).name(hint="Shown to colleagues only")


def test_a_text_is_counted_as_people_count():
    form = _posted(name="A", note="12345\r\n6789 ")
    form.validate()
    assert not form.note.errors


def test_a_text_too_long_says_how_long_it_is():
    form = _posted(name="A", note="x" * 11)
    form.validate()
    assert "11" in form.note.errors[0]
    assert "10" in form.note.errors[0]
    assert "x" * 11 in form.note()


def test_typed_text_loses_what_no_database_takes():
    assert tidy(" a\x00b\r\nc\x1b ") == "ab\nc"
    assert tidy(None) is None


def test_a_field_without_component_is_refused():
    class Odd(ComponentForm):
        inner = FormField(Person)

    with pytest.raises(TypeError, match="FormField"):
        component(Odd(formdata=None).inner)


def test_an_upload_is_taken_in(app):
    with app.test_request_context(method="POST", data={"name": "A", "photo": (io.BytesIO(b"x"), "x.csv")}):
        assert Person().photo.data.filename == "x.csv"
