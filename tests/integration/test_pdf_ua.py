"""PDFs that everybody can read: the poster and the evidence pack hold to what PDF/UA-1 asks for and a program can check.

No validator for PDF/UA runs here; these are the failure conditions of the Matterhorn Protocol (PDF Association, 1.1)
that such documents could meet, named by their checkpoints. What takes a person to judge is not judged.
"""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.reports import evidence
from tests import staff
from tests.conftest import missing
from tests.integration.test_improvements import add
from tests.pdf import Part, Pdf, string
from tests.unit.reports import people

PAST = Quarter.current().shifted(-2)
HEADS = ("H1", "H2", "H3", "H4", "H5", "H6")
KNOWN = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "NonStruct", "P", *HEADS, "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Link", "Figure", "Form",
}  # fmt: skip
"""Standard structure types (ISO 32000-1, 14.8.4) that may stand here."""
PARENTS = {
    "LI": {"L"}, "LBody": {"LI"}, "Lbl": {"LI", "NonStruct"}, "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
}  # fmt: skip

pytestmark = [pytest.mark.pdf, pytest.mark.parametrize("backend", ["sqlite"])]


@pytest.fixture(params=["poster/pl/young", f"figures/{PAST}/file/pdf"])
def made(app: Flask, database: Database, request: pytest.FixtureRequest) -> tuple[Pdf, str]:
    """A poster and a pack as they are sent, each with its language."""
    if not evidence.is_possible():
        missing("PDF", "no pango")
    add(database)
    with database.transaction() as session:
        people.arrive(session, 40, quarter=PAST, seed=3)
    answer = staff.signed_in(app, Role.MANAGER).http.get(f"/staff/{request.param}")
    assert answer.status_code == 200
    return Pdf(answer.data), "pl" if "/pl/" in request.param else "en"


def test_it_says_what_it_is_in_which_language_and_that_it_is_tagged(made: tuple[Pdf, str]) -> None:
    """Checkpoints 06 (metadata, title), 07 (title shown), 11 (language), 02 and 09 (tagged, no suspects)."""
    pdf, language = made
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata or 'pdfuaid:part="1"' in pdf.metadata
    assert "dc:title" in pdf.metadata
    assert pdf.catalogue["ViewerPreferences"]["DisplayDocTitle"] == "true"
    assert string(pdf.catalogue["Lang"]).startswith(language)
    assert pdf.catalogue["MarkInfo"]["Marked"] == "true"
    assert pdf.catalogue["MarkInfo"].get("Suspects", "false") == "false"


def test_all_text_is_tagged_and_every_tag_is_a_standard_one(made: tuple[Pdf, str]) -> None:
    """Checkpoints 01 (real content tagged), 02 (standard types), 09 (fitting parents), 10 (characters have Unicode)."""
    pdf, _ = made
    assert pdf.untagged() == []
    text = pdf.tree.words()
    assert len(text) > 100
    assert "\N{REPLACEMENT CHARACTER}" not in text
    for parent, part in _pairs(pdf.tree):
        assert part.kind in KNOWN
        assert parent.kind in PARENTS.get(part.kind, {parent.kind}), (parent.kind, part.kind)


def test_every_marked_content_hangs_on_the_tree_exactly_once(made: tuple[Pdf, str]) -> None:
    """Checkpoints 01 and 09: the way from the page to the tree and the way back are the same."""
    pdf, _ = made
    parents = pdf.get(pdf.get(pdf.catalogue["StructTreeRoot"])["ParentTree"])["Nums"]
    listed = {parents[place]: pdf.get(parents[place + 1]) for place in range(0, len(parents), 2)}
    for page, marks in zip(pdf.pages, pdf.marks(), strict=True):
        assert page["Tabs"] == "S"
        owners = listed[page["StructParents"]]
        assert marks == set(range(len(owners)))


def test_headings_skip_no_level_and_begin_with_the_first(made: tuple[Pdf, str]) -> None:
    """Checkpoint 14."""
    pdf, _ = made
    levels = [HEADS.index(part.kind) + 1 for part in pdf.tree.walk() if part.kind in HEADS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_words_and_a_place(made: tuple[Pdf, str]) -> None:
    """Checkpoint 13."""
    pdf, _ = made
    for figure in pdf.tree.find("Figure"):
        assert string(figure.entries["Alt"]).strip()
        assert "BBox" in pdf.get(figure.entries["A"])


def test_every_cell_of_a_table_knows_its_heads(made: tuple[Pdf, str]) -> None:
    """Checkpoint 15: heads have a scope or an id that cells refer to; every row is as wide as the others."""
    pdf, _ = made
    for table in pdf.tree.find("Table"):
        heads = {each.entries["ID"] for each in table.find("TH")}
        assert heads
        for cell in table.find("TD"):
            assert set(pdf.get(cell.entries["A"])["Headers"]) <= heads
            assert pdf.get(cell.entries["A"])["Headers"]
        widths = {sum(_span(pdf, cell) for cell in row.parts if cell.kind in {"TH", "TD"}) for row in table.find("TR")}
        assert len(widths) == 1


def test_every_letter_is_embedded_and_can_be_copied(made: tuple[Pdf, str]) -> None:
    """Checkpoints 31 (fonts embedded) and 10 (a map to Unicode)."""
    pdf, _ = made
    assert pdf.fonts()
    for font in pdf.fonts():
        assert "ToUnicode" in font
        described = pdf.get(pdf.get(font["DescendantFonts"])[0])
        assert {"FontFile2", "FontFile3"} & set(pdf.get(described["FontDescriptor"]))


def _pairs(part: Part) -> list[tuple[Part, Part]]:
    return [(each, inner) for each in part.walk() for inner in each.parts]


def _span(pdf: Pdf, cell: Part) -> int:
    return int(pdf.get(cell.entries.get("A", {})).get("ColSpan", 1))
