"""Invented, marked data for a first look: responses, events with who had a say in them, an action plan, and staff.

Every row is marked as demonstration and one command wipes it. The comments are the made-up ones the text engine
learns from (`text/training/`); no family wrote them, and no inspector the plan's later rows.
"""

from feedback.demonstration.filling import (
    PASSWORD,
    QUARTERS,
    RESPONSES,
    SEED,
    NotEmpty,
    fill,
    fill_if_empty,
    sign_ins,
    wipe,
)

__all__ = ["PASSWORD", "QUARTERS", "RESPONSES", "SEED", "NotEmpty", "fill", "fill_if_empty", "sign_ins", "wipe"]
