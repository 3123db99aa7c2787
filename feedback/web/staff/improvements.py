"""Improvements: the action plan, one action with its history and its proof by later voices, its words for families."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.errors import NotFound
from feedback.improvements import operations, queries
from feedback.improvements.models import Action, ActionChange, ActionText
from feedback.improvements.operations import Incomplete, NumberTaken
from feedback.reports import code_book, disclosure, effects, evidence, releases, wording
from feedback.reports.acted import EVERYBODY, STATES, TERMS
from feedback.reports.effects import Effect
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import PLACES, Place, page
from feedback.web.staff.improvement_forms import LABELS, VERSIONS, ActionForm, TextForm

blueprint = Blueprint("improvements", __name__, url_prefix="/improvements")

INVALID = 422

PLACES.append(
    Place(
        "Improvements",
        "staff.improvements.overview",
        Permission.IMPROVE,
        "Say what is done about what families said, by whom and when, and see whether it helped.",
        lambda: queries.count_overdue(db.session()),
    )
)


@blueprint.get("/")
@access.requires(Permission.IMPROVE)
def overview() -> str:
    """Show the plan in the columns of the council's own, overdue actions first; `?theme=` what answers one theme."""
    theme, session = code_book.themes().get(request.args.get("theme", "")), db.session()
    actions = queries.list_for_theme(session, theme.id) if theme else queries.list_actions(session)
    return page(
        "staff/improvements/overview.html",
        actions=actions,
        theme=theme,
        states=STATES,
        terms=TERMS,
        verdicts=_verdicts(actions),
        form=ComponentForm(),
        families=_families(),
        has_pdf=evidence.is_possible(),
    )


@blueprint.post("/example")
@access.requires(Permission.IMPROVE)
def example() -> Response:
    """Add the plan made after the inspection, owned by whoever asks for it until the council names somebody."""
    form, me = ComponentForm(), access.person()
    if not form.validate_on_submit():
        abort(400)
    try:
        number = operations.import_example(db.session(), owner=me.email, heard_in=str(_last_final()), by=me)
        flash(f"{number} actions were added. You are their owner until you name somebody; check every date.")
    except NumberTaken as refusal:
        flash(str(refusal))
    return redirect(url_for("staff.improvements.overview"), 303)


@blueprint.route("/new", methods=["GET", "POST"])
@access.requires(Permission.IMPROVE)
def new() -> str | Response | tuple[str, int]:
    """Add an action."""
    form = ActionForm(heard_in=str(_last_final()), themes=request.args.getlist("theme"))
    if form.validate_on_submit():
        try:
            added = operations.add(db.session(), facts=form.facts(), by=access.person())
        except Incomplete as refusal:
            return page("staff/improvements/edit.html", form=form, action=None, errors=[("", str(refusal))]), INVALID
        flash(f"Action {added.number} is in the plan.")
        return redirect(url_for("staff.improvements.action", action_id=added.id), 303)
    return page("staff/improvements/edit.html", form=form, action=None), INVALID if form.errors else 200


@blueprint.get("/<int:action_id>")
@access.requires(Permission.IMPROVE)
def action(action_id: int) -> str:
    """Show an action beside what later voices say of it."""
    found, session = _action(action_id), db.session()
    effect = effects.find_effect(session, found)
    return page(
        "staff/improvements/action.html",
        action=found,
        states=STATES,
        terms=TERMS,
        themes=[code_book.themes()[theme].name for theme in found.themes],
        measure=code_book.constructs()[found.construct].name if found.construct else "",
        group=wording.GROUPS[found.for_group] if found.for_group else EVERYBODY,
        effect=effect,
        rows=_shares(effect),
        verdict=wording.CHANGES[effect.verdict],
        taps=_taps(queries.count_taps(session, found.id)),
        history=[_change(each) for each in found.changes],
        languages={code: i18n.LANGUAGES[code].name for code in i18n.available()},
        tags={code: each.tag for code, each in i18n.LANGUAGES.items()},
        versions=wording.GROUPS,
        missing=_missing(found),
    )


@blueprint.route("/<int:action_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.IMPROVE)
def edit(action_id: int) -> str | Response | tuple[str, int]:
    """Change an action; what it was stays in its history."""
    found = _action(action_id)
    form = ActionForm(obj=found)
    if form.validate_on_submit():
        try:
            operations.change(db.session(), action=found, facts=form.facts(), by=access.person())
        except Incomplete as refusal:
            return page("staff/improvements/edit.html", form=form, action=found, errors=[("", str(refusal))]), INVALID
        flash("The action is saved.")
        return redirect(url_for("staff.improvements.action", action_id=found.id), 303)
    return page("staff/improvements/edit.html", form=form, action=found), INVALID if form.errors else 200


@blueprint.route("/<int:action_id>/words", methods=["GET", "POST"])
@access.requires(Permission.IMPROVE)
def words(action_id: int) -> str | Response | tuple[str, int]:
    """Write what families read of an action, in one language and age version at a time."""
    found = _action(action_id)
    code, version = request.args.get("language", i18n.SOURCE), request.args.get("version", "young")
    if code not in i18n.available() or version not in VERSIONS:
        abort(404)
    form = TextForm(obj=queries.find_text(db.session(), found.id, code, version))
    shown: dict[str, Any] = {"form": form, "action": found, "language": i18n.LANGUAGES[code]}
    shown["group"] = wording.GROUPS[version]
    if form.validate_on_submit():
        text = ActionText(action_id=found.id, language=code, version=version, **form.words())
        try:
            operations.write_text(db.session(), text=text, by=access.person())
        except Incomplete as refusal:
            return page("staff/improvements/words.html", **shown, errors=[("", str(refusal))]), INVALID
        flash(f"The words in {i18n.LANGUAGES[code].name} are saved.")
        return redirect(url_for("staff.improvements.action", action_id=found.id), 303)
    return page("staff/improvements/words.html", **shown), INVALID if form.errors else 200


def _verdicts(actions: Sequence[Action]) -> dict[int, str]:
    """Return what later voices say of the actions that families could have noticed."""
    noticed = [action for action in actions if action.changed_on and not action.is_refused]
    return {each.id: wording.CHANGES[effects.find_effect(db.session(), each).verdict] for each in noticed}


def _families() -> list[dict[str, Any]]:
    """Return the languages with words for families: for each age the number of published replies."""
    written = queries.count_written(db.session())
    return [
        {
            "language": i18n.LANGUAGES[code],
            "numbers": [(version, written.get((code, version), 0)) for version in VERSIONS],
        }
        for code in i18n.available()
        if any((code, version) in written for version in VERSIONS)
    ]


def _missing(action: Action) -> list[tuple[str, list[str]]]:
    """Return for each age that has English words the languages that have none."""
    written = {(text.language, text.version) for text in action.texts}
    found = [
        (
            wording.GROUPS[version],
            [i18n.LANGUAGES[code].name for code in i18n.available() if (code, version) not in written],
        )
        for version in VERSIONS
        if (i18n.SOURCE, version) in written
    ]
    return [(label, names) for label, names in found if names]


def _taps(counted: dict[str, int]) -> list[tuple[str, str]]:
    """Return how often "that is not fixed" was tapped, as it may be shown: rounded, and never under ten."""
    shown = {quarter: disclosure.base(number) for quarter, number in counted.items()}
    return [(quarter, str(each.value or each.why)) for quarter, each in shown.items()]


def _shares(effect: Effect) -> list[dict[str, Any]]:
    """Return the rows of the chart: before and after, each with its quarter."""
    sides = (("Before", effect.before_in, effect.before), ("After", effect.after_in, effect.after))
    return [wording.share_row(f"{name}, {quarter}", shown) for name, quarter, shown in sides if shown]


def _change(each: ActionChange) -> dict[str, Any]:
    person = accounts.find_by_id(db.session(), each.by)
    fields = [(LABELS.get(name, name), before, after) for name, (before, after) in each.fields.items()]
    return {
        "at": each.at,
        "by": person.email if person else "the service, or an account that is gone",
        "fields": fields,
    }


def _last_final() -> Quarter:
    """Return the newest quarter whose figures may be final."""
    latest = Quarter.current().previous
    return latest if releases.is_settled(latest) else latest.previous


def _action(action_id: int) -> Action:
    try:
        return queries.get_action(db.session(), action_id)
    except NotFound:
        abort(404)
