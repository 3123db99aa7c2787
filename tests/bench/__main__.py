"""`make bench`: every measurement, one JSON object a line."""

from __future__ import annotations

from tests.bench import alerts, attacks, disclosure, first_view, languages, reading_age, releases, submissions, text

MEASUREMENTS = (
    submissions.measure,
    alerts.measure,
    first_view.measure,
    reading_age.measure,
    languages.measure,
    releases.measure,
    disclosure.measure,
    attacks.measure,
    text.measure,
)

for measure in MEASUREMENTS:
    measure()
