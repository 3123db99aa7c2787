"""What families read of the action plan, on the public page and on the poster.

Shows only what staff have written, in the reader's language or else in English and marked so, beside released numbers.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from feedback import i18n
from feedback.clock import Quarter
from feedback.improvements import queries
from feedback.improvements.models import Action, ActionText
from feedback.reports import effects
from feedback.reports.figures import Verdict

VERSIONS = {
    "child": _("For children"),
    "young": _("For young people"),
    "parent": _("For parents and carers"),
}
"""The ages that replies are written for."""

SEEN = {
    Verdict.LIKELY_BETTER: _("More people than before now say that this goes well."),
    Verdict.LIKELY_WORSE: _("Fewer people than before now say that this goes well."),
    Verdict.NO_CLEAR_CHANGE: _("We cannot see a clear change yet."),
    Verdict.TOO_FEW: _("We cannot see a clear change yet."),
}


def list_replies(session: Session, language: str, version: str) -> list[dict[str, Any]]:
    """Return every published reply of an age version as it is shown, the newest first; in English where need be."""
    return [_reply(session, *each) for each in queries.list_public(session, language, version, otherwise=i18n.SOURCE)]


def _reply(session: Session, action: Action, text: ActionText) -> dict[str, Any]:
    heard_in = Quarter.parse(action.heard_in)
    return {
        "id": action.id,
        "language": i18n.LANGUAGES[text.language],
        "heard": text.heard,
        "answered": text.answered,
        "changed": text.changed,
        "is_refused": action.is_refused,
        "people": effects.people_heard(session, heard_in, action.themes),
        "first_day": heard_in.first_day,
        "last_day": heard_in.last_day,
        "seen": SEEN[effects.find_effect(session, action).verdict],
    }
