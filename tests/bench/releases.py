"""A quarter's release at two sizes beside plain SQL for the same groups; the manager's overview; memory.

The reference is what a specialist would type: the same groupings over the same tables, no gate, nothing laid out.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from feedback import create_app
from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.config import Config
from feedback.db import Database
from feedback.reports import counting, releases
from feedback.reports.counting import Slice
from feedback.text.analyse import ENGINE
from tests.bench.line import report
from tests.client import Client
from tests.conftest import close, configure, prepare

SIZES = (10_000, 100_000)
QUARTER = Quarter.current().shifted(-2)
EMAIL, PASSWORD = "manager@council.example", "a-long-made-up-one"
EVENTS = ("icpc", "rcpc", "core_group", "cin", "tac", "fgc", "assessment", "intervention")
THEMES = ("listened", "plan", "respect", "explain", "help", "timely", "worker", "language")
LOOKS = 5

PEOPLE = """
    SELECT r.id, r.audience, coalesce(r.age_band, a.choice) AS age, e.choice AS ethnic, t.choice AS traveller,
           d.choice AS disability, i.choice AS need
      FROM responses r
      LEFT JOIN answers a ON a.response_id = r.id AND a.question_id = 'e_age'
      LEFT JOIN answers e ON e.response_id = r.id AND e.question_id = 'e_ethnic'
      LEFT JOIN answers t ON t.response_id = r.id AND t.question_id = 'e_ethnic_white'
      LEFT JOIN answers d ON d.response_id = r.id AND d.question_id = 'e_disability'
      LEFT JOIN answers i ON i.response_id = r.id AND i.question_id = 'e_interpreter'
     WHERE r.quarter = :quarter AND NOT r.is_withdrawn
"""
PLAIN_SQL = (
    """SELECT audience, event_type, service, count(*) FROM responses
        WHERE quarter = :quarter AND NOT is_withdrawn GROUP BY 1, 2, 3""",
    """SELECT a.question_id, a.state, a.value, a.choice, r.audience, r.event_type, r.service, count(*)
         FROM responses r JOIN answers a ON a.response_id = r.id
        WHERE r.quarter = :quarter AND NOT r.is_withdrawn AND substr(a.question_id, 1, 2) <> 'e_'
        GROUP BY 1, 2, 3, 4, 5, 6, 7""",
    f"""WITH people AS MATERIALIZED ({PEOPLE})
        SELECT audience, age, ethnic, traveller, disability, need, count(*) FROM people GROUP BY 1, 2, 3, 4, 5, 6""",
    f"""WITH people AS MATERIALIZED ({PEOPLE})
        SELECT a.question_id, a.state, a.value, a.choice, p.audience, age, ethnic, traveller, disability, need, count(*)
          FROM people p JOIN answers a ON a.response_id = p.id WHERE substr(a.question_id, 1, 2) <> 'e_'
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10""",
    """SELECT theme, tone, audience, event_type, count(*) FROM (
           SELECT c.response_id, f.theme, max(f.tone > 0) AS tone, r.audience, r.event_type
             FROM responses r JOIN comments c ON c.response_id = r.id JOIN found_themes f ON f.comment_id = c.id
            WHERE r.quarter = :quarter AND NOT r.is_withdrawn GROUP BY c.response_id, f.theme)
        GROUP BY 1, 2, 3, 4""",
    """SELECT f.tone, count(*) FROM responses r JOIN comments c ON c.response_id = r.id
         JOIN findings f ON f.comment_id = c.id WHERE r.quarter = :quarter AND NOT r.is_withdrawn GROUP BY 1""",
)


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure a release and the overview at each size."""
    pages = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            instance = Path(folder)
            config = configure(instance, f"sqlite:///{instance / 'feedback.db'}")
            prepare(config)
            fill(instance / "feedback.db", size)
            pages[size] = _measure_one(config, instance / "feedback.db", size)
    smallest, largest = min(sizes), max(sizes)
    name = f"manager's overview over {largest} responses"
    reference = f"itself over {smallest}"
    report(name, pages[largest] * 1000, "ms", reference=reference, reference_value=pages[smallest] * 1000, n=LOOKS)


def _measure_one(config: Config, path: Path, size: int) -> float:
    """Report the release of one size; return the seconds of an overview."""
    app = create_app(config)
    database: Database = app.extensions["database"]
    plain, idle = _plain(path), _peak()
    started = time.perf_counter()
    with database.reading() as session:
        counting.count(session, Slice(QUARTER))
    counted = time.perf_counter() - started
    started = time.perf_counter()
    releases.compute(database, QUARTER)
    whole = time.perf_counter() - started
    reference = "plain SQL, same groups"
    report(f"counting a quarter of {size}", counted, "s", reference=reference, reference_value=plain, n=size)
    report(
        f"release of a quarter of {size}, gated and kept",
        whole,
        "s",
        reference=reference,
        reference_value=plain,
        n=size,
    )
    report(
        f"memory of that release above idle, {size}", _peak() - idle, "MB", reference="aim", reference_value=200, n=size
    )
    seconds = _overview(app)
    close(app)
    return seconds


def _plain(path: Path) -> float:
    with sqlite3.connect(path) as connection:
        started = time.perf_counter()
        for statement in PLAIN_SQL:
            connection.execute(statement, {"quarter": str(QUARTER)}).fetchall()
        return time.perf_counter() - started


def _peak() -> float:
    """Return this process's largest memory so far in MB (kilobytes on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _overview(app: Flask) -> float:
    """Return the median seconds of the manager's overview, signed in, once the release is there."""
    with app.extensions["database"].transaction() as session:
        accounts.add_person(session, email=EMAIL, roles=[Role.MANAGER], password=PASSWORD, by="bench")
    staff = Client(app.test_client())
    way_in = staff.get("/staff/")
    staff.http.post(way_in.url, data={**way_in.markup.hidden, "email": EMAIL, "password": PASSWORD})
    times = []
    for _ in range(LOOKS + 1):
        started = time.perf_counter()
        assert staff.http.get(f"/staff/figures/{QUARTER}").status_code == 200
        times.append(time.perf_counter() - started)
    return sorted(times[1:])[LOOKS // 2]


def fill(path: Path, size: int, seed: int = 7) -> None:
    """Put `size` responses with eight answers each into a prepared database; every second one has words with themes."""
    draw = random.Random(seed)
    with sqlite3.connect(path) as connection:
        versions = dict(connection.execute("SELECT audience, max(id) FROM questionnaire_versions GROUP BY audience"))
        people = [_person(draw, number, versions) for number in range(size)]
        columns = "id, submission_hash, receipt_hash, version_id, language, audience, family, event_type, timing, stage"
        columns += ", has_code, may_quote, quarter, arrival, is_withdrawn, is_demo, beside"
        marks = ", ".join("?" * 17)
        connection.executemany(f"INSERT INTO responses ({columns}) VALUES ({marks})", people)
        connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?)", _answers(draw, people))
        wrote = [(number, person[0]) for number, person in enumerate(people, start=1) if number % 2]
        connection.executemany("INSERT INTO comments VALUES (?, ?, 'p_good', x'00')", wrote)
        found = ((number, ENGINE, "en", "positive", 0.5, 0.9, b"") for number, _ in wrote)
        connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)", found)
        themes = ((number, theme, 0.9, draw.uniform(-1, 1)) for number, _ in wrote for theme in draw.sample(THEMES, 2))
        connection.executemany("INSERT INTO found_themes VALUES (?, ?, ?, ?)", themes)
    connection.close()


def _person(draw: random.Random, number: int, versions: dict[str, int]) -> tuple[object, ...]:
    audience = draw.choices(("parent", "young", "child"), (5, 3, 2))[0]
    name = f"{draw.getrandbits(96):024x}"
    event = draw.choice(EVENTS)
    known = (name, f"s{number}", f"r{number}", versions[audience], "en", audience, "meeting", event, "later", "")
    return (*known, 0, 0, str(QUARTER), number + 1, 0, 0, draw.choice(("no", "advocate")))


def _answers(draw: random.Random, people: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    constructs = ("heard", "clear", "plan", "respect", "identity", "difference")
    for person in people:
        letter = str(person[5])[0]
        for construct in constructs:
            yield person[0], f"{letter}_{construct}", "answered", draw.randint(1, 5), None
        yield person[0], f"{letter}_rights", "answered", None, draw.choice(("yes", "no", "not_sure"))
        if letter == "c":
            yield person[0], "c_support", "answered", None, draw.choice(("yes", "no"))
        else:
            yield person[0], "e_ethnic", "answered", None, draw.choice(("white", "mixed", "asian", "black", "other"))
