"""The reading desk: one comment a screen, the engine's view beside it as a suggestion, the next one by itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.analysis import theme_queries
from feedback.analysis.queries import TRANSLATED_INTO, question_of
from feedback.errors import NotFound
from feedback.outbox import queries as outbox
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family
from feedback.reports import code_book, figures, wording
from feedback.responses import queries as responses
from feedback.responses.models import Comment
from feedback.safeguarding import operations, queries, word_operations
from feedback.safeguarding import promise_queries as promise
from feedback.safeguarding.models import Level, Reading
from feedback.safeguarding.operations import NotUnderstood, ReadAlready
from feedback.safeguarding.suggestions import Suggestions, suggest
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.desk_forms import KEYS, Mode, ReadingForm, TranslationForm, filled_with
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

INVALID, SHOWN = 422, 10
KEYS_OFF = "keys_off"
Answer = str | Response | tuple[str, int]

PLACES.append(
    Place(
        "Reading desk",
        "staff.desk.overview",
        Permission.READ_WORDS,
        "Read what families wrote, worst first, then oldest.",
        lambda: queries.count_waiting(db.session()),
    )
)


@blueprint.get("/")
@access.requires(Permission.READ_WORDS)
def overview() -> str:
    """Show what waits, how the clocks stand, and how far two readers agree. No words here."""
    session = db.session()
    unread = queries.list_unread(session, limit=SHOWN)
    return page(
        "staff/desk/overview.html",
        unread=unread,
        waiting=queries.count_waiting(session),
        untranslated=queries.list_untranslated(session, limit=SHOWN),
        untranslated_number=queries.count_untranslated(session),
        months=promise.list_months(session),
        agreement=_agreement(),
        stuck=outbox.count_stuck(session),
        group_names=wording.GROUPS,
        language_names={code: each.for_staff for code, each in i18n.LANGUAGES.items()},
    )


@blueprint.get("/next")
@access.requires(Permission.READ_WORDS)
def next_item() -> Response:
    """Go to what this person reads next."""
    comment = queries.find_next(db.session(), person_id=access.person().id)
    if comment is None:
        flash("Nothing waits to be read.")
        return redirect(url_for("staff.desk.overview"))
    return redirect(_address(comment))


@blueprint.get("/act-now")
@access.requires(Permission.READ_WORDS)
def act_now() -> str:
    """Say what to do at once after level 3."""
    return page("staff/desk/act_now.html", numbers=settings.map_help_numbers(db.session()))


@blueprint.route("/<response_id>/<question_id>", methods=["GET", "POST"])
@access.requires(Permission.READ_WORDS)
def item(response_id: str, question_id: str) -> Answer:
    """Show one comment with its suggestions, and take what the reader says of it."""
    comment, person = _comment(response_id, question_id), access.person()
    if request.method == "POST":
        return _take(comment, ReadingForm())
    suggestions = _open(comment, claims=True)
    is_second = queries.wants_second(db.session(), comment.id, person_id=person.id)
    reading = None if is_second else queries.find_reading(db.session(), comment.id)
    form = _form(reading, suggestions)
    form.mode.data = Mode.SECOND if is_second else Mode.CORRECTION if reading else Mode.FIRST
    return _show(comment, suggestions, form)


@blueprint.post("/keys")
@access.requires(Permission.READ_WORDS)
def switch_keys() -> tuple[str, int]:
    """Switch the single keys off, or on again, until this person signs out (WCAG 2.1.4)."""
    if not ComponentForm().validate():
        return "", INVALID
    browser[KEYS_OFF] = not browser.get(KEYS_OFF, False)
    return "", 204


@blueprint.post("/<response_id>/<question_id>/translation")
@access.requires(Permission.READ_WORDS)
def translate(response_id: str, question_id: str) -> Answer:
    """Keep an interpreter's English; the comment then stands in the queue like any other."""
    comment = _comment(response_id, question_id)
    form = TranslationForm()
    if not form.validate_on_submit():
        suggestions = _open(comment)
        return _show(comment, suggestions, _form(None, suggestions), form), INVALID
    word_operations.translate(
        db.session(), comment=comment, text=form.text.data, interpreter=form.interpreter.data, by=access.person()
    )
    flash("The translation is kept beside the original. The suggestions below are made from it.")
    return redirect(_address(comment), 303)


def _take(comment: Comment, form: ReadingForm) -> Answer:
    """Keep what the reader says, and go on to the next one; after level 3 to what has to be done at once."""
    person, session = access.person(), db.session()
    if not form.validate():
        return _show(comment, _open(comment), form), INVALID
    reading, is_second = queries.find_reading(session, comment.id), form.mode.data == Mode.SECOND
    try:
        if reading is not None and form.mode.data == Mode.CORRECTION:
            operations.correct(session, reading=reading, codes=form.codes(), by=person)
        else:
            operations.read(session, comment=comment, codes=form.codes(), by=person, is_second=is_second)
    except NotUnderstood as refusal:
        form.level.errors = [str(refusal)]
        return _show(comment, _open(comment), form), INVALID
    except ReadAlready as refusal:
        flash(str(refusal))
    if form.codes().level is Level.DANGER:
        return redirect(url_for("staff.desk.act_now"), 303)
    return redirect(url_for("staff.desk.next_item"), 303)


def _show(
    comment: Comment, suggestions: Suggestions, form: ReadingForm, translation_form: TranslationForm | None = None
) -> str:
    """Draw a comment whose words have been opened."""
    session, response = db.session(), comment.response
    document = questionnaires.get_document(session, response.version_id)
    question = document.question(comment.question_id)
    in_form = translation_form or form
    needs_translation = queries.is_untranslated(session, comment.id)
    form.offer_levels(is_untranslated=needs_translation)
    return page(
        "staff/desk/item.html",
        comment=comment,
        response=response,
        question=document.text(question, Family(response.family), i18n.SOURCE),
        group=wording.GROUPS.get(response.group or response.audience, response.audience),
        language=i18n.LANGUAGES[response.language],
        original=responses.open_words(session, comment) if comment.translation else "",
        suggestions=suggestions,
        theme_names={theme.id: theme.name for theme in code_book.themes().values()},
        alerts=queries.list_alerts(session, response.id),
        mode=form.mode.data,
        form=form,
        translation_form=translation_form or TranslationForm(formdata=None),
        needs_translation=needs_translation,
        keys_are_off=browser.get(KEYS_OFF, False),
        deadline=queries.find_first_read(session, response.id),
        errors=in_form.sentences(),
        keys=[key for key in KEYS if not needs_translation or key[2] != Level.NONE],
    )


def _form(reading: Reading | None, suggestions: Suggestions) -> ReadingForm:
    """Return the form with a reader's codes where there are some, else with the engine's suggestions."""
    if reading is None:
        return filled_with(suggestions.tone, suggestions.themes, suggestions.redacted)
    return filled_with(
        reading.tone,
        {theme.theme: theme.tone for theme in reading.themes},
        db.keys(db.session()).feedback.open(reading.sealed_redacted),
        level=reading.level,
        may_be_quoted=reading.may_be_quoted,
    )


def _open(comment: Comment, *, claims: bool = False) -> Suggestions:
    """Open a comment's words: what the engine sees in them, and the audit line, kept before anything is shown.

    The engine may have to load its model first, so no lock is held meanwhile; what a form changed is let go.
    """
    comment_id, person_id = comment.id, access.person().id
    db.session().rollback()
    with db.database().reading() as session:
        suggestions = _suggestions(session, session.get_one(Comment, comment_id))
    with db.database().transaction() as own:
        person = accounts.get_person(own, person_id)
        if claims:
            word_operations.claim(own, comment=own.get_one(Comment, comment_id), by=person)
        word_operations.note_opened(own, comment=own.get_one(Comment, comment_id), by=person)
    return suggestions


def _suggestions(session: Session, comment: Comment) -> Suggestions:
    """Return the engine's view of the English where there is a translation, else of the original."""
    translation = responses.open_translation(session, comment)
    return suggest(
        translation or responses.open_words(session, comment),
        language=TRANSLATED_INTO if translation else comment.response.language,
        question=question_of(comment.question_id),
        group=comment.response.audience,
        theme_model=theme_queries.get_in_use(session).model,
    )


def _agreement() -> dict[str, Any]:
    """Return Cohen's kappa of first and second readers over themes, and how often the second saw more than level 0."""
    pairs = promise.list_pairs(db.session())
    first, second = [], []
    for one, other in pairs:
        for theme in code_book.themes():
            first.append(str(theme in {t.theme for t in one.themes}))
            second.append(str(theme in {t.theme for t in other.themes}))
    missed = sum(other.level != Level.NONE for _, other in pairs)
    return {"pairs": len(pairs), "kappa": figures.kappa(first, second) if pairs else None, "missed": missed}


def _comment(response_id: str, question_id: str) -> Comment:
    try:
        return queries.get_comment(db.session(), response_id, question_id)
    except NotFound:
        abort(404)


def _address(comment: Comment) -> str:
    return url_for("staff.desk.item", response_id=comment.response_id, question_id=comment.question_id)
