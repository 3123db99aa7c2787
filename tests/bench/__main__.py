"""`make bench`: every measurement, one JSON object a line."""

from __future__ import annotations

from tests.bench import first_view, languages, reading_age, submissions

MEASUREMENTS = (submissions.measure, first_view.measure, reading_age.measure, languages.measure)

for measure in MEASUREMENTS:
    measure()
