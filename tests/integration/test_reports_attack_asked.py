"""Somebody reads who was asked, split by split, and subtracts: nothing small comes out, and does with the gate weakened."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from feedback.clock import Quarter
from feedback.events import queries
from feedback.events.models import Attendance, Event, Part, Participation, Who
from feedback.reports import disclosure, participation
from feedback.reports.disclosure import WHOLE
from feedback.reports.figures import YES_NO, Distribution
from tests.unit.reports import siege
from tests.unit.reports.attack import Reader

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
    return attack_figures(participation.current(database, PAST), raw)


def attack_figures(figures, raw):
    """Read every measure and subtract its parts."""
    told = {}
    for measure in figures["measures"]:
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


def attack_those_asked(database, seed):
    """Take those who are asked about themselves from everybody, part by part; return (attempts, recovered) children."""
    with database.transaction() as session:
        hold(session, seed)
        alike = list(queries.count_alike(session, PAST.first_day, PAST.last_day))
    figures = participation.current(database, PAST)
    reader, truth = Reader(), {}
    for split in participation.ASKED_THEMSELVES:
        counted = defaultdict(Counter)
        for each in alike:
            counted[_part(each, split)]["child" if each.who == Who.CHILD else "asked"] += each.number
        cells = {part["id"]: part["value"] for part in figures["could_say"].get(split, [])}
        bases = {part[split]: part["share"]["base"] for part in figures["measures"][0]["splits"][split]}
        for value, held in counted.items():
            name = (split, value)
            truth |= {(name, "child"): held["child"], (name, "asked"): held["asked"], (name, None): held.total()}
            reader.adds_up((name, None), [(name, "child"), (name, "asked")])
            if bases.get(value) is not None:
                reader.knows((name, None), held.total())
            if cells.get(value) is not None:
                reader.knows((name, "asked"), held["asked"])
        children = sum(held["child"] for held in counted.values())
        reader.equals([((split, value), "child") for value in counted], children)
        reader.equals([((split, value), None) for value in counted], NUMBER)
    recovered = reader.recovers(truth)
    return reader.attempts, recovered


def _part(each, split):
    words = {"ethnic_group": each.ethnic_group or "not_recorded"}
    words["language_need"] = "interpreter" if each.needs_language else "no_need"
    words["disability"] = "disability" if each.is_disabled else "no_disability"
    return words[split]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_those_asked_about_themselves_taken_from_everybody_give_no_few_children_away(database, seed):
    attempts, recovered = attack_those_asked(database, seed)
    assert attempts > 0
    assert recovered == []


def test_with_every_part_shown_the_few_children_are_what_is_left(database, monkeypatch):
    monkeypatch.setattr(disclosure, "two_way_together", siege.nothing_hidden)
    assert attack_those_asked(database, 1)[1]


def test_gated_one_by_one_it_gives_some_away(database, monkeypatch):
    monkeypatch.setattr(disclosure, "compare", siege.each_alone)
    assert attack(database, 1)[1]
