"""The released figures of the demonstration, worked out a second time from the raw tables by other means, and compared.

Shares no code with `reports`: bare SQL, sets in Python, and the interval in its textbook form.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict

import pytest

from feedback.clock import Quarter
from feedback.reports import releases

PAST = Quarter.current().shifted(-2)
RESPONSES, QUARTERS = 180, 3
FAVOURABLE = {"4", "5", "yes"}
SCORED = {"support": {"yes", "no"}, "rights": {"yes", "not_sure", "no"}}
FACES = {"1", "2", "3", "4", "5"}
SMALL = range(1, 6)
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def released(app, database):
    """The figures of a final quarter of sixty people."""
    arguments = ["demo", "--responses", str(RESPONSES), "--quarters", str(QUARTERS)]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    return releases.current(database, PAST).figures


@pytest.fixture
def raw(tmp_path, released):
    """The raw tables, once the release has been made of them."""
    assert released["responses"]["base"] is not None
    with sqlite3.connect(tmp_path / "feedback.db") as connection:
        yield connection
    connection.close()


def people_of(raw):
    """Return the ids of the quarter's people by group."""
    rows = raw.execute(
        "SELECT id, audience FROM responses WHERE quarter = ? AND NOT is_withdrawn AND audience <> 'observation'",
        (str(PAST),),
    )
    found = defaultdict(set)
    for name, group in rows:
        found[group].add(name)
    return found


def said(raw, construct, who):
    """Return the scored answers of these people to a question, one each."""
    fits = SCORED.get(construct, FACES)
    rows = raw.execute(
        "SELECT response_id, coalesce(choice, CAST(value AS TEXT)) FROM answers WHERE state = 'answered' AND"
        " question_id IN (?, ?, ?)",
        tuple(f"{letter}_{construct}" for letter in "cyp"),
    )
    return [answer for person, answer in rows if person in who and answer in fits]


def wilson(share, base):
    """Return the textbook form of the interval: a shifted centre and a half width."""
    z = 1.96
    centre = (share + z * z / (2 * base)) / (1 + z * z / base)
    half = z / (1 + z * z / base) * math.sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    return 100 * max(0, centre - half), 100 * min(1, centre + half)


def check_share(shown, favourable, base):
    """Compare a shown share with the truth: withheld where it must be, else right as far as it is rounded."""
    if base < 10:
        assert shown["base"] is None
        return False
    if shown["base"] is not None:
        assert shown["base"] % 5 == 0
        assert base - 10 < shown["base"] <= base
    if favourable in SMALL or base - favourable in SMALL:
        assert shown["percent"] is None
    if shown["percent"] is None:
        return False
    assert abs(shown["percent"] - 100 * favourable / base) <= shown["step"] / 2 + 1e-9
    low, high = wilson(shown["percent"] / 100, shown["base"])
    assert 0 <= low - shown["low"] + 1e-6 < shown["step"] + 1e-6
    assert 0 <= shown["high"] - high + 1e-6 < shown["step"] + 1e-6
    return True


def test_every_share_is_what_the_raw_tables_say(released, raw):
    groups = people_of(raw)
    everybody = set().union(*groups.values())
    assert released["responses"]["base"] == len(everybody) // 5 * 5
    compared = 0
    for construct in released["constructs"]:
        shares = [(construct["everyone"]["favourable"], everybody)]
        shares += [(each["favourable"], groups[each["id"]]) for each in construct["groups"]]
        for shown, who in shares:
            answers = said(raw, construct["id"], who)
            compared += check_share(shown, sum(each in FAVOURABLE for each in answers), len(answers))
    assert compared >= len(released["constructs"])


def test_every_answer_shown_is_what_the_raw_tables_say(released, raw):
    everybody = set().union(*people_of(raw).values())
    compared = 0
    for construct in released["constructs"]:
        answers = said(raw, construct["id"], everybody)
        for block in construct["everyone"]["blocks"]:
            held = sum(each in block["states"] for each in answers)
            assert held == 0 or held > max(SMALL)
            assert abs(block["percent"] - 100 * held / len(answers)) <= construct["everyone"]["favourable"]["step"]
            compared += 1
    assert compared > len(released["constructs"])


def themes_of(raw, who):
    """Return the people of each theme: what a reader decided of a comment, else what the machine found in it."""
    comments = [row for row in raw.execute("SELECT id, response_id FROM comments") if row[1] in who]
    readings = dict(raw.execute("SELECT comment_id, id FROM readings WHERE NOT is_second"))
    found, decided = defaultdict(set), defaultdict(set)
    for comment, person in comments:
        if comment in readings:
            rows = raw.execute("SELECT theme FROM read_themes WHERE reading_id = ?", (readings[comment],))
        else:
            rows = raw.execute("SELECT theme FROM found_themes WHERE comment_id = ?", (comment,))
        for (theme,) in rows:
            found[theme].add(person)
            if comment in readings:
                decided[theme].add(person)
    return found, decided, {person for _, person in comments}, len(comments)


def test_every_theme_counts_the_people_the_raw_tables_say(released, raw):
    everybody = set().union(*people_of(raw).values())
    found, decided, wrote, comments = themes_of(raw, everybody)
    assert released["comments"]["base"] == comments // 5 * 5
    assert released["comments"]["people"] == len(wrote) // 5 * 5
    compared = 0
    for theme in released["themes"]:
        people = len(found[theme["id"]])
        if people in SMALL:
            assert theme["people"] is None
        if theme["people"] is None:
            continue
        assert abs(theme["people"] - people) <= 2
        check_share(theme["share"], people, len(wrote))
        check_share(theme["by_person"], len(decided[theme["id"]]), people)
        compared += people > 0
    assert compared >= 3  # which themes reach ten people follows from the engine
