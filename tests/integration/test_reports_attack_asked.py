"""Somebody reads who was asked, split by split, and subtracts: nothing small comes out, and does with the gate weakened."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from feedback.clock import Quarter
from feedback.events.models import Attendance, Event, Part, Participation, Who
from feedback.reports import disclosure, participation
from feedback.reports.disclosure import WHOLE
from feedback.reports.figures import YES_NO, Distribution
from tests.unit.reports import siege

PAST = Quarter.current().shifted(-2)
GROUP_OF = {Who.CHILD: "child", Who.YOUNG: "young", Who.MOTHER: "parent", Who.FATHER: "parent"}
EVENTS, ETHNIC = ("icpc", "rcpc", "core_group"), ("white", "asian", "black", None)
NUMBER = 90
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def hold(session, seed):
    """Hold some meetings of so many people; return what is true: measure -> population -> yes and no."""
    draw, truth = random.Random(seed), defaultdict(lambda: defaultdict(Counter))
    for place in range(NUMBER):
        event = Event(
            reference=f"{seed}-{place}", event_type=draw.choices(EVENTS, (6, 3, 1))[0], held_on=PAST.first_day
        )
        session.add(event)
        session.flush()
        who = draw.choices(list(GROUP_OF), (2, 3, 5, 2))[0]
        had = {"told": draw.random() < 0.7, "advocate": draw.random() < 0.3, "came": draw.random() < 0.6}
        had["took_part"] = had["came"] and draw.random() < 0.8
        person = Participation(
            event_id=event.id, who=who, was_told=had["told"], advocate_offered=had["advocate"],
            attendance=Attendance.CAME if had["came"] else Attendance.NOT,
            took_part=Part.IN_PERSON if had["took_part"] else Part.NOT,
            needs_language=draw.random() < 0.15, is_disabled=draw.random() < 0.2,
            ethnic_group=draw.choices(ETHNIC, (6, 2, 1, 1))[0],
        )  # fmt: skip
        session.add(person)
        for measure, is_true in had.items():
            for population in _populations(person, event):
                truth[measure][population]["yes" if is_true else "no"] += 1
    return {
        measure: {name: Distribution.of(YES_NO, counted) for name, counted in held.items()}
        for measure, held in truth.items()
    }


def _populations(person, event):
    group = ("group", GROUP_OF[Who(person.who)])
    return [
        WHOLE,
        frozenset({group}),
        frozenset({("event_type", event.event_type)}),
        frozenset({("ethnic_group", person.ethnic_group or "not_recorded")}),
        frozenset({("language_need", "interpreter" if person.needs_language else "no_need")}),
        frozenset({("disability", "disability" if person.is_disabled else "no_disability")}),
        frozenset({group, ("age_band", "not_recorded")}),
    ]


def attack(database, seed):
    """Read everything released about who was asked; return (attempts, recovered)."""
    with database.transaction() as session:
        raw = hold(session, seed)
    told = {}
    for measure in participation.current(database, PAST)["measures"]:
        parts = [part for rows in measure["splits"].values() for part in rows]
        named = {frozenset({(name, part[name]) for name in part if name != "share"}): part["share"] for part in parts}
        told[measure["id"]] = {
            name: {"favourable": share, "blocks": []} for name, share in ({WHOLE: measure["everyone"]} | named).items()
        }
    return siege.attack_told(told, raw)


@pytest.mark.parametrize("seed", [1, 2])
def test_who_was_asked_gives_no_small_cell_away(database, seed):
    attempts, recovered = attack(database, seed)
    assert attempts > 5
    assert recovered == []


def test_gated_one_by_one_it_gives_some_away(database, monkeypatch):
    monkeypatch.setattr(disclosure, "compare", siege.each_alone)
    assert attack(database, 1)[1]
