"""Somebody reads which share of answers came with a card, part by part, and subtracts: nothing small comes out."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest
from sqlalchemy import select

from feedback.clock import Quarter
from feedback.reports import disclosure, releases
from feedback.reports.disclosure import WHOLE
from feedback.reports.figures import YES_NO, Distribution
from feedback.responses.models import Response
from tests.unit.reports import people
from tests.unit.reports.siege import attack_told, each_alone

PAST = Quarter.current().shifted(-2)
NUMBER = 75
ODDS = {"parent": 0.5, "young": 0.9, "child": 0.2}
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def give_cards(session, seed):
    """Let some of the quarter's people come with a card; return who did, population by population."""
    draw, counted = random.Random(seed), defaultdict(Counter)
    for response in session.scalars(select(Response).order_by(Response.arrival)):
        response.has_code = draw.random() < ODDS[response.audience]
        pairs = (("group", response.audience), ("event_type", response.event_type))
        for name in (WHOLE, *(frozenset({pair}) for pair in pairs)):
            counted[name]["yes" if response.has_code else "no"] += 1
    return {name: Distribution.of(YES_NO, held) for name, held in counted.items()}


def attack(database, seed):
    """Read the release beside everybody's exact numbers; return (attempts, recovered)."""
    with database.transaction() as session:
        people.arrive(session, NUMBER, quarter=PAST, seed=seed)
        raw = give_cards(session, seed)
    shown = releases.current(database, PAST).figures["cards"]
    told = {frozenset({(split, part["id"])}): part["share"] for split, rows in shown["splits"].items() for part in rows}
    shares = {name: {"favourable": share, "blocks": []} for name, share in ({WHOLE: shown["everyone"]} | told).items()}
    return attack_told({"cards": shares}, {"cards": raw})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_came_with_a_card_gives_no_small_cell_away(database, seed):
    attempts, recovered = attack(database, seed)
    assert attempts > 0
    assert recovered == []


def test_with_each_part_gated_alone_some_are_given_away(database, monkeypatch):
    monkeypatch.setattr(disclosure, "compare", each_alone)
    assert attack(database, 1)[1]
