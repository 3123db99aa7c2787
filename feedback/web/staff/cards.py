"""Cards with codes for the people of an event, shown this once, to be printed and handed over.

Knows roles and numbers only: which card goes to whom is nobody's business, and no code is kept that could be read.
"""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, abort, current_app
from markupsafe import Markup
from wtforms import BooleanField, IntegerField, SubmitField
from wtforms.validators import NumberRange, Optional

from feedback import clock, db
from feedback.accounts.permissions import Permission
from feedback.errors import NotFound
from feedback.events import queries
from feedback.events.models import Event
from feedback.identity.operations import forget_on, issue_codes
from feedback.questionnaires.definition import Family
from feedback.security import grouped
from feedback.settings import queries as settings
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import page

blueprint = Blueprint("cards", __name__, url_prefix="/events")

INVALID, MOST = 422, 30
FOR = {"child": "Child, 5 to 10", "young": "Young person, 11 to 18", "parent": "Parent or carer"}


def _number_field(audience: str) -> IntegerField:
    how_many = NumberRange(0, MOST, f"Write a number from 0 to {MOST}")
    return IntegerField(FOR[audience], validators=[Optional(), how_many])


class CardsForm(ComponentForm):
    """How many cards for whom."""

    child = _number_field("child")
    young = _number_field("young")
    parent = _number_field("parent")
    is_journey = BooleanField("Each card is used twice, at the start and at the end of this help, to see what changed")
    submit = SubmitField("Make the cards")

    def numbers(self) -> dict[str, int]:
        """Return how many cards each audience gets, where there are any."""
        return {audience: self[audience].data for audience in FOR if self[audience].data}


@blueprint.route("/<int:event_id>/cards", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def cards(event_id: int) -> str | tuple[str, int]:
    """Ask how many cards are needed; show them once, for there is no way to read a code again."""
    event, form = _event(event_id), CardsForm()
    is_help = settings.get_event_type(db.session(), event.event_type).family == Family.HELP
    shown: dict[str, Any] = {"event": event, "form": form, "is_help": is_help}
    if forget_on(event.held_on) <= clock.today():
        return page("staff/events/cards.html", **shown, is_too_old=True)
    if not form.validate_on_submit():
        made = page("staff/events/cards.html", **shown, errors=form.sentences())
        return (made, INVALID) if form.errors else made
    if not form.numbers():
        return page("staff/events/cards.html", **shown, errors=[("child", "Say how many cards you need")]), INVALID
    is_journey = bool(is_help and form.is_journey.data)
    return page("staff/events/cards.html", **shown, cards=_made(event, form.numbers(), is_journey=is_journey))


def _made(event: Event, numbers: dict[str, int], *, is_journey: bool) -> list[dict[str, Any]]:
    """Issue the codes and return what is printed on each card."""
    made, by = [], access.person().actor
    for audience, number in numbers.items():
        codes = issue_codes(db.session(), event=event, audience=audience, number=number, by=by, is_journey=is_journey)
        made += [{"for": FOR[audience], "code": grouped(code), "drawing": _drawing(code)} for code in codes]
    return made


def _drawing(code: str) -> Markup:
    """Return the address that opens with this code, as a drawing for a phone's camera."""
    address = f"{current_app.config['SETTINGS'].public_url}/c/{code}"
    drawn = segno.make(address, micro=False).svg_inline(scale=3, border=2, svgclass="qr", omitsize=False)
    return Markup(drawn)  # noqa: S704 - drawn by us


def _event(event_id: int) -> Event:
    try:
        return queries.get_event(db.session(), event_id)
    except NotFound:
        abort(404)
