"""The numbers of the rules, the reasons for withholding, and the shape of everything that leaves the gate.

Must not know tables, solvers or pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

MIN_BASE = 10
"""Smallest group with any figure (practice 3.7 rule 1; ONS rule of thumb and the GP Patient Survey use the same)."""

LARGEST_SMALL = 5
"""Cells of 1 to this are never shown (Department for Education, children in need statistics; practice 3.7 rule 2)."""

NORMAL_BASE = 30
"""From here on whole percent and true 0 % and 100 %; below it "small numbers" (practice 3.7 rules 1, 2 and 4)."""

COUNT_STEP = 5
"""Published counts are multiples of this (practice 3.7 rule 2)."""

COARSE_STEP = 5
"""Percentages of small numbers are multiples of this (practice 3.7 rule 2)."""

RUNNING_STEP = 10
"""New responses the running quarter waits for before it moves."""

MIN_RANGE = 3
"""A hidden cell is safe while its largest possible value is at least this above its smallest (practice 3.8)."""


class Why(StrEnum):
    """Why a figure is withheld or coarse; the value is plain English, the catalogues hold the other languages."""

    FEWER_THAN_TEN = "fewer than ten"
    FEW_ANSWERED = "fewer than ten answered, or the few who did not could be recognised"
    FEW_LEFT = "fewer than ten would be left over"
    SMALL_NUMBERS = "so few that people could be recognised, or what would give them away"
    WORKED_OUT = "a hidden figure could be worked out from it"
    NOT_ASKED = "nobody was asked"
    REFUSED = "no safe way to show this table was found"
    NOT_OFFERED = "this combination is not offered"
    NOT_YET = "shown once the quarter is final"
    NO_CONSENT = "the person did not agree to be quoted"
    NOT_READ = "not yet read by a person"
    NOT_REDACTED = "names and places not yet checked"
    WITH_ETHNIC_GROUP = "never beside ethnic group"
    NO_ENTRY = "nothing to show"


T = TypeVar("T")

_ALREADY_PLAIN = frozenset({str, int, bool})


class Shown:
    """Whatever left the gate: a frozen dataclass with slots, which turns into plain JSON."""

    __slots__: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return only dicts, lists, strings, whole numbers, booleans and None."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Released(Shown, Generic[T]):
    """One value that may be shown, or None and the reason."""

    value: T | None
    why: Why | None = None

    def __post_init__(self) -> None:
        if self.value is None and self.why is None:
            raise ValueError("A withheld figure says why.")


def is_small(count: int) -> bool:
    """Return whether a cell must never be shown."""
    return 0 < count <= LARGEST_SMALL


def round_down(count: int, step: int = COUNT_STEP) -> int:
    """Round down to a multiple of `step`, for bases: "at least this many" is true and never flatters."""
    return count // step * step


def _plain(value: Any) -> Any:
    if value is None or type(value) in _ALREADY_PLAIN:
        return value
    if isinstance(value, Shown):
        return value.as_json()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, StrEnum) else value
