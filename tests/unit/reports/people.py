"""Invented respondents straight into the database, and what is true of them: for attacks over whole releases."""

from __future__ import annotations

import random

from sqlalchemy import select

from feedback.analysis.models import Finding, FoundTheme
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family
from feedback.questionnaires.document import Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.reports import counting
from feedback.reports.counting import Slice
from feedback.responses import operations as responses
from feedback.responses.models import Comment, Response
from feedback.responses.operations import Submission
from feedback.text.analyse import ENGINE
from tests.unit.reports.siege import EVERYBODY, Themes

EVENTS = {"icpc": "first", "rcpc": "later", "core_group": "later"}
SERVICES = ("tapss", None, None)
ETHNIC = ("white", "asian", "black")
THEMES = ("listened", "plan", "respect")
TONES = {"positive": 0.8, "neutral": 0.0, "negative": -0.8}
SILENT = 0.2


def arrive(session, number, *, quarter, seed):
    """Let so many answer: mostly parents, at few kinds of event, some about themselves."""
    draw = random.Random(seed)
    for place in range(number):
        audience = draw.choices(("parent", "young", "child"), (6, 4, 2))[0]
        version = questionnaires.latest_version_id(session, audience)
        document = questionnaires.get_document(session, version)
        event = draw.choices(list(EVENTS), (6, 3, 1))[0]
        occasion = Occasion(Family("meeting"), event, SERVICES[place % 3], timing=EVENTS[event])
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


def write(session, *, quarter, seed, after=0) -> Themes:
    """Give most people of a quarter words with themes that the machine has found; return what is true of them.

    Only to those who came after the first so many.
    """
    draw, truth = random.Random(seed), {}
    late = select(Response).where(Response.quarter == str(quarter), Response.arrival > after)
    for response in session.scalars(late.order_by(Response.arrival)):
        if draw.random() < SILENT:
            continue
        comment = Comment(response_id=response.id, question_id="p_good", sealed_text=b"")
        session.add(comment)
        session.flush()
        finding = Finding(comment_id=comment.id, engine=ENGINE, tone="mixed", sealed_redacted=b"")
        for theme in dict.fromkeys(draw.choices(THEMES, (6, 3, 1), k=2)):
            tone = draw.choices(("positive", "neutral", "negative"), (5, 1, 2))[0]
            finding.themes.append(FoundTheme(theme=theme, score=0.9, tone=TONES[tone]))
            held = truth.setdefault(theme, dict.fromkeys(_cells(), 0))
            for name in (EVERYBODY, ("tone", tone), ("group", response.audience), ("event_type", response.event_type)):
                held[name] += 1
        session.add(finding)
    session.flush()
    return truth


def _cells():
    return [
        EVERYBODY,
        *(("tone", tone) for tone in (*TONES, "mixed", "unassessed")),
        *(("group", group) for group in counting.SELF_REPORT),
        *(("event_type", event) for event in EVENTS),
    ]


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
