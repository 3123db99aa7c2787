"""A whole release under attack: what an output shows of every population of every question, read together.

An output is `Told`: question -> population -> {"favourable": share as JSON, "blocks": [...]}. What it says of themes is
`Themes`: theme -> (variable, value) -> count or None, the theme's own count under `EVERYBODY`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from feedback.reports import disclosure, figures
from feedback.reports.disclosure import WHOLE
from feedback.reports.standing import two_sides
from tests.unit.reports import attack

Told: TypeAlias = dict[str, dict[frozenset, dict]]
Themes: TypeAlias = dict[str, dict[tuple[str, str], int | None]]
EVERYBODY = ("", "")
NOTHING = {"favourable": {"percent": None, "at_least": None, "at_most": None, "base": None, "step": 5, "why": ""}}


def everything_shown(populations, **_):
    """Show every population whole: the gate switched off."""
    return {name: _bare(each) for name, each in populations.items()}


def each_alone(populations, **_):
    """Let every population through the gate by itself, as if the others were not shown beside it."""
    return {name: disclosure.distribution(each) for name, each in populations.items()}


def only_small_hidden(tables):
    """Hide every small count of every table and nothing else, as most services do."""

    def released(count):
        small = count in attack.SMALL
        return disclosure.Released(None, disclosure.Why.SMALL_NUMBERS) if small else disclosure.Released(count)

    return [
        disclosure.ShownTable(
            table.rows,
            table.columns,
            tuple(tuple(map(released, row)) for row in table.counts),
            tuple(released(sum(row)) for row in table.counts),
            tuple(released(sum(column)) for column in zip(*table.counts, strict=True)),
            released(table.size),
        )
        for table in tables
    ]


def nothing_hidden(tables):
    """Show every count of every table: the gate switched off."""
    return [
        disclosure.ShownTable(
            table.rows,
            table.columns,
            tuple(tuple(map(disclosure.Released, row)) for row in table.counts),
            tuple(disclosure.Released(sum(row)) for row in table.counts),
            tuple(disclosure.Released(sum(column)) for column in zip(*table.counts, strict=True)),
            disclosure.Released(table.size),
        )
        for table in tables
    ]


def _bare(counts):
    if not counts.base:
        return disclosure.distribution(counts)
    percents = [figures.percent(count, counts.base) for count in counts.answered]
    share = figures.percent(counts.favourable.count, counts.base)
    blocks = tuple(
        disclosure.Block((state,), percent) for state, percent in zip(counts.scale.states, percents, strict=True)
    )
    shown = disclosure.ShownShare(share, counts.base, False, 1, share, share, 0, 100)
    return disclosure.ShownDistribution(shown, shown, (), blocks, (), shown)


def truth_of(name, counts):
    """Return a population's counts as the attack names them."""
    share = counts.favourable
    found = {
        (name, None): share.base,
        (name, "favourable"): share.count,
        (name, "other"): share.base - share.count,
    }
    return found | {(name, state): n for state, n in zip(counts.scale.states, counts.answered, strict=True)}


def read(reader, truth, name, shown, counts):
    """Read one population of one question; the reader has learnt every shown base and count exactly."""
    truth |= truth_of(name, counts)
    reader.adds_up((name, None), [(name, state) for state in counts.scale.states])
    attack.read_question(reader, name, {"blocks": [], **shown}, counts.scale, truth)
    if shown["favourable"]["why"] == "fewer than ten":
        reader.knows((name, None), 0, 9)


def attack_told(told: Told, raw: Mapping) -> tuple[int, list]:
    """Attack every question of an output, all its populations together; return (attempts, recovered)."""
    attempts, recovered = 0, []
    for construct, shown in told.items():
        reader, truth = attack.Reader(), {}
        exact = raw[construct]
        blocks = shown.get(WHOLE, NOTHING).get("blocks", [])
        in_full = all(state in exact[WHOLE].scale.states for block in blocks for state in block["states"])
        held = {name: each if in_full else two_sides(each) for name, each in exact.items()}
        for name, counts in held.items():
            read(reader, truth, name, shown.get(name, NOTHING), counts)
        _add_up(reader, truth, held)
        recovered += reader.recovers(truth, [key for key in truth if key[1] in {"favourable", "other"}])
        attempts += reader.attempts
    return attempts, recovered


def _add_up(reader, truth, held):
    """Tell the reader how parts make up their parents, with whoever is in no part as one more."""
    variables = sorted({variable for name in held for variable, _ in name})
    for parent in held:
        for variable in variables:
            parts = [
                name
                for name in held
                if parent < name and {v for v, _ in name - parent} == {variable} and len(name) == len(parent) + 1
            ]
            if not parts:
                continue
            rest = ("rest", parent, variable)
            states = held[parent].scale.states
            for answer in (None, "favourable", "other", *states):
                truth[rest, answer] = truth[parent, answer] - sum(truth[name, answer] for name in parts)
            reader.adds_up((rest, None), [(rest, state) for state in states])
            attack.read_groups(reader, parent, [*parts, rest], states)


def attack_themes(told: Themes, raw: Themes) -> tuple[int, list]:
    """Attack every theme's tones, groups and kinds of event together; return (attempts, recovered)."""
    reader, truth = attack.Reader(), {}
    for theme, exact in raw.items():
        shown = told.get(theme, {})
        for name, count in exact.items():
            truth[theme, name] = count
            if shown.get(name) is not None:
                reader.knows((theme, name), count)
        for variable in ("tone", "group", "event_type"):
            reader.adds_up((theme, EVERYBODY), [(theme, name) for name in exact if name[0] == variable])
    recovered = reader.recovers(truth)
    return reader.attempts, recovered
