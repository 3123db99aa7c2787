"""Components: what the macros promise to screen readers, scripts and the machines that read the pages."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import ChoiceLoader, DictLoader

from feedback.web import static_files

TEMPLATES = Path(__file__).parents[3] / "templates"
SCALE = [{"value": 5 - i, "label": label} for i, label in enumerate(["Yes, lots!", "Yes", "A bit", "Not much", "No"])]
UNSCORED = [{"value": "dont_know", "label": "I don't know"}]
FRAME = {"lang": "en", "text_dir": "ltr", "page": "question", "audience": "child"}


@pytest.fixture(autouse=True)
def app():
    app = Flask("pages", template_folder=str(TEMPLATES), static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    static_files.register(app)
    with app.test_request_context():
        yield app


@pytest.fixture
def draw(app):
    def _draw(template, call, **context):
        macro = call.split("(")[0]
        source = f'{{% from "partials/{template}" import {macro} %}}{{{{ {call} }}}}'
        return app.jinja_env.from_string(source).render(**context)

    return _draw


def _page(app, source, **context):
    pages = DictLoader({"page.html": '{% extends "layout.html" %}' + source})
    app.jinja_env.loader = ChoiceLoader([pages, app.jinja_env.loader])
    return render_template("page.html", **(FRAME | context))


def test_faces_are_radios_with_words(draw):
    drawn = draw("_choices.html", "faces('answer', 'Did they listen?', scale, chosen='4')", scale=SCALE)
    assert drawn.count('type="radio"') == 5
    assert drawn.count("checked") == 1
    assert 'value="4" checked' in drawn
    assert drawn.count('aria-hidden="true"') == 5
    assert [word in drawn for word in ("Yes, lots!", "A bit", "Not much")] == [True] * 3


def test_no_two_faces_are_drawn_alike(draw):
    assert len({draw("_faces.html", "face(step)", step=step) for step in range(1, 6)}) == 5


def test_a_choice_without_rating_belongs_to_the_same_question(draw):
    drawn = draw(
        "_choices.html", "faces('answer', 'Q', scale, chosen='dont_know', unscored=more)", scale=SCALE, more=UNSCORED
    )
    assert 'name="answer" type="radio" value="dont_know" checked' in drawn
    assert drawn.count("<fieldset") == 1


def test_the_question_can_be_the_heading_of_the_page(draw):
    drawn = draw("_choices.html", "radios('answer', 'Were you there?', scale, heading=True)", scale=SCALE)
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1' in drawn
    assert "data-focus>Were you there?</h1>" in drawn


def test_an_error_leads_to_the_first_choice(draw):
    drawn = draw("_choices.html", "checkboxes('answer', 'Q', scale, error='Pick one')", scale=SCALE)
    summary = draw("_blocks.html", "error_summary([('answer', 'Pick one')])")
    assert 'href="#answer"' in summary
    assert 'id="answer"' in drawn
    assert 'aria-describedby=" answer-error"' in drawn


def test_two_groups_of_one_name_have_ids_of_their_own(draw):
    drawn = draw("_choices.html", "checkboxes('answer', 'Q', scale, hint='H', id='more')", scale=SCALE)
    assert 'id="more"' in drawn
    assert 'id="more-hint"' in drawn
    assert 'id="answer' not in drawn


def test_a_picture_stands_silently_beside_its_words(draw):
    options = [{"value": "listen", "label": "Listen to me more", "picture": "listen"}]
    drawn = draw("_choices.html", "checkboxes('answer', 'Q', options)", options=options)
    assert '<svg class="picture" viewBox="0 0 32 32" aria-hidden="true"' in drawn
    assert "<path" in drawn
    assert "Listen to me more" in drawn


def test_an_idea_without_a_picture_shows_its_words_only(draw):
    drawn = draw("_blocks.html", "idea_list([('no-such-idea', 'You can stop at any time.')])")
    assert "<svg" not in drawn
    assert "You can stop at any time." in drawn


def test_nothing_is_described_by_an_empty_hint(draw):
    for call in ("text_input('n', 'Name')", "text_area('n', 'Name')"):
        drawn = draw("_fields.html", call)
        assert "aria-describedby" not in drawn
        assert "govuk-hint" not in drawn


def test_words_come_back_in_the_box_as_they_were_typed(draw):
    drawn = draw("_fields.html", "text_area('n', 'Words', value=typed)", typed="\nline two </textarea>")
    assert ">\n\nline two &lt;/textarea&gt;</textarea>" in drawn


def test_a_bar_keeps_its_decimal_point_and_its_range(draw):
    drawn = draw("_charts.html", "bar(0.6, 0.42, 0.755)")
    assert 'width="60.0%"' in drawn
    assert 'x1="42.0%" x2="75.5%"' in drawn


def test_parts_of_a_bar_follow_one_another(draw):
    drawn = draw("_charts.html", "split_bar(parts)", parts=[{"step": 5, "share": 0.25}, {"step": 4, "share": 0.75}])
    assert 'x="0.0%" y="1" width="25.0%"' in drawn
    assert 'x="25.0%" y="1" width="75.0%"' in drawn


def test_a_withheld_figure_shows_why_and_no_length(draw):
    heads = {"label": "Question", "bar": "Share", "value": "Favourable", "base": "Answers"}
    rows = [{"label": "Being heard", "why": "Fewer than 10 answers", "share": 0.5, "shown": "50%"}]
    drawn = draw("_charts.html", "bar_table('Shares', heads, rows)", heads=heads, rows=rows)
    assert "Fewer than 10 answers" in drawn
    assert "<rect" not in drawn
    assert "50%" not in drawn


def test_a_code_reads_from_the_left_in_every_script(draw):
    assert '<bdi class="receipt" dir="ltr" data-receipt>KITE-4821</bdi>' in draw("_blocks.html", "receipt('KITE-4821')")


def test_a_number_can_be_pressed_to_call_or_to_write(draw):
    contacts = [{"name": "Childline", "number": "0800 1111"}, {"name": "Shout", "number": "85258", "text": True}]
    drawn = draw("_blocks.html", "help_numbers(contacts)", contacts=contacts)
    assert 'href="tel:08001111"' in drawn
    assert 'href="sms:85258"' in drawn


def test_a_page_names_its_language_and_direction(app):
    drawn = _page(app, "", lang="ar", text_dir="rtl")
    assert '<html lang="ar" dir="rtl">' in drawn
    assert "public.rtl." in drawn
    assert '<body data-page="question" data-audience="child">' in drawn


def test_a_page_with_errors_says_so_first_in_its_title(app):
    assert "<title>Your views</title>" in _page(app, "")
    assert "<title>Error: Your views</title>" in _page(app, "", errors=[("answer", "Pick one")])


def test_leaving_and_help_are_links_that_need_no_script(app):
    drawn = _page(app, "", leave_url="/en/leave", help_url="/en/help")
    assert drawn.count('href="/en/leave"') == 2
    assert 'href="/en/help"' in drawn.split("<footer")[1]


def test_a_page_that_forgets_carries_its_warning(app):
    drawn = _page(app, "", idle_minutes=30, extend_url="/en/survey/extend")
    assert 'data-idle-minutes="30" data-extend-url="/en/survey/extend"' in drawn
    assert 'id="idle"' in drawn
    assert 'id="idle"' not in _page(app, "")


def test_signed_in_pages_have_their_own_styles_and_no_way_out_for_families(app):
    drawn = _page(app, "", audience="staff", navigation=[{"label": "Reports", "url": "/staff/", "current": True}])
    assert "/static/staff." in drawn
    assert 'aria-current="page"' in drawn
    assert "data-leave" not in drawn
