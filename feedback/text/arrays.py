"""The one loader of numpy: a second to import, so only the first text that is judged waits for it."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def numpy() -> ModuleType:
    """Import numpy on first use."""
    import numpy  # noqa: ICN001, PLC0415 - heavy, loaded on first use by this one loader

    return numpy
