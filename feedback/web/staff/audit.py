"""The audit log and the openings, for the auditor. No words of families stand in either."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional

from feedback import clock, db
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.audit import queries
from feedback.audit.actions import Action
from feedback.audit.queries import Wanted
from feedback.identity import queries as identity
from feedback.safeguarding import queries as safeguarding
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

LONGEST = 60
NOTHING = "–"

PLACES.append(
    Place(
        "Audit log", "staff.audit.log", Permission.READ_AUDIT, "See who did what, and check that nothing was touched."
    )
)
PLACES.append(
    Place("Openings", "staff.audit.openings", Permission.READ_AUDIT, "See who opened a sealed link, and who agreed.")
)


class FilterForm(ComponentForm):
    """Which lines to show; sent by GET, changes nothing."""

    class Meta(ComponentForm.Meta):
        """No token: the address says everything."""

        csrf = False

    action = SelectField(
        "What happened", choices=[("", "Everything"), *((str(a), str(a).replace("_", " ")) for a in sorted(Action))]
    )
    actor = StringField(
        "Who", description="An e-mail address, person:7, family, system or nobody", validators=[AtMost(LONGEST)]
    )
    first_day = DateField("From", validators=[Optional()])
    last_day = DateField("To", description="What families do is kept without a day.", validators=[Optional()])

    def wanted(self) -> Wanted:
        """Return which lines are wanted; a day or a name that is none does not narrow."""
        who = (self.actor.data or "").strip()
        person = accounts.find_person(db.session(), who) if "@" in who else None
        return Wanted(
            action=self.action.data or "",
            actor=person.actor if person else who,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )


@blueprint.get("/")
@access.requires(Permission.READ_AUDIT)
def log() -> str:
    """List the lines, newest first; asked for, check the whole chain."""
    form = FilterForm(request.args)
    entries = queries.list_entries(db.session(), form.wanted(), before=request.args.get("before", type=int))
    is_checked = "check" in request.args
    asked = {name: value for name, value in request.args.items() if value and name not in {"before", "check"}}
    older: dict[str, Any] = {**asked, "before": entries[-1].id} if len(entries) == queries.PAGE else {}
    return page(
        "staff/audit/log.html",
        form=form,
        entries=entries,
        is_checked=is_checked,
        broken=queries.find_break(db.session()) if is_checked else None,
        people={person.actor: person.email for person in accounts.list_people(db.session())},
        older_url=url_for("staff.audit.log", **older) if older else "",
    )


@blueprint.get("/openings")
@access.requires(Permission.READ_AUDIT)
def openings() -> str:
    """List every opening: who asked, why, who agreed, how often it was looked at. Not which event."""
    rows, desk, now = [], safeguarding.get_desk_settings(db.session()), clock.now()
    for opening in identity.list_openings(db.session()):
        asker = accounts.find_by_id(db.session(), opening.asked_by)
        decider = accounts.find_by_id(db.session(), opening.decided_by)
        rows.append(
            {
                "opening": opening,
                "asker": asker.email if asker else NOTHING,
                "decider": decider.email if decider else NOTHING,
                "words": identity.open_words(db.session(), opening),
                "deadline": safeguarding.opening_deadline(desk, opening, now) if opening.is_agreed is None else None,
            }
        )
    return page("staff/audit/openings.html", rows=rows, years=identity.list_years(db.session()))
