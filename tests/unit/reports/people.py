"""Invented respondents straight into the database, and what is true of them: for attacks over whole releases."""

from __future__ import annotations

import random

from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family
from feedback.questionnaires.document import Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.reports import counting
from feedback.reports.counting import Slice
from feedback.responses import operations as responses
from feedback.responses.operations import Submission

EVENTS = {"icpc": "first", "rcpc": "later", "core_group": "later"}
ETHNIC = ("white", "asian", "black")
THEMES = ("listened", "plan", "respect")


def arrive(session, number, *, quarter, seed):
    """Let so many answer: mostly parents, at few kinds of event, some about themselves."""
    draw = random.Random(seed)
    for place in range(number):
        audience = draw.choices(("parent", "young", "child"), (6, 4, 2))[0]
        version = questionnaires.latest_version_id(session, audience)
        document = questionnaires.get_document(session, version)
        event = draw.choices(list(EVENTS), (6, 3, 1))[0]
        occasion = Occasion(Family("meeting"), event, timing=EVENTS[event])
        asked = document.asked(occasion, short=False, chosen={})
        submission = Submission(
            submission_id=f"{quarter}-{seed}-{place}",
            version_id=version,
            document=document,
            language="en",
            occasion=occasion,
            answers={each.id: _answer(draw, each) for each in asked if each.construct or each.id.startswith("e_")},
            group=audience,
            beside=draw.choice(("no", "advocate")),
            quarter=quarter,
        )
        responses.store(session, submission)


def truths(session, quarter, upto=None):
    """Return the raw counts of a slice: construct -> population -> distribution."""
    part = Slice(quarter, upto)
    return counting.count_answers(session, part)[1]


def _answer(draw, question):
    if question.kind == "face5":
        return Answer(State.ANSWERED, value=draw.choices((1, 2, 3, 4, 5), (2, 2, 3, 6, 5))[0])
    if question.kind == "yesno":
        return Answer(State.ANSWERED, choice=draw.choice(("yes", "yes", "no")))
    if question.id == "e_ethnic":
        return Answer(State.ANSWERED, choice=draw.choices(ETHNIC, (7, 2, 1))[0])
    if question.id in {"e_disability", "e_interpreter"}:
        return Answer(State.ANSWERED, choice=draw.choice(("no", "no", "a_lot" if "dis" in question.id else "got")))
    return Answer()
