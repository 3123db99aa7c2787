"""Invented responses: answers that drift, comments of our own making, and the same person's ladder twice.

Shares drift from quarter to quarter so that reports have something to show, plans fastest of all.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.orm import Session

from feedback import i18n, intake
from feedback.accounts.models import Person
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import Quarter
from feedback.paths import PACKAGE
from feedback.questionnaires import kinds
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family, Part, Question
from feedback.questionnaires.document import Document, Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.responses import operations as responses
from feedback.responses.operations import Submission
from feedback.safeguarding import operations as safeguarding
from feedback.safeguarding.models import Level
from feedback.safeguarding.operations import Codes
from feedback.settings import queries as settings
from feedback.settings.models import EventType
from feedback.text import redaction

TRAINING = PACKAGE / "text" / "training"
QUARTERS = 5
AUDIENCES = {"child": 0.2, "young": 0.3, "parent": 0.5}
ENGLISH_SHARE = 0.78
COMMENT_SHARE = 0.6
QUOTABLE_SHARE = 0.1
UNSCORED_SHARE = 0.08
BLANK_SHARE = 0.06
COMMON = {"no": 6, "white": 8, "british": 8}
"""Options about oneself that more people choose; what else there is to choose weighs 1."""
ONE_JOURNEY_IN = 15
"""Of so many responses two are a start and an end of the same person."""
MOVES = (-1, 0, 0, 1, 1, 1, 2)
"""Steps on the ladder between a start and an end; one of them each time."""


@dataclass(frozen=True)
class Invented:
    """A made-up comment, what it answers, and how its author labelled it."""

    question: str
    text: str
    tone: str
    themes: dict[str, str]


def fill(session: Session, chance: random.Random, *, wanted: int, quarters: int, reader: Person) -> Iterator[None]:
    """Store so many responses over the last quarters, the oldest first; yield after each."""
    pairs = wanted // ONE_JOURNEY_IN // 2 if quarters > 1 else 0
    ordinary = wanted - 2 * pairs
    event_types = settings.list_event_types(session)
    for number in range(ordinary):
        back = quarters - 1 - number * quarters // ordinary
        submission = _submission(session, chance, chance.choice(event_types), back)
        _store(session, submission, reader, chance, is_read=back > 0)
        yield
    helps = [each for each in event_types if each.family == Family.HELP]
    for number in range(pairs):
        for submission in _journey(session, chance, chance.choice(helps), number, quarters):
            _store(session, submission, reader, chance, is_read=True)
            yield


def _journey(
    session: Session, chance: random.Random, event_type: EventType, number: int, quarters: int
) -> Iterator[Submission]:
    """Yield what one person says at the start and at the end of some help, in final quarters where there are enough."""
    first = min(2, quarters - 1)
    start = _submission(session, chance, event_type, first, stage="start")
    end = _submission(session, chance, event_type, first - 1, stage="end", audience=start.group)
    name = f"demonstration-{number}"
    yield replace(start, journey=name)
    ladder = {question.id for question in start.document.definition.questions if question.part is Part.LADDER}
    moved = {
        question: Answer(State.ANSWERED, value=min(5, max(1, answer.value + chance.choice(MOVES))))
        for question, answer in start.answers.items()
        if question in ladder and answer.value is not None
    }
    yield replace(end, journey=name, answers=end.answers | moved)


def _store(session: Session, submission: Submission, reader: Person, chance: random.Random, *, is_read: bool) -> None:
    """Store as intake does; past quarters have been read, by the made-up reader, and hold no worries any more."""
    response = responses.store(session, submission)
    safeguarding.put_on_desk(session, response_id=response.id)
    signals, screened = ([], True) if is_read else intake.screen(submission)
    safeguarding.raise_alerts(session, response_id=response.id, signals=signals)
    audit.record(
        session, Action.RESPONSE_RECEIVED, by=audit.FAMILY,
        response=response.id, quarter=response.quarter, screened=screened, alerts=len(signals),
    )  # fmt: skip
    for comment in response.comments if is_read else ():
        words = submission.comments[comment.question_id]
        codes = Codes(
            level=Level.NONE,
            tone=_labelled()[words].tone,
            redacted=redaction.hide(words, submission.language),
            themes=_labelled()[words].themes,
            may_be_quoted=chance.random() < QUOTABLE_SHARE,
        )
        safeguarding.read(session, comment=comment, codes=codes, by=reader)


def _submission(
    session: Session,
    chance: random.Random,
    event_type: EventType,
    back: int,
    *,
    stage: str = "",
    audience: str | None = None,
) -> Submission:
    """Return what somebody says `back` quarters ago; of the groups that have a ladder where there is a stage."""
    if audience is None:
        audience = chance.choices(list(AUDIENCES), list(AUDIENCES.values()))[0]
    version_id = questionnaires.latest_version_id(session, audience)
    document = questionnaires.get_document(session, version_id)
    occasion = Occasion(
        family=Family(event_type.family), event_type=event_type.code, timing=event_type.timing, stage=stage
    )
    language = _language(chance, document)
    age_band = chance.choice(["5_7", "8_10"]) if audience == "child" else None
    asked = document.asked(occasion, short=age_band == "5_7", chosen={})
    return Submission(
        submission_id=f"demonstration-{chance.getrandbits(96):x}",
        version_id=version_id,
        document=document,
        language=language,
        occasion=occasion,
        answers={question.id: _answer(chance, document, question, language, back) for question in asked},
        group=audience,
        age_band=age_band,
        attended=chance.choice(["all", "all", "part", "online", "no"]),
        beside=chance.choice(["no", "no", "advocate", "parent_carer", "worker"]),
        may_quote=chance.random() < COMMENT_SHARE,
        is_demo=True,
        quarter=Quarter.current().shifted(-back),
    )


def _language(chance: random.Random, document: Document) -> str:
    others = [code for code in document.languages if code != i18n.SOURCE and _comments(code)]
    return i18n.SOURCE if not others or chance.random() < ENGLISH_SHARE else chance.choice(others)


def _answer(chance: random.Random, document: Document, question: Question, language: str, back: int) -> Answer:
    """Answer one question; things slowly get better from quarter to quarter, plans fastest."""
    if question.part is not Part.EQUALITY and chance.random() < BLANK_SHARE:
        return Answer(State.BLANK)
    audience, kind = document.definition.audience, kinds.REGISTRY[question.kind]
    if kind.figure == "scale5":
        if chance.random() < UNSCORED_SHARE:
            return Answer(chance.choice([State.DONT_KNOW, State.WONT_SAY]))
        lift = (0.28 if question.construct == "plan" else 0.08) * (QUARTERS - back)
        return Answer(State.ANSWERED, value=min(5, max(1, round(chance.gauss(2.9 + lift, 1.2)))))
    if kind.takes_many:
        picks = tuple(sorted(chance.sample([option.id for option in question.options], chance.randint(0, 3))))
        return Answer(State.ANSWERED, picks=picks, text=_words(chance, audience, language, "what_better"))
    if kind.has_text:
        words = _words(chance, audience, language, "what_good")
        return Answer(State.ANSWERED, text=words) if words else Answer()
    options = [option.id for option in question.options]
    weights = [COMMON.get(each, 1) if question.part is Part.EQUALITY else 1 for each in options]
    return document.clean(question, chance.choices(options, weights), "")


def _words(chance: random.Random, audience: str, language: str, question: str) -> str:
    """Return one of the made-up comments, or none. One draw always, so that more comments change no answer."""
    fitting = [c.text for c in _comments(language).get(audience, ()) if c.question == question]
    return fitting[int(chance.random() * len(fitting))] if fitting and chance.random() < COMMENT_SHARE else ""


@cache
def _comments(language: str) -> dict[str, list[Invented]]:
    """Return the made-up comments of a language by group; of files with nothing but worries none: few answers are."""
    by_group: dict[str, list[Invented]] = {}
    ordinary = (path for path in TRAINING.glob(f"{language}*.tsv") if ".worries" not in path.suffixes)
    for path in sorted(ordinary):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                themes = dict(label.split(":") for label in row["themes"].split("|") if label)
                invented = Invented(row["question"], row["text"], row["tone"], _in_readers_words(themes))
                by_group.setdefault(row["group"], []).append(invented)
    return by_group


def _in_readers_words(themes: dict[str, str]) -> dict[str, str]:
    words = {"+": "positive", "-": "negative", "0": "suggestion"}
    return {theme: words[tone] for theme, tone in themes.items()}


@cache
def _labelled() -> dict[str, Invented]:
    """Return every made-up comment by its words as they are stored."""
    every = (c for code in i18n.LANGUAGES for group in _comments(code).values() for c in group)
    return {kinds.clean_text(comment.text): comment for comment in every}
