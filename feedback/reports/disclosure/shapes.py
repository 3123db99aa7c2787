"""What the figures of one question look like once they may be shown.

Frozen facts for templates, files and later arithmetic; must not know the raw counts behind them.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedback.reports.disclosure.rules import Shown, Why


@dataclass(frozen=True, slots=True)
class ShownShare(Shown):
    """A share in whole percent, or only the range it lies in.

    `percent` is rounded to `step`; where it is None, `why` says so and `at_least`/`at_most` (percent) are what may
    still be said ("most: 75 % or more"), or None when nothing may. `base` is rounded down to 5, `small` asks for the
    words "small numbers", `low` and `high` are the 95% Wilson interval in percent, from the shown figures alone.
    """

    percent: int | None
    base: int | None
    small: bool
    step: int
    at_least: int | None = None
    at_most: int | None = None
    low: int | None = None
    high: int | None = None
    why: Why | None = None

    @property
    def word(self) -> str | None:
        """`few` or `most` where only a range is shown."""
        if self.percent is not None or self.at_most is None or self.at_least is None:
            return None
        return "most" if self.at_least > 0 else "few"


@dataclass(frozen=True, slots=True)
class Block(Shown):
    """Answers shown together, best first, and their percent of the base."""

    states: tuple[str, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class Cell(Shown):
    """One answer on its own: its percent, or None because it is hidden among its neighbours."""

    state: str
    percent: int | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class ShownDistribution(Shown):
    """Everything that may be shown of one question in one group.

    `cells` has every answer, best first; `blocks` the same answers as they may be drawn (none when nothing may be, and
    neither where only the share is offered);
    `unanswered` don't know, won't say and blank as percent of those asked; `not_asked` as a share of the group.
    """

    favourable: ShownShare
    top_box: ShownShare
    cells: tuple[Cell, ...]
    blocks: tuple[Block, ...]
    unanswered: tuple[Cell, ...]
    not_asked: ShownShare
    why: Why | None = None
