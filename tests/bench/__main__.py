"""`make bench`: every measurement, one JSON object a line."""

from __future__ import annotations

from tests.bench import submissions

MEASUREMENTS = (submissions.measure,)

for measure in MEASUREMENTS:
    measure()
