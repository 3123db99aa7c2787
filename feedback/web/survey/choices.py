"""The choices before the first question: who answers, about what, with whose help. All may be left blank.

Values are stored and reported; labels are whole sentences in the reader's words, never put together from parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from feedback.questionnaires.definition import Family

CHILD, YOUNG, PARENT, HELPER = "child", "young", "parent", "helper"
AUDIENCES = (CHILD, YOUNG, PARENT)
OLDER_CHILD = "8_10"


@dataclass(frozen=True)
class Choice:
    """One thing to tap; `picture` is a drawing by its idea."""

    value: str
    label: LazyString
    picture: str = ""


@dataclass(frozen=True)
class About:
    """What a person without a card answers about."""

    family: Family
    event_type: str | None
    timing: str


WHO = (
    Choice(CHILD, _("I am a child, 10 or younger"), "child"),
    Choice(YOUNG, _("I am a young person, 11 to 18"), "young"),
    Choice(PARENT, _("I am a parent or carer"), "parent"),
    Choice(HELPER, _("I am helping someone else to answer"), "helper"),
)
HELPED = (
    Choice(CHILD, _("A child, 10 or younger"), "child"),
    Choice(YOUNG, _("A young person, 11 to 18"), "young"),
    Choice(PARENT, _("A parent or carer"), "parent"),
)
AGE = (Choice("5_7", _("I am 5, 6 or 7")), Choice(OLDER_CHILD, _("I am 8, 9 or 10")))
THERE = (
    Choice("all", _("Yes, for all of it"), "yes"),
    Choice("part", _("Yes, for part of it"), "part"),
    Choice("online", _("Yes, by phone or video"), "online"),
    Choice("no", _("No"), "no"),
)
BESIDE = (
    Choice("no", _("No, I am on my own"), "alone"),
    Choice("advocate", _("Yes, an advocate"), "advocate"),
    Choice("parent_carer", _("Yes, a parent or carer"), "parent"),
    Choice("worker", _("Yes, a worker"), "worker"),
    Choice("other", _("Yes, someone else"), "someone"),
)
HELPER_IS = (
    Choice("advocate", _("I am their advocate"), "advocate"),
    Choice("parent_carer", _("I am their parent or carer"), "parent"),
    Choice("worker", _("I am a worker"), "worker"),
    Choice("other", _("I am someone else"), "someone"),
)
ABOUT_FOR_CHILDREN = (
    Choice("first_meeting", _("The first big meeting about my family"), "meeting"),
    Choice("later_meeting", _("Another meeting about my family"), "meeting"),
    Choice("assessment", _("A social worker came to see us"), "assessment"),
    Choice("intervention", _("Someone helps me or my family"), "help"),
    Choice("not_sure", _("I'm not sure"), "unsure"),
)
ABOUT_FOR_ADULTS = (
    Choice("icpc", _("The first child protection conference"), "meeting"),
    Choice("rcpc", _("A later child protection conference (a review)"), "meeting"),
    Choice("core_group", _("A core group meeting about the plan"), "plan"),
    Choice("cin", _("A child in need meeting"), "meeting"),
    Choice("tac", _("A team around the child meeting"), "where"),
    Choice("fgc", _("A family group conference"), "family"),
    Choice("assessment", _("An assessment by a social worker"), "assessment"),
    Choice("intervention", _("Help, a course or a programme"), "help"),
    Choice("not_sure", _("I'm not sure"), "unsure"),
)
ABOUT: dict[str, About] = {
    "first_meeting": About(Family.MEETING, None, "first"),
    "later_meeting": About(Family.MEETING, None, "later"),
    "icpc": About(Family.MEETING, "icpc", "first"),
    "rcpc": About(Family.MEETING, "rcpc", "later"),
    "core_group": About(Family.MEETING, "core_group", "later"),
    "cin": About(Family.MEETING, "cin", "later"),
    "tac": About(Family.MEETING, "tac", "later"),
    "fgc": About(Family.MEETING, "fgc", "later"),
    "assessment": About(Family.ASSESSMENT, "assessment", "first"),
    "intervention": About(Family.HELP, "intervention", "later"),
    "not_sure": About(Family.MEETING, None, "later"),
}
UNSAID = ABOUT["not_sure"]
EQUALITY = (Choice("yes", _("Yes, show me the questions")), Choice("no", _("No, go on to the end")))
