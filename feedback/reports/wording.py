"""How released figures are said in plain English: never more than the release holds.

Staff pages and files are in English with the council's own terms; what families read is translated elsewhere.
"""

from __future__ import annotations

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
}
CHANGES = {
    "likely_better": "likely better",
    "likely_worse": "likely worse",
    "no_clear_change": "no clear change",
    "too_few": "too few to say",
}
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
    """Return a theme's row: comments, comments of each tone, how often its option was picked; `c` is too few."""
    tones = [cell["value"] for cell in theme["tones"].values()]
    return [theme["name"], *map(_count, [theme["comments"], *tones, theme["picked"]])]


def sentence_on_base(figures: dict[str, Any], *, frozen: bool) -> str:
    """Say how many responses the figures stand on and whether they may still change."""
    base = figures["responses"]["base"]
    if base is None:
        return "Fewer than ten people have answered this quarter, so nothing is shown yet."
    if frozen:
        return f"These figures are final. They stand on about {base} responses."
    return (
        f"These figures stand on the first {base} responses of the quarter. "
        "They move when ten more have come in, and are final 28 days after its end."
    )


def _count(value: int | None) -> str:
    return "c" if value is None else str(value)


def _middle(shown: dict[str, Any]) -> int:
    if shown["percent"] is not None:
        return int(shown["percent"])
    return int((shown["at_least"] + shown["at_most"]) / 2)


def _fraction(percent: int | None) -> float | None:
    return None if percent is None else percent / 100
