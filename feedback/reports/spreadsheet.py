"""A release as a spreadsheet: real numbers, no formula anywhere. Writes what it is given and counts nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from feedback.i18n import Language
from feedback.reports import export, wording
from feedback.reports.acted import Acted
from feedback.reports.asked import Asked
from feedback.reports.releases import Released

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDEST = 60
WORDING = ("Group", "Version", "Question", "After", "Asked as")
REACH = ("Measure", "Who", "Percent", "At least", "At most", "Likely from", "Likely to", "People", "Why not shown")
ACTIONS = (
    "Number", "Heading", "Action summary", "Measure of success", "Plan for implementation", "By whom", "By when",
    "State", "Overdue", "Answers", "Heard in", "The owner says", "Later voices say",
    "Before in", "Before, percent", "Before, from", "Before, to", "Before, answers",
    "After in", "After, percent", "After, from", "After, to", "After, answers",
)  # fmt: skip
"""The columns of the council's plan, then its proof by later voices."""


def to_xlsx(
    release: Released,
    names: Mapping[str, str],
    asked: Sequence[Asked],
    plan: Sequence[Acted] = (),
    reach: Sequence[tuple[str, list[tuple[str, dict[str, Any]]]]] = (),
    *,
    elsewhere: Sequence[tuple[Language, Sequence[Asked]]] = (),
) -> bytes:
    """Return a workbook: about, who answered, questions, themes, every figure, who was asked, actions, wording.

    `elsewhere` is the wording in other languages, a sheet each, which runs as its language does.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        book.set_properties({"title": f"What families said, {release.quarter}"})
        head, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        for title, heads, rows in [
            *_sheets(release, names, asked),
            ("Who was asked", REACH, _reach(reach)),
            ("Actions", ACTIONS, map(_action, plan)),
        ]:
            _fill(book.add_worksheet(title), heads, rows, head, wrap, day)
        for language, told in elsewhere:
            sheet = book.add_worksheet(f"Wording {language.tag}")
            if language.dir == "rtl":
                sheet.right_to_left()
            _fill(sheet, WORDING, _wording(told), head, wrap, day)
    return out.getvalue()


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[Any]], *formats: Any) -> None:
    """Write one sheet: numbers as numbers, days as days, everything else as plain text whatever it begins with.

    `formats` are those of heads, of texts and of days.
    """
    head, wrap, day = formats
    widths = [len(each) for each in heads]
    for place, each in enumerate(heads):
        sheet.write_string(0, place, each, head)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, place, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif cell is not None:
                sheet.write_string(number, place, str(cell), wrap)
            widths[place] = max(widths[place], len(str(cell)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(WIDEST, width + 2))
    sheet.freeze_panes(1, 1)


def _sheets(
    release: Released, names: Mapping[str, str], asked: Sequence[Asked]
) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    shown = release.figures
    yield "About", ("What", "Value"), _about(release)
    parts = (("groups", "Group"), ("languages", "Language"), ("event_types", "Kind of event"), ("company", "Company"))
    answered = [
        (label, names.get(each["id"], each["id"]), each["base"], each["why"])
        for kind, label in parts
        for each in shown["responses"][kind]
    ]
    yield "Who answered", ("By", "Which", "Responses (rounded down to 5)", "Why not shown"), answered
    heads: Sequence[str] = (
        "Question",
        "Who",
        "Percent",
        "At least",
        "At most",
        "Likely from",
        "Likely to",
        "Answers",
        "Why not shown",
    )
    yield "Questions", heads, _questions(shown, names)
    themes = ("Theme", "People", *wording.TONES.values(), "Picked as better", "Why not shown")
    yield "Themes", themes, [[*_theme(each), each["why"]] for each in shown["themes"]]
    yield "Every figure", export.HEADER, export.rows(release)
    yield "Wording", WORDING, _wording(asked)


def _wording(asked: Iterable[Asked]) -> list[Sequence[Any]]:
    return [(wording.GROUPS[each.group], each.version, each.construct, each.family, each.text) for each in asked]


def _about(release: Released) -> list[tuple[str, Any]]:
    return [
        ("Period", str(release.quarter)),
        ("Final", "yes" if release.is_frozen else "no"),
        ("Responses (rounded down to 5)", release.base),
        ("Digest", release.digest),
        ("How to read it", "An empty cell was withheld so that nobody can be recognised; the last column says why."),
        ("What not to use it for", wording.NOT_FOR),
    ]


def _questions(shown: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[list[Any]]:
    for construct in shown["constructs"]:
        for who, share in export.shares(construct):
            said = "everybody" if not who else ": ".join(names.get(each, each) for each in who)
            yield [construct["name"], said, *(share[name] for name in export.SHARE), share["why"]]


def _theme(theme: Mapping[str, Any]) -> list[Any]:
    tones = [theme["tones"][tone]["value"] for tone in wording.TONES]
    return [theme["name"], theme["people"], *tones, theme["picked"]]


def _action(acted: Acted) -> list[Any]:
    effect = acted.effect
    overdue = "yes" if acted.is_overdue else "no"
    said = [acted.number, acted.heading, acted.summary, acted.measure, acted.plan, acted.by_whom, acted.due_on]
    said += [acted.state, overdue, acted.answers, acted.heard_in, acted.claim, acted.verdict]
    for quarter, share in ((effect.before_in, effect.before), (effect.after_in, effect.after)):
        said += [str(quarter) if quarter else None]
        said += [share[name] if share else None for name in ("percent", "low", "high", "base")]
    return said


def _reach(tables: Sequence[tuple[str, list[tuple[str, dict[str, Any]]]]]) -> Iterator[list[Any]]:
    for measure, lines in tables:
        for who, share in lines:
            yield [measure, who, *(share[name] for name in export.SHARE), share["why"]]
