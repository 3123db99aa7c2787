"""Invented, marked data for a first look: responses over some quarters, and staff to sign in as.

Every row is marked as demonstration and one command wipes it. The comments are the made-up ones the text engine
learns from (`text/training/`); no family wrote them. Shares drift from quarter to quarter so that reports have
something to show.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback import i18n, intake
from feedback.accounts import operations as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.clock import Quarter
from feedback.db import Database, affected
from feedback.errors import FeedbackError
from feedback.questionnaires import kinds
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.definition import Family, Part, Question
from feedback.questionnaires.document import Document, Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.reports.models import Release
from feedback.responses import operations as responses
from feedback.responses import queries
from feedback.responses.models import Response
from feedback.responses.operations import Submission
from feedback.safeguarding import operations as safeguarding
from feedback.safeguarding.models import Level
from feedback.safeguarding.operations import Codes
from feedback.settings import queries as settings
from feedback.settings.models import EventType
from feedback.text import redaction

TRAINING = Path(__file__).parent / "text" / "training"
RESPONSES, QUARTERS, SEED = 600, 5, 2012
AUDIENCES = {"child": 0.2, "young": 0.3, "parent": 0.5}
ENGLISH_SHARE = 0.78
COMMENT_SHARE = 0.6
QUOTABLE_SHARE = 0.1
PASSWORD = "made-up-for-looking"  # noqa: S105 - known to everybody, and opens nothing outside the demonstration
UNSCORED_SHARE = 0.08
BLANK_SHARE = 0.06


class NotEmpty(FeedbackError):
    """The database holds responses already; invented ones must never be mixed with real ones."""


@dataclass(frozen=True)
class Invented:
    """A made-up comment, what it answers, and how its author labelled it."""

    question: str
    text: str
    tone: str
    themes: dict[str, str]


def fill_if_empty(database: Database) -> None:
    """Fill an empty database for `make run`; leave one with responses alone."""
    with database.reading() as session:
        if queries.count_responses(session):
            return
    fill(database, responses_wanted=RESPONSES, seed=SEED, quarters=QUARTERS)


def fill(
    database: Database,
    *,
    responses_wanted: int,
    seed: int,
    quarters: int,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Fill an empty database in one transaction. Raise NotEmpty when there is a response already."""
    chance = random.Random(seed)  # noqa: S311 - the same demonstration every time
    with database.transaction() as session:
        if queries.count_responses(session):
            raise NotEmpty("There are responses already; the demonstration only fills an empty database.")
        people = _add_people(session)
        event_types = settings.list_event_types(session)
        for number in range(responses_wanted):
            back = quarters - 1 - number * quarters // responses_wanted
            submission = _submission(session, chance, event_types, Quarter.current().shifted(-back), back)
            _store(session, submission, people[Role.READER], chance, is_read=back > 0)
            progress()
        audit.record(session, Action.DEMONSTRATION_FILLED, by=audit.SYSTEM, responses=responses_wanted)


def wipe(database: Database) -> int:
    """Remove every invented response and sign-in, and the releases made of them; return the number of responses."""
    with database.transaction() as session:
        removed = affected(session.execute(delete(Response).where(Response.is_demo)))
        session.execute(delete(Person).where(Person.is_demo))
        if not queries.count_responses(session):
            session.execute(delete(Release))
        audit.record(session, Action.DEMONSTRATION_WIPED, by=audit.SYSTEM, responses=removed)
        return removed


def sign_ins() -> list[str]:
    """Return the made-up sign-ins as lines to print, one a role."""
    return [f"  {_address(role)}  {PASSWORD}" for role in Role]


def _add_people(session: Session) -> dict[Role, Person]:
    """Add one made-up person a role."""
    return {
        role: accounts.add_person(
            session, email=_address(role), roles=[role], password=PASSWORD, by=audit.SYSTEM, is_demo=True
        )
        for role in Role
    }


def _address(role: Role) -> str:
    return f"{role.replace('_', '-')}@demo.example"


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
    session: Session, chance: random.Random, event_types: list[EventType], quarter: Quarter, back: int
) -> Submission:
    audience = chance.choices(list(AUDIENCES), list(AUDIENCES.values()))[0]
    version_id = questionnaires.latest_version_id(session, audience)
    document = questionnaires.get_document(session, version_id)
    event_type = chance.choice(event_types)
    occasion = Occasion(family=Family(event_type.family), event_type=event_type.code, timing=event_type.timing)
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
        quarter=quarter,
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
    return document.clean(question, [chance.choice([option.id for option in question.options])], "")


def _words(chance: random.Random, audience: str, language: str, question: str) -> str:
    fitting = [c.text for c in _comments(language).get(audience, ()) if c.question == question]
    return chance.choice(fitting) if fitting and chance.random() < COMMENT_SHARE else ""


@cache
def _comments(language: str) -> dict[str, list[Invented]]:
    """Return the made-up comments of a language by group."""
    by_group: dict[str, list[Invented]] = {}
    for path in sorted(TRAINING.glob(f"{language}*.tsv")):
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
