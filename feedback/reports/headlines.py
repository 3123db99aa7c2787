"""The first things a manager reads: five sentences and what to look at first, from released figures alone.

Says nothing that the figures do not hold; every claim carries its uncertainty. Knows no page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from feedback.reports import disclosure, figures, wording
from feedback.reports.questions import share_of

HEADLINE = ("heard", "plan", "support", "difference")
"""Only these get a verdict in words: many comparisons make false alarms (practice 5.3)."""

MOST = 5
WORRYING = 50
"""A question is looked at when even the top of its likely range stays at or under this percent."""


@dataclass(frozen=True)
class Pointer:
    """One thing to look at: a theme or a question by id, why, and how sure that is."""

    kind: str
    id: str
    name: str
    why: str
    sure: str


def sentences(shown: dict[str, Any], *, frozen: bool) -> list[str]:
    """Return five sentences: who answered, best and worst, change, what people wrote about, what is not known."""
    first = wording.sentence_on_base(shown, frozen=frozen)
    if shown["responses"]["base"] is None:
        return [first]
    return [first, _extremes(shown), _changes(shown), _themes(shown), _unknown(shown)]


def look_first(shown: dict[str, Any], before: dict[str, Any] | None) -> list[Pointer]:
    """Return what to look at first: what likely got worse, what many were unhappy about, what few could say yes to."""
    worse = [_worse(each) for each in shown["constructs"] if each["id"] in HEADLINE and _is_worse(each)]
    themes = [_theme(each, before) for each in _by_unhappiness(shown["themes"])[:3]]
    low = sorted(filter(_is_low, shown["constructs"]), key=lambda each: each["everyone"]["favourable"]["high"])
    pointers = [*worse, *themes, *(_low(each) for each in low)]
    return list({(each.kind, each.id): each for each in reversed(pointers)}.values())[::-1][:MOST]


def theme_change(now: dict[str, Any], before: dict[str, Any] | None) -> str:
    """Say whether more or fewer people mention a theme than in the quarter before."""
    then = next((each for each in (before or {}).get("themes", []) if each["id"] == now["id"]), None)
    verdict = disclosure.verdict(share_of(then["share"] if then else None), share_of(now["share"]))
    return wording.MENTIONS[verdict]


def _extremes(shown: dict[str, Any]) -> str:
    exact = [each for each in shown["constructs"] if each["everyone"]["favourable"]["percent"] is not None]
    if not exact:
        return "There are too few answers to say what went well and what did not."
    ranked = sorted(exact, key=lambda each: each["everyone"]["favourable"]["percent"])
    best, worst = ranked[-1], ranked[0]
    if best is worst:
        return f"Of all questions only one has enough answers: {_said(best)}."
    return f"People said yes most often to “{best['name']}” ({_figure(best)}) and least often to {_said(worst)}."


def _said(construct: dict[str, Any]) -> str:
    return f"“{construct['name']}” ({_figure(construct)})"


def _figure(construct: dict[str, Any]) -> str:
    share = construct["everyone"]["favourable"]
    small = ", small numbers" if share["small"] else ""
    return f"{share['percent']}%, likely range {share['low']} to {share['high']}%{small}"


def _changes(shown: dict[str, Any]) -> str:
    said = {
        words: [each["name"] for each in shown["constructs"] if each["id"] in HEADLINE and each["change"] == verdict]
        for verdict, words in (("likely_better", "better"), ("likely_worse", "worse"))
    }
    parts = [f"{wording.listed(names)} likely got {words}" for words, names in said.items() if names]
    if parts:
        return f"Compared with {shown['compared_with']}, {' and '.join(parts)}."
    return f"Compared with {shown['compared_with']}, chance could explain every change in the four headline questions."


def _themes(shown: dict[str, Any]) -> str:
    counted = [f"{each['name'].lower()} (about {each['people']} people)" for each in shown["themes"] if each["people"]]
    if not counted:
        return "Too few people wrote about any one thing to name a theme."
    return f"People wrote most about {wording.listed(counted[:3])}."


def _unknown(shown: dict[str, Any]) -> str:
    unjudged = shown["comments"]["unassessed"]
    tone = "every tone could be judged"
    if unjudged["percent"] != 0:
        tone = f"nobody could judge the tone of {wording.percent_words(unjudged)}"
    unread = _unread(shown["comments"]["not_read"])
    return f"{unread}, and {tone}; those who did not answer at all are in none of these figures."


def _unread(share: dict[str, Any]) -> str:
    """Say how many comments no person has read; all and none are said as such."""
    whole = {0: "A person has read every comment", 100: "No person has read any comment yet"}
    return whole.get(share["percent"]) or f"Of the comments, no person has read {wording.percent_words(share)} yet"


def _is_worse(construct: dict[str, Any]) -> bool:
    return bool(construct["change"] == figures.Verdict.LIKELY_WORSE)


def _is_low(construct: dict[str, Any]) -> bool:
    high = construct["everyone"]["favourable"]["high"]
    return high is not None and high <= WORRYING


def _worse(construct: dict[str, Any]) -> Pointer:
    was = wording.percent_words(construct["before"])
    why = f"likely worse: {was} before, {wording.percent_words(construct['everyone']['favourable'])} now"
    return Pointer("experience", construct["id"], construct["name"], why, "beyond what chance explains")


def _low(construct: dict[str, Any]) -> Pointer:
    share = construct["everyone"]["favourable"]
    why = f"{wording.percent_words(share)} said yes or mostly"
    return Pointer(
        "experience", construct["id"], construct["name"], why, f"likely range {share['low']} to {share['high']}%"
    )


def _by_unhappiness(themes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    told = [each for each in themes if each["people"] and each["tones"]["negative"]["value"]]
    return sorted(told, key=lambda each: -each["tones"]["negative"]["value"])


def _theme(theme: dict[str, Any], before: dict[str, Any] | None) -> Pointer:
    negative, people = theme["tones"]["negative"]["value"], theme["people"]
    low, high = figures.wilson(min(negative, people), people).as_percent()
    why = f"about {people} people wrote about it, about {negative} of them unhappily; {theme_change(theme, before)}"
    return Pointer("themes", theme["id"], theme["name"], why, f"unhappy: likely {low} to {high}% of them")
