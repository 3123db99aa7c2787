"""Many invented responses straight into a prepared database, without intake: for measuring what comes after.

Words are not encrypted: no figure opens them. The same for the same seed, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

import psycopg

from feedback.clock import Quarter
from feedback.text.analyse import ENGINE

QUARTER = Quarter.current().shifted(-2)
EVENTS = ("icpc", "rcpc", "core_group", "cin", "tac", "fgc", "assessment", "intervention")
THEMES = ("listened", "plan", "respect", "explain", "help", "timely", "worker", "language")
CONSTRUCTS = ("heard", "clear", "plan", "respect", "identity", "difference")
ETHNIC = ("white", "mixed", "asian", "black", "other")
CHUNK = 20_000
Row: TypeAlias = tuple[object, ...]

COLUMNS = {
    "responses": (
        "id submission_hash receipt_hash version_id language audience family event_type timing stage has_code may_quote"
        " quarter arrival is_withdrawn is_demo beside"
    ),
    "answers": "response_id question_id state value choice",
    "comments": "id response_id question_id sealed_text",
    "findings": "comment_id engine language tone score confidence sealed_redacted",
    "found_themes": "comment_id theme score tone",
}


class Store(Protocol):
    """A database that takes many rows at once."""

    def versions(self) -> dict[str, int]:
        """Return the newest version of each questionnaire."""

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table."""

    def finish(self) -> None:
        """Keep everything, and let the database learn how much there is."""


NEWEST = "SELECT audience, max(id) FROM questionnaire_versions GROUP BY audience"


class Sqlite:
    """The embedded database."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path)

    def versions(self) -> dict[str, int]:
        """Return the newest version of each questionnaire."""
        return dict(self._connection.execute(NEWEST))

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table."""
        names = COLUMNS[table].split()
        marks = ", ".join("?" * len(names))
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)

    def finish(self) -> None:
        """Keep everything."""
        self._connection.commit()
        self._connection.close()


class Postgres:
    """A server's database."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def versions(self) -> dict[str, int]:
        """Return the newest version of each questionnaire."""
        return dict(self._connection.execute(NEWEST).fetchall())

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table."""
        names = ", ".join(COLUMNS[table].split())
        with self._connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self) -> None:
        """Let the planner learn how much there is, as it does by itself within minutes."""
        self._connection.execute("ANALYZE")
        self._connection.close()


def fill(store: Store, size: int, seed: int = 7) -> None:
    """Store `size` responses with eight answers each; every second one has words with two themes."""
    draw = random.Random(seed)
    versions = store.versions()
    for start in range(0, size, CHUNK):
        people = [_person(draw, number, versions) for number in range(start, min(size, start + CHUNK))]
        store.insert("responses", people)
        store.insert("answers", _answers(draw, people))
        wrote = [(number, person[0]) for number, person in enumerate(people, start=start + 1) if number % 2]
        store.insert("comments", ((*each, "p_good", b"\0") for each in wrote))
        store.insert("findings", ((number, ENGINE, "en", "positive", 0.5, 0.9, b"") for number, _ in wrote))
        store.insert("found_themes", _themes(draw, [number for number, _ in wrote]))
    store.finish()


def _person(draw: random.Random, number: int, versions: dict[str, int]) -> Row:
    audience = draw.choices(("parent", "young", "child"), (5, 3, 2))[0]
    name = f"{draw.getrandbits(96):024x}"
    event = draw.choice(EVENTS)
    known = (name, f"s{number}", f"r{number}", versions[audience], "en", audience, "meeting", event, "later", "")
    return (*known, False, False, str(QUARTER), number + 1, False, False, draw.choice(("no", "advocate")))


def _answers(draw: random.Random, people: Sequence[Row]) -> Iterator[Row]:
    for person in people:
        letter = str(person[5])[0]
        for construct in CONSTRUCTS:
            yield person[0], f"{letter}_{construct}", "answered", draw.randint(1, 5), None
        yield person[0], f"{letter}_rights", "answered", None, draw.choice(("yes", "no", "not_sure"))
        if letter == "c":
            yield person[0], "c_support", "answered", None, draw.choice(("yes", "no"))
        else:
            yield person[0], "e_ethnic", "answered", None, draw.choice(ETHNIC)


def _themes(draw: random.Random, comments: Sequence[int]) -> Iterator[Row]:
    for comment in comments:
        for theme in draw.sample(THEMES, 2):
            yield comment, theme, 0.9, draw.uniform(-1, 1)
