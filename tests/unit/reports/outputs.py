"""What a reader takes from each output of a release: pages, files, the pack to print; each read back into figures.

Reads only what anybody sees: captions, labels and words on pages, cells in files.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator

import openpyxl

from feedback.reports import code_book, evidence, wording
from feedback.reports.counting import SPLITS
from feedback.reports.disclosure import WHOLE
from tests.client import Client
from tests.html_tables import tables_of
from tests.pdf import Pdf
from tests.unit.reports.siege import EVERYBODY, Themes, Told

EQUALITY = ("age_band", "ethnic_group", "disability", "language_need")
STATE_OF = {words: state for state, words in wording.STATES.items()}
TONE_OF = {words: tone for tone, words in wording.TONES.items()}
SAID = re.compile(r"most \((\d+)% or more\)|few \((\d+)% or fewer\)|(\d+)%")


def share_of(cells: list[str]) -> dict:
    """Return a share from the cells of its row: words, range and base, or the reason why there are none."""
    cells = [cell for cell in cells if cell]
    found = SAID.fullmatch(cells[0]) if cells else None
    if found is None:
        return _share(why=(cells or [""])[0].removeprefix("not shown: "))
    base = int(cells[-1].split()[0])
    if found[3]:
        return _share(percent=int(found[3]), base=base)
    if found[1]:
        return _share(at_least=int(found[1]), at_most=100, base=base)
    return _share(at_least=0, at_most=int(found[2]), base=base)


def _share(percent=None, at_least=None, at_most=None, base=None, why=None):
    """Return a share as JSON; read as if it were rounded as coarsely as any is, so that nothing untrue is believed."""
    return {"percent": percent, "at_least": at_least, "at_most": at_most, "base": base, "step": 10, "why": why}


class Labels:
    """Which population a label on a page means."""

    def __init__(self, names: dict[str, str], populations) -> None:
        self._of = {"Everybody": WHOLE, "everybody": WHOLE}
        for name in populations:
            for split in SPLITS:
                if name and {variable for variable, _ in name} == set(split):
                    values = dict(name)
                    ordered = (*split[1:], split[0]) if split == ("event_type", "service") else split
                    for order in (split, ordered):
                        words = [names.get(values[part], values[part]) for part in order]
                        self._of[": ".join(words)] = name
                    self._of["/".join(values[part] for part in split)] = name

    def population(self, label: str):
        """Return the population, None where a label means something else."""
        return self._of.get(re.sub(r" \(first \d+ responses\)", "", label))


def page_of_question(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read each question's own page."""
    told: Told = {}
    for construct in code_book.constructs():
        found = tables_of(staff.get(f"/staff/figures/{quarter}/experience/{construct}").html)
        told[construct] = dict(_shares(found, labels))
        answers = [rows for caption, rows in found if caption == "Every answer that may be shown"]
        blocks = [{"states": _states(row[0]), "percent": int(row[1].strip("%"))} for rows in answers for row in rows]
        told[construct][WHOLE]["blocks"] = blocks
    return told


def pages_of_fairness(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the overview, the page of groups and every equality split."""
    told: Told = {construct: {} for construct in code_book.constructs()}
    for part in ("", "/experience", *(f"/fairness/{split}" for split in EQUALITY)):
        for caption, rows in tables_of(staff.get(f"/staff/figures/{quarter}{part}").html):
            named = next((each.id for each in code_book.constructs().values() if each.name == caption), None)
            if named:
                told[named] |= dict(_shares([(caption, rows)], labels))
    return told


def pack(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the evidence pack, which is what the PDF is made of."""
    found = tables_of(staff.get(f"/staff/figures/{quarter}/evidence").html)
    captions = {f"{each.name}: {each.measures}": each.id for each in code_book.constructs().values()}
    return {
        captions[caption]: dict(_shares([(caption, rows)], labels)) for caption, rows in found if caption in captions
    }


def pdf_tables(staff: Client, quarter: object) -> list[tuple[str, list[list[str]]]]:
    """Return the tables that stand in the evidence pack's own tags and text; one runs on from sheet to sheet."""
    found: list[tuple[str, list[list[str]]]] = []
    for table in Pdf(staff.http.get(f"/staff/figures/{quarter}/file/pdf").data).tree.find("Table"):
        rows = [[cell.words() for cell in row.parts if cell.kind in {"TH", "TD"}] for row in table.find("TR")]
        caption = " ".join(each.words() for each in table.find("Caption"))
        if caption:
            found.append((caption, rows[1:]))
        else:
            found[-1][1].extend(rows[1:])
    return found


def pdf_pack(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the evidence pack as a file."""
    captions = {f"{each.name}: {each.measures}": each.id for each in code_book.constructs().values()}
    found = pdf_tables(staff, quarter)
    return {
        captions[caption]: dict(_shares([(caption, rows)], labels)) for caption, rows in found if caption in captions
    }


def json_file(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the JSON file."""
    figures = json.loads(staff.http.get(f"/staff/figures/{quarter}/file/json").data)
    told: Told = {}
    for construct in figures["constructs"]:
        told[construct["id"]] = {WHOLE: construct["everyone"]}
        parts = {"group": construct["groups"], **construct["splits"]}
        for row in (row for rows in parts.values() for row in rows):
            values = "/".join(value for name, value in row.items() if name != "favourable")
            told[construct["id"]][labels.population(values)] = {"favourable": row["favourable"]}
    return told


def csv_file(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the CSV file."""
    text = staff.http.get(f"/staff/figures/{quarter}/file/csv").get_data(as_text=True).removeprefix("\ufeff")
    return _from_rows(list(csv.reader(io.StringIO(text)))[1:], labels)


def spreadsheet(staff: Client, quarter: object, labels: Labels) -> Told:
    """Read the sheets of a workbook that hold questions."""
    book = openpyxl.load_workbook(io.BytesIO(staff.http.get(f"/staff/figures/{quarter}/file/xlsx").data))
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in book["Every figure"]]
    told = _from_rows(rows[1:], labels)
    ids = {each.name: each.id for each in code_book.constructs().values()}
    for name, who, *cells in book["Questions"].iter_rows(min_row=2, values_only=True):
        percent, at_least, at_most, _, _, base, why = cells[:7]
        shown = _share(percent, at_least, at_most, base, why)
        assert told[ids[name]][labels.population(who)]["favourable"] | {"why": why} == shown, (name, who)
    return told


OUTPUTS: dict[str, Callable[[Client, object, Labels], Told]] = {
    "question pages": page_of_question,
    "overview, groups and fairness pages": pages_of_fairness,
    "evidence pack, page": pack,
    "JSON": json_file,
    "CSV": csv_file,
    "XLSX": spreadsheet,
}


def together(outputs: list[Told]) -> Told:
    """Lay everything that several outputs say side by side; what one withholds another may show."""
    told: Told = {}
    for output in outputs:
        for construct, shown in output.items():
            into = told.setdefault(construct, {})
            for name, each in shown.items():
                if name not in into or into[name]["favourable"]["base"] is None:
                    into[name] = dict(each)
                into[name]["blocks"] = into[name].get("blocks") or each.get("blocks", [])
    return told


def theme_pages(staff: Client, quarter: object, names: dict[str, str]) -> Themes:
    """Read each theme's page."""
    value_of = {words: value for value, words in names.items()}
    told: Themes = {}
    for theme in code_book.themes():
        page = staff.get(f"/staff/figures/{quarter}/themes/{theme}")
        told[theme] = dict(_theme_counts(tables_of(page.html), value_of))
        people = re.search(r"People who wrote about it\s*about (\d+)", page.text)
        told[theme][EVERYBODY] = int(people[1]) if people else None
    return told


def theme_table(staff: Client, quarter: object, _names: dict[str, str]) -> Themes:
    """Read the tables of themes on the overview: how many and how many unhappily, and every tone."""
    found = tables_of(staff.get(f"/staff/figures/{quarter}").html)
    rows = next(rows for caption, rows in found if caption.startswith("How many people wrote in which tone"))
    ids = {each.name: each.id for each in code_book.themes().values()}
    told: Themes = {
        ids[row[0]]: {EVERYBODY: _count(row[1])}
        | {("tone", tone): _count(cell) for tone, cell in zip(wording.TONES, row[2:], strict=True)}
        for row in rows
    }
    short = next(rows for caption, rows in found if caption.startswith("How many people wrote about"))
    for theme, people, unhappy, _ in short:
        assert told[ids[theme]][EVERYBODY] == _count(people)
        assert told[ids[theme]]["tone", "negative"] == _count(unhappy)
    return told


def theme_csv(staff: Client, quarter: object, _names: dict[str, str]) -> Themes:
    """Read the themes of the CSV file."""
    text = staff.http.get(f"/staff/figures/{quarter}/file/csv").get_data(as_text=True)
    told: Themes = {}
    for part, theme, value, figure, count, _ in csv.reader(io.StringIO(text)):
        if part == "themes" and figure in {"people", *wording.TONES}:
            variable = "group" if value in wording.GROUPS else "event_type"
            name = (variable, value) if value else EVERYBODY if figure == "people" else ("tone", figure)
            if value != "share":
                told.setdefault(theme, {})[name] = int(count) if count else None
    return told


def pdf_themes(staff: Client, quarter: object, _names: dict[str, str]) -> Themes:
    """Read the table of themes of the evidence pack as a file."""
    ids = {each.name: each.id for each in code_book.themes().values()}
    rows = next(rows for caption, rows in pdf_tables(staff, quarter) if caption.startswith("How many people wrote"))
    return {
        ids[row[0]]: {EVERYBODY: _count(row[1])}
        | {("tone", tone): _count(cell) for tone, cell in zip(wording.TONES, row[2:], strict=True)}
        for row in rows
    }


PDF_OUTPUT = {"evidence pack, PDF": pdf_pack} if evidence.is_possible() else {}
PDF_THEMES = {"PDF of themes": pdf_themes} if evidence.is_possible() else {}
"""What a machine without pango has not."""

THEME_OUTPUTS: dict[str, Callable[[Client, object, dict[str, str]], Themes]] = {
    "theme pages": theme_pages,
    "table of themes": theme_table,
    "CSV of themes": theme_csv,
}


def _shares(found, labels: Labels) -> Iterator[tuple[frozenset, dict]]:
    for _, rows in found:
        for label, *cells in rows:
            population = labels.population(label)
            if population is not None:
                yield population, {"favourable": share_of(cells)}


def _theme_counts(found, value_of: dict[str, str]) -> Iterator[tuple[tuple[str, str], int | None]]:
    for caption, rows in found:
        for label, *cells in rows:
            if caption.startswith("In which tone"):
                yield ("tone", TONE_OF[label]), _count(cells[0])
            elif caption.startswith("By group"):
                yield ("group", value_of[label]), _count(cells[0])
            elif caption.startswith("By kind of event"):
                yield ("event_type", value_of[label]), _count(cells[0])


def _count(words: str) -> int | None:
    return int(words) if words.isdigit() else None


def _states(words: str) -> list[str]:
    return [STATE_OF[each] for each in words.split(" / ")]


def _from_rows(rows: list[list[str]], labels: Labels) -> Told:
    told: Told = {}
    for part, construct, who, figure, value, why in rows:
        population = labels.population("everybody" if who == "everyone" else who)
        if part != "constructs" or figure == "change":
            continue
        shown = told.setdefault(construct, {}).setdefault(population, {"favourable": _share(), "blocks": []})
        if figure in shown["favourable"]:
            shown["favourable"][figure] = int(value) if value else None
            shown["favourable"]["why"] = why or shown["favourable"]["why"]
        elif "|" in figure or figure in STATE_OF.values():
            shown["blocks"].append({"states": figure.split("|"), "percent": int(value)})
    return told
