"""What a release shows: raw counts through the gate, laid out for pages and files alike.

Everything in here has passed `disclosure`; what it withholds is None with a reason. Knows no page and no file format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from feedback.clock import Quarter
from feedback.reports import cards, code_book, disclosure, mentions, questions
from feedback.reports.counting import SELF_REPORT, Counts
from feedback.reports.counting.answers import Answers, nobody
from feedback.reports.disclosure import WHOLE, Why
from feedback.reports.standing import Standing

NOT_SAID = "not_said"


def nothing(quarter: Quarter) -> dict[str, Any]:
    """Return the figures of a quarter of which nothing may be shown."""
    standings = {name: Standing(each[WHOLE], 0, 0) for name, each in nobody().items()}
    return running(Counts(), quarter, standings=standings, latest=None, before=None)


def running(
    counts: Counts,
    quarter: Quarter,
    *,
    standings: Mapping[str, Standing],
    latest: dict[str, Any] | None,
    before: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return what may be shown of the running quarter: everybody's answers as they stand, and how often themes come up.

    `latest` are the figures of the step before, `before` those of the quarter before.
    """
    earlier, still = _shares(before), {each["id"]: each for each in (latest or {}).get("constructs", [])}
    return _frame(counts, quarter, is_final=False) | {
        "constructs": [
            questions.running(each, standings[each.id], earlier.get(each.id))
            if standings[each.id].is_new or each.id not in still
            else questions.kept(still[each.id], earlier.get(each.id))
            for each in code_book.constructs().values()
        ]
    }


def final(
    counts: Counts,
    quarter: Quarter,
    *,
    standings: Mapping[str, Standing],
    answers: Mapping[str, Answers],
    before: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return everything that may be shown of a final quarter. `answers` holds, by question, what it stands on."""
    earlier = _shares(before)
    return _frame(counts, quarter, is_final=True) | {
        "constructs": [
            questions.final(each, standings[each.id], answers[each.id][each.id], earlier.get(each.id))
            for each in code_book.constructs().values()
        ]
    }


def _frame(counts: Counts, quarter: Quarter, *, is_final: bool) -> dict[str, Any]:
    return {
        "responses": _responses(counts, is_final=is_final),
        "themes": mentions.themes(counts.words, is_final=is_final),
        "comments": mentions.comments(counts.words, is_final=is_final),
        "journeys": _journeys(counts, is_final=is_final),
        "cards": cards.answered(counts.about.with_card, counts.sizes) if is_final else cards.not_yet(),
        "quotes": _quotes(counts, is_final=is_final),
        "compared_with": str(quarter.previous),
    }


def _shares(before: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    return {each["id"]: each["everyone"]["favourable"] for each in (before or {}).get("constructs", [])}


def _responses(counts: Counts, *, is_final: bool) -> dict[str, Any]:
    """Return who answered. Small groups are withheld, with enough others that none can be worked out.

    Of a running quarter the number alone: its parts could be subtracted from step to step.
    """
    base = disclosure.base(counts.responses)
    told = is_final and base.value is not None
    by = {
        "groups": Counter({group: counts.by("group")[group] for group in SELF_REPORT}),
        "languages": _sorted(counts.about.by_language),
        "event_types": _with_the_silent(counts, "event_type"),
        "company": _sorted(counts.about.by_company),
    }
    return {
        "base": base.value,
        "why": base.why,
        **{kind: _parts(held, counts.responses, in_full=kind == "groups") if told else [] for kind, held in by.items()},
    }


def _with_the_silent(counts: Counts, variable: str) -> Counter[str]:
    held = counts.by(variable)
    silent = counts.responses - held.total()
    return _sorted(held) + Counter({NOT_SAID: silent})


def _sorted(held: Counter[str]) -> Counter[str]:
    """Return counts in one order, whatever the database's."""
    return Counter(dict(sorted(held.items())))


def _parts(counted: Counter[str], whole: int, *, in_full: bool) -> list[dict[str, Any]]:
    """Return parts of everybody; whoever is in none of them counts as one more part, which is not listed.

    Only the three groups are always listed: that a language is on the list at all would tell of a single person.
    """
    unlisted = whole - counted.total()
    shown = disclosure.shown_parts({**counted, "": unlisted}, unshown=("",) if unlisted else ())
    return [
        {"id": name, "base": part.value, "why": part.why}
        for name, part in shown.items()
        if name and (in_full or part.value is not None)
    ]


def _quotes(counts: Counts, *, is_final: bool) -> dict[str, Any]:
    """Return what may be seen of whoever is quoted: languages of at least ten people, and the groups to be named.

    Words can be found again among those of one company, so a group is named only where each company in it is nobody or
    at least ten people.
    """
    about = counts.about
    few = {group for (group, _), people in about.company_of_group.items() if disclosure.base(people).why}
    spoken = sorted(code for code, people in about.by_language.items() if not disclosure.base(people).why)
    return {"languages": spoken, "groups": [each for each in SELF_REPORT if is_final and each not in few]}


def _journeys(counts: Counts, *, is_final: bool) -> dict[str, Any]:
    """Return distance travelled: pairs only, how many moved which way; starts without an end beside them."""
    journeys = counts.journeys
    parts = disclosure.shown_parts({"ended": journeys.ended, "open": journeys.open})
    hidden: dict[str, Any] = {"pairs": None, "open": None, "why": Why.NOT_YET.value, "areas": []}
    if not is_final:
        return hidden
    shown = {name: disclosure.distribution(each) for name, each in journeys.areas.items()}
    return {
        "pairs": parts["ended"].value,
        "why": parts["ended"].why,
        "open": parts["open"].value,
        "areas": [{"id": name, **each.as_json()} for name, each in shown.items()],
    }
