"""Remember what was found out about the words met so far: most of what people type has been met before.

Knows nothing about words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

MOST = 20_000
"""In ten thousand of our comments stand eleven thousand different words."""


class Remembered(dict[_Key, _Value]):
    """What a function said, by what it was asked; forgotten whole when full, so that its size is bounded.

    Faster than `lru_cache`, which keeps in mind when each word was last met.
    """

    def __init__(self, of: Callable[[_Key], _Value], most: int = MOST) -> None:
        super().__init__()
        self._of, self._most = of, most

    def __missing__(self, key: _Key) -> _Value:
        """Ask the function about something not met yet."""
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._of(key)
        return value
