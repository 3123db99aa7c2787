"""The one gate: takes raw counts and gives only what may be shown, or None and the reason.

Promises that nothing shown, alone or side by side within one release, lets a count of one to five people be narrowed
to a range under three. Must not know the database, the web, words that people wrote, or when an answer came.
"""

from feedback.reports.disclosure.bases import (
    base,
    may_filter,
    may_follow,
    may_show_year,
    may_split_by,
    running_base,
    shown_parts,
)
from feedback.reports.disclosure.comparisons import compare
from feedback.reports.disclosure.crowds import WHOLE, Population
from feedback.reports.disclosure.groups import difference, distribution, share, verdict, withheld
from feedback.reports.disclosure.quotes import may_quote
from feedback.reports.disclosure.rules import RUNNING_STEP, Released, Shown, Why
from feedback.reports.disclosure.sequels import may_replace, year
from feedback.reports.disclosure.shapes import Block, Cell, ShownDistribution, ShownShare
from feedback.reports.disclosure.tables import ShownTable, Table, two_way, two_way_together

__all__ = [
    "RUNNING_STEP",
    "WHOLE",
    "Block",
    "Cell",
    "Population",
    "Released",
    "Shown",
    "ShownDistribution",
    "ShownShare",
    "ShownTable",
    "Table",
    "Why",
    "base",
    "compare",
    "difference",
    "distribution",
    "may_filter",
    "may_follow",
    "may_quote",
    "may_replace",
    "may_show_year",
    "may_split_by",
    "running_base",
    "share",
    "shown_parts",
    "two_way",
    "two_way_together",
    "verdict",
    "withheld",
    "year",
]
