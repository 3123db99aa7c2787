"""A quarter's release beside the best plain SQL found for the same groups; its memory; the manager's overview.

Inside a measured release is everything `flask release` does once comments are analysed: counting, the gate with its
proof, the layout, the digest, the sealed exact counts, and the commit with its audit line. The reference groups the same
tables by everything a release shows, reading every answer once, in the quickest of three wordings on that database: no
gate, nothing laid out, nothing kept. Both take turns; medians of wall clock and of processor time are told, the server's included where there is one. Each size runs in
a process of its own, so that memory is the release's alone. The sizes are `BENCH_RESPONSES` ("10000 100000" unless set;
"1000000" takes about ten minutes).
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, text

from feedback import create_app
from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.db import Database
from feedback.reports import releases
from feedback.reports.models import Release
from tests.bench import crowd
from tests.bench.crowd import QUARTER, Postgres, Sqlite
from tests.bench.line import report
from tests.client import Client
from tests.conftest import close, configure, prepare
from tests.postgres import Cluster, NotAvailable

SIZES = "10000 100000"
ROUNDS = {10_000: 15, 100_000: 5}
"""Rounds for sizes up to so many; one where there are more. One before them is not counted: it imports the solver."""
EMAIL, PASSWORD = "manager@council.example", "a-long-made-up-one"
LOOKS = 15
MEMORY = 200
BEST = "best plain SQL found for the same groups"

OURS = "r.quarter = :quarter AND NOT r.is_withdrawn AND r.audience IN ('child', 'young', 'parent')"
WROTE = "EXISTS (SELECT 1 FROM comments c WHERE c.response_id = r.id)"
EVERY_QUESTION = ", ".join(
    f"'{letter}_{name}'" for letter in "cyp" for name in (*crowd.CONSTRUCTS, "rights", "support")
)
WORDINGS = (
    "substr(a.question_id, 1, 2) <> 'e_'",
    f"a.question_id IN ({EVERY_QUESTION})",
    f"coalesce(a.question_id, '') IN ({EVERY_QUESTION})",
)
"""Ways of asking for all but the questions about oneself: which is quickest depends on the database and the size."""
ALIKE = """WITH people AS MATERIALIZED (
      SELECT id, dense_rank() OVER (ORDER BY audience, event_type, service) AS known,
             dense_rank() OVER (ORDER BY audience, age, ethnic, traveller, disability, need) AS asked
        FROM (SELECT r.id, r.audience, r.event_type, r.service, coalesce(r.age_band, a.choice) AS age,
                     e.choice AS ethnic, t.choice AS traveller, d.choice AS disability, i.choice AS need
                FROM responses r
                LEFT JOIN answers a ON a.response_id = r.id AND a.question_id = 'e_age'
                LEFT JOIN answers e ON e.response_id = r.id AND e.question_id = 'e_ethnic'
                LEFT JOIN answers t ON t.response_id = r.id AND t.question_id = 'e_ethnic_white'
                LEFT JOIN answers d ON d.response_id = r.id AND d.question_id = 'e_disability'
                LEFT JOIN answers i ON i.response_id = r.id AND i.question_id = 'e_interpreter'
               WHERE {ours}) each_one),
    counted AS MATERIALIZED (
      SELECT known, asked, question_id, state, value, choice, count(*) AS n
        FROM people p JOIN answers a ON a.response_id = p.id WHERE {wording}
       GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT 1, known, question_id, state, value, choice, sum(n) FROM counted GROUP BY 1, 2, 3, 4, 5, 6
     UNION ALL
    SELECT 2, asked, question_id, state, value, choice, sum(n) FROM counted GROUP BY 1, 2, 3, 4, 5, 6"""
OTHERS = (
    f"SELECT audience, event_type, service, count(*) FROM responses r WHERE {OURS} GROUP BY 1, 2, 3",
    f"SELECT language, count(*) FROM responses r WHERE {OURS} GROUP BY 1",
    f"SELECT beside, count(*) FROM responses r WHERE {OURS} GROUP BY 1",
    f"SELECT audience, event_type, count(*) FROM responses r WHERE {OURS} AND {WROTE} GROUP BY 1, 2",
    f"""SELECT theme, tone, audience, event_type, count(*) FROM (
           SELECT c.response_id, f.theme, min(CASE WHEN f.tone >= 0.05 THEN 1 WHEN f.tone <= -0.05 THEN -1 ELSE 0 END)
                  AS tone, max(r.audience) AS audience, max(r.event_type) AS event_type
             FROM responses r JOIN comments c ON c.response_id = r.id JOIN found_themes f ON f.comment_id = c.id
            WHERE {OURS} GROUP BY c.response_id, f.theme) each_one
        GROUP BY 1, 2, 3, 4""",
    f"""SELECT f.tone, count(*) FROM responses r JOIN comments c ON c.response_id = r.id
         JOIN findings f ON f.comment_id = c.id WHERE {OURS} GROUP BY 1""",
)


def measure() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    sizes = [int(size) for size in os.environ.get("BENCH_RESPONSES", SIZES).split()]
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", sizes, lambda size: _on_sqlite(Path(folder), size), server=None)
    try:
        cluster = Cluster.start()
    except NotAvailable:
        return
    try:
        _measure("PostgreSQL", sizes, lambda size: _on_postgres(cluster, size), server=_server(cluster))
    finally:
        cluster.stop()


def _measure(name: str, sizes: list[int], filled: Callable[[int], str], *, server: int | None) -> None:
    """Measure every size in a process of its own, then the overview over most and over fewest in turns.

    `server` is the process that the database's own processes come from.
    """
    urls = {}
    for size in sizes:
        urls[size] = filled(size)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            pool.apply(_one, (name, urls[size], size, server))
    if len(urls) == 1:
        return
    with tempfile.TemporaryDirectory() as folder:
        apps = [create_app(configure(Path(folder), urls[size])) for size in (min(sizes), max(sizes))]
        fewest, most = _overviews(apps)
        for app in apps:
            close(app)
    title = f"manager's overview over {max(sizes)} responses, {name}"
    report(title, most * 1000, "ms", reference=f"itself over {min(sizes)}", reference_value=fewest * 1000, n=LOOKS)


def _on_sqlite(folder: Path, size: int) -> str:
    url = f"sqlite:///{folder / f'{size}.db'}"
    prepare(configure(folder, url))
    crowd.fill(Sqlite(str(folder / f"{size}.db")), size)
    return url


def _on_postgres(cluster: Cluster, size: int) -> str:
    url = cluster.create(f"bench_{size}")
    with tempfile.TemporaryDirectory() as folder:
        prepare(configure(Path(folder), url))
    crowd.fill(Postgres(url), size)
    return url


def _one(name: str, url: str, size: int, server: int | None) -> None:
    """Report a release of one size beside its reference, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(configure(Path(folder), url))
        database: Database = app.extensions["database"]
        idle, rounds = _peak(), next((rounds for most, rounds in ROUNDS.items() if size <= most), 1)
        best = min(map(_alike, WORDINGS), key=lambda each: _spent(partial(_plain, database, [each]), None))
        statements = (best, *OTHERS)
        ours, plain = [], []
        for _ in range(rounds + (rounds > 1)):
            _forget(database)
            ours.append(_spent(lambda: releases.compute(database, QUARTER), server))
            above = _peak() - idle
            plain.append(_spent(partial(_plain, database, statements), server))
        what = f"release of a quarter of {size}, {name}"
        for place, clock in enumerate(("", ", processor time")):
            ours_took, plain_took = (
                statistics.median(each[place] for each in took[-rounds:]) for took in (ours, plain)
            )
            report(what + clock, ours_took, "s", reference=BEST, reference_value=plain_took, n=rounds)
        report(f"memory of a {what}, above idle", above, "MB", reference="aim", reference_value=MEMORY, n=rounds)
        close(app)


def _spent(work: Callable[[], None], server: int | None) -> tuple[float, float]:
    """Return the seconds that work takes by the wall clock, and those of all processors, the server's included."""
    before, started = _processor_time(server), time.perf_counter()
    work()
    return time.perf_counter() - started, _processor_time(server) - before


def _processor_time(server: int | None) -> float:
    """Return the seconds that this process, and a server's processes, have been at work so far."""
    if server is None:
        return time.process_time()
    of_server = [int(each.parent.name) for each in Path("/proc").glob("[0-9]*/stat") if _parent(each) == server]
    alive = sum(int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[0]) for pid in of_server) / 1e9
    # Helpers that a query starts end with it; what they took is added up at the process they come from.
    ended = Path(f"/proc/{server}/stat").read_text("ascii").rpartition(")")[2].split()[13:15]
    return time.process_time() + alive + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text("ascii", errors="replace").rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0  # it has just ended


def _server(cluster: Cluster) -> int | None:
    """Return the process that a server of our own starts its others from."""
    return int((cluster.data / "data" / "postmaster.pid").read_text("ascii").split()[0]) if cluster.data else None


def _forget(database: Database) -> None:
    with database.transaction() as session:
        session.execute(delete(Release))


def _alike(wording: str) -> str:
    return ALIKE.format(ours=OURS, wording=wording)


def _plain(database: Database, statements: Iterable[str]) -> None:
    with database.engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement), {"quarter": str(QUARTER)}).all()


def _peak() -> float:
    """Return this process's largest memory so far in MB.

    As Linux tells it of the program alone: `getrusage` starts from what the parent held when it forked.
    """
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


def _overviews(apps: list[Flask]) -> list[float]:
    """Return the median seconds of the manager's overview in each app, signed in, once the release is there."""
    looks: list[list[float]] = [[] for _ in apps]
    readers = [_manager(app) for app in apps]
    for _ in range(LOOKS + 1):
        for reader, times in zip(readers, looks, strict=True):
            times.append(_spent(partial(_look, reader), None)[0])
    return [sorted(times[1:])[LOOKS // 2] for times in looks]


def _manager(app: Flask) -> Client:
    with app.extensions["database"].transaction() as session:
        accounts.add_person(session, email=EMAIL, roles=[Role.MANAGER], password=PASSWORD, by="bench")
    staff = Client(app.test_client())
    way_in = staff.get("/staff/")
    staff.http.post(way_in.url, data={**way_in.markup.hidden, "email": EMAIL, "password": PASSWORD})
    return staff


def _look(staff: Client) -> None:
    assert staff.http.get(f"/staff/figures/{QUARTER}").status_code == 200


if __name__ == "__main__":
    measure()
