"""How released figures are said in plain English: never more than the release holds.

Staff pages and files are in English with the council's own terms; what families read is translated elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

GROUPS = {
    "child": "Children, 5 to 10",
    "young": "Young people, 11 to 18",
    "parent": "Parents and carers",
    "not_said": "Did not say",
}
STATES = {
    "5": "Yes, definitely",
    "4": "Yes, mostly",
    "3": "Partly",
    "2": "Not really",
    "1": "No, not at all",
    "yes": "Yes",
    "no": "No",
    "not_sure": "Not sure",
    "dont_know": "don't know",
    "wont_say": "did not want to say",
    "blank": "left blank",
    "favourable": "Yes or mostly",
    "other": "Any other answer",
    "better": "Better",
    "same": "The same",
    "worse": "Worse",
}
CHANGES = {
    "likely_better": "likely better",
    "likely_worse": "likely worse",
    "no_clear_change": "no clear change",
    "too_few": "too few to say",
}
MENTIONS = {
    "likely_better": "likely more than the quarter before",
    "likely_worse": "likely fewer than the quarter before",
    "no_clear_change": "no clear change",
    "too_few": "too few to compare with the quarter before",
}
TONES = {
    "positive": "Positive",
    "neutral": "Neutral",
    "mixed": "Mixed",
    "negative": "Negative",
    "unassessed": "Tone not judged",
}
SPLITS = {
    "age_band": "Age",
    "ethnic_group": "Ethnic group",
    "disability": "Disability",
    "language_need": "Need of an interpreter",
}
VALUES = {
    "5_7": "5 to 7",
    "8_10": "8 to 10",
    "11_13": "11 to 13",
    "14_15": "14 or 15",
    "16_18": "16 to 18",
    "under_25": "Under 25",
    "25_34": "25 to 34",
    "35_44": "35 to 44",
    "45_54": "45 to 54",
    "55_over": "55 or over",
    "white": "White",
    "gypsy_roma_traveller": "Gypsy, Roma or Irish Traveller",
    "mixed": "Mixed or multiple",
    "asian": "Asian or Asian British",
    "black": "Black, African, Caribbean or Black British",
    "other": "Another ethnic group",
    "disability": "A condition of 12 months or more",
    "no_disability": "No such condition",
    "interpreter": "Needed an interpreter",
    "no_need": "Needed no interpreter",
}
COMPANY = {"alone": "On their own", "helped": "With somebody beside them"}
AREAS = {
    "dt_safe": "Feeling safe",
    "dt_calm": "Getting on at home",
    "dt_basics": "Everyday care",
    "dt_talk": "Someone to talk to",
    "dt_cope": "Coping",
    "dt_plan": "Knowing the goal",
    "dt_school": "School or work",
    "dt_out": "Safe when out",
}
MOVES = {"better": "better", "same": "the same", "worse": "worse"}
NOT_FOR = (
    "Do not use these figures to compare workers, chairs, teams or single meetings, or to say why something changed."
)
NOT_FOR_EACH = "Not for comparing workers, teams or meetings, nor for saying why."
"""The same in short, under every chart."""

HIDDEN = "not shown: {why}"
SMALL = " (small numbers)"


def share_row(label: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return a chart's row for a share: its words and lengths, or the reason why there is none."""
    if shown["percent"] is None and shown["at_least"] is None:
        return {"label": label, "why": HIDDEN.format(why=shown["why"])}
    low, high = shown["low"], shown["high"]
    lengths = {"low": _fraction(low), "high": _fraction(high), "share": _fraction(_middle(shown))}
    return {
        "label": label,
        "shown": percent_words(shown),
        "range": f"{low} to {high}%" if low is not None else "",
        "base": f"{shown['base']}{SMALL if shown['small'] else ''}",
        **lengths,
    }


def percent_words(shown: dict[str, Any]) -> str:
    """Return a share in words: a percentage, or few or most where only a range may be said."""
    if shown["percent"] is not None:
        return f"{shown['percent']}%"
    if shown["at_least"] is None:
        return HIDDEN.format(why=shown["why"])
    if shown["at_least"] > 0:
        return f"most ({shown['at_least']}% or more)"
    return f"few ({shown['at_most']}% or fewer)"


def blocks(construct: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the answers as they may be shown, best first: (words, percent)."""
    shown = construct["everyone"]["blocks"]
    return [(" / ".join(STATES.get(state, state) for state in block["states"]), block["percent"]) for block in shown]


def unanswered(construct: dict[str, Any]) -> str:
    """Return what became of those who were asked and gave no rating, as far as it may be said."""
    parts = [
        f"{cell['percent']}% {STATES[cell['state']]}"
        for cell in construct["everyone"]["unanswered"]
        if cell["percent"] is not None
    ]
    return ", ".join(parts) or "not shown"


def theme_row(theme: dict[str, Any]) -> list[str]:
    """Return a theme's row: people, people of each tone, how often its option was picked; `c` is too few."""
    tones = [cell["value"] for cell in theme["tones"].values()]
    return [theme["name"], *map(count, [theme["people"], *tones, theme["picked"]])]


def sentence_on_base(figures: dict[str, Any], *, frozen: bool) -> str:
    """Say how many responses the figures stand on and whether they may still change."""
    base = figures["responses"]["base"]
    if base is None and frozen:
        return "Fewer than ten people answered in this quarter, so nothing of it is shown."
    if base is None:
        return "Fewer than ten people have answered this quarter, so nothing is shown yet."
    if frozen:
        return f"These figures are final. They stand on about {base} responses."
    return (
        f"These figures stand on the first {base} responses of the quarter. "
        "They move when ten more have come in, and are final 28 days after its end."
    )


def stands_on(construct: dict[str, Any], base: int | None) -> str:
    """Say on which earlier responses a question still stands, where it could not be moved safely; else nothing."""
    held = construct.get("stands_on")
    return f" (first {held} responses)" if held is not None and base is not None and held < base else ""


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def count(value: int | None) -> str:
    """Return a number of people; `c` is too few to show."""
    return "c" if value is None else str(value)


def _middle(shown: dict[str, Any]) -> int:
    if shown["percent"] is not None:
        return int(shown["percent"])
    return int((shown["at_least"] + shown["at_most"]) / 2)


def _fraction(percent: int | None) -> float | None:
    return None if percent is None else percent / 100
