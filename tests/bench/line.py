"""The one format of a measurement."""

from __future__ import annotations

import json
import sys


def report(name: str, value: float, unit: str, *, reference: str, reference_value: float, n: int) -> None:
    """Print one measurement as a JSON line; `ratio` is value over reference."""
    ratio = round(value / reference_value, 3) if reference_value else None
    line = {"name": name, "value": round(value, 3), "unit": unit, "reference": reference}
    line |= {"reference_value": round(reference_value, 3), "ratio": ratio, "n": n}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
