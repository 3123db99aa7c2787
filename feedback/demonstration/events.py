"""Invented events, and who by role had a say in them: slowly more are asked, fathers and the youngest least."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from feedback import clock, i18n
from feedback.accounts.models import Person
from feedback.clock import Quarter
from feedback.events import operations
from feedback.events.models import AGES, ETHNIC_GROUPS, Attendance, Format, Part, Who, WhyNot
from feedback.events.operations import Had, New
from feedback.settings import queries as settings

IN_A_QUARTER = 90
UNRECORDED_SHARE = 0.06
FAMILIES = (
    (Who.CHILD, Who.MOTHER),
    (Who.CHILD, Who.MOTHER, Who.FATHER),
    (Who.YOUNG, Who.MOTHER),
    (Who.YOUNG, Who.MOTHER, Who.FATHER),
    (Who.YOUNG, Who.CARER),
)
TOLD = {Who.CHILD: 0.3, Who.YOUNG: 0.55, Who.MOTHER: 0.92, Who.FATHER: 0.5, Who.CARER: 0.9}
"""How likely somebody is told in the first quarter (practice 0: young people are "not routinely invited")."""
LIFT, LESS = 0.06, 0.15
"""What each quarter adds, and what another language or a disability takes away."""
OFFERED = {Who.CHILD: 0.1, Who.YOUNG: 0.25, Who.MOTHER: 0.05, Who.FATHER: 0.05, Who.CARER: 0.05}
ETHNIC_WEIGHTS = (60, 4, 9, 10, 13, 4)
RECORDED_SHARE = 0.85
OTHER_LANGUAGE_SHARE, DISABLED_SHARE = 0.18, 0.15
COMES_SHARE, OTHER_WAY_SHARE, TOO_YOUNG_SHARE = 0.8, 0.3, 0.4
WAYS = {
    Who.CHILD: (Part.DRAWING, Part.ADVOCATE, Part.FORM, Part.IN_PERSON),
    Who.YOUNG: (Part.IN_PERSON, Part.ADVOCATE, Part.LETTER, Part.FORM),
}


def fill(session: Session, chance: random.Random, *, quarters: int, by: Person) -> None:
    """Add events over the last quarters, most of them with their people recorded."""
    kinds = [each.code for each in settings.list_event_types(session)]
    held = [each for back in reversed(range(quarters)) for each in _held(chance, kinds, quarters - 1 - back, back)]
    operations.import_events(session, events=held, by=by.actor, is_demo=True)


def _held(chance: random.Random, kinds: list[str], since: int, back: int) -> Iterator[New]:
    """Yield the events of a quarter, `since` quarters after the first and `back` before this one."""
    quarter = Quarter.current().shifted(-back)
    days = (min(quarter.last_day, clock.today()) - quarter.first_day).days
    for number in range(1, IN_A_QUARTER + 1):
        is_recorded = chance.random() > UNRECORDED_SHARE
        yield New(
            reference=f"DEMO-{quarter}-{number:03}",
            event_type=chance.choice(kinds),
            held_on=quarter.first_day + timedelta(days=chance.randint(0, days)),
            people=list(_people(chance, lift=LIFT * since)) if is_recorded else (),
        )


def _people(chance: random.Random, *, lift: float) -> Iterator[Had]:
    """Yield the people of one family; one ethnic group and one need of a language for all of them."""
    ethnic_group = chance.choices(ETHNIC_GROUPS, ETHNIC_WEIGHTS)[0] if chance.random() < RECORDED_SHARE else None
    language = chance.choice(list(i18n.LANGUAGES)) if chance.random() < OTHER_LANGUAGE_SHARE else i18n.SOURCE
    for who in chance.choice(FAMILIES):
        is_disabled = chance.random() < DISABLED_SHARE
        less = LESS * (is_disabled + (language != i18n.SOURCE))
        was_told = chance.random() < TOLD[who] + lift - less
        comes = was_told and chance.random() < COMES_SHARE - less
        took_part, why_not = _part(chance, who, comes=comes, was_told=was_told)
        yield Had(
            who=who,
            was_told=was_told,
            told_by=chance.choice((Format.TALK, Format.TALK, Format.LETTER, Format.PHONE)) if was_told else None,
            language=chance.choice((language, i18n.SOURCE)) if was_told else None,
            advocate_offered=chance.random() < OFFERED[who] + lift,
            attendance=chance.choice((Attendance.CAME, Attendance.CAME, Attendance.PHONE)) if comes else Attendance.NOT,
            took_part=took_part,
            why_not=why_not,
            needs_language=language != i18n.SOURCE,
            is_disabled=is_disabled,
            age_band=chance.choice(AGES.get(who, AGES[Who.MOTHER])),
            ethnic_group=ethnic_group,
        )


def _part(chance: random.Random, who: Who, *, comes: bool, was_told: bool) -> tuple[Part, WhyNot | None]:
    """Return how somebody took part, or why not."""
    if comes:
        return chance.choice(WAYS.get(who, (Part.IN_PERSON, Part.IN_PERSON, Part.FORM))), None
    if was_told and chance.random() < OTHER_WAY_SHARE:
        return chance.choice((Part.LETTER, Part.ADVOCATE, Part.FORM)), None
    if who is Who.CHILD and chance.random() < TOO_YOUNG_SHARE:
        return Part.NOT, WhyNot.TOO_YOUNG
    if not was_told:
        return Part.NOT, chance.choice((WhyNot.NOT_TOLD, WhyNot.WORKER_DECIDED))
    return Part.NOT, chance.choice((WhyNot.DID_NOT_WANT, WhyNot.OTHER, WhyNot.NOT_SAFE))
