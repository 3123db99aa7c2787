"""`make bench`: every measurement, one JSON object a line."""

from __future__ import annotations

from tests.bench import alerts, disclosure, first_view, languages, reading_age, releases, submissions

GATE_TABLES, GATE_SOLVED = 300, 20
"""Few enough for the whole bench to end within minutes; `tests.bench.disclosure.measure()` does three thousand."""


def gate() -> None:
    """Measure the disclosure gate on few tables."""
    disclosure.measure(GATE_TABLES, GATE_SOLVED)


MEASUREMENTS = (
    submissions.measure,
    alerts.measure,
    first_view.measure,
    reading_age.measure,
    languages.measure,
    releases.measure,
    gate,
)

for measure in MEASUREMENTS:
    measure()
