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
from feedback.reports.disclosure.groups import difference, distribution, share, verdict
from feedback.reports.disclosure.rules import Released, Shown, Why
from feedback.reports.disclosure.shapes import Block, Cell, ShownDistribution, ShownShare
from feedback.reports.disclosure.tables import ShownTable, Table, two_way, two_way_together

__all__ = [
    "Block",
    "Cell",
    "Released",
    "Shown",
    "ShownDistribution",
    "ShownShare",
    "ShownTable",
    "Table",
    "Why",
    "base",
    "difference",
    "distribution",
    "may_filter",
    "may_follow",
    "may_show_year",
    "may_split_by",
    "running_base",
    "share",
    "shown_parts",
    "two_way",
    "two_way_together",
    "verdict",
]
