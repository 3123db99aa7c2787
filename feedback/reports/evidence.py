"""Pages as PDFs that screen readers can follow (PDF/UA-1): the evidence pack, the poster for a waiting room.

WeasyPrint needs pango on the machine; where that is missing this says so, and the page is printed instead.
"""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from feedback.errors import FeedbackError

STYLE = Path(__file__).with_name("evidence.css")
AS_PDF = {"pdf_variant": "pdf/ua-1"}
NO_GLYPH = ".notdef"
"""What WeasyPrint calls the box it draws for a letter that no font has."""


class NoPdf(FeedbackError):
    """This machine cannot make a PDF."""


class NoLetters(FeedbackError):
    """The machine's fonts lack letters of a page."""


@functools.cache
def load() -> ModuleType:
    """Import WeasyPrint once (it is heavy). Raise NoPdf when it or the libraries it needs are missing."""
    try:
        import weasyprint  # noqa: PLC0415
    except (OSError, ImportError) as error:
        raise NoPdf("No PDF can be made here: install pango, or print the page instead.") from error
    return weasyprint  # type: ignore[no-any-return]


def is_possible() -> bool:
    """Whether this machine can make a PDF."""
    try:
        load()
    except NoPdf:
        return False
    return True


def to_pdf(page: str, style: Path = STYLE, *, in_full: bool = False) -> bytes:
    """Return a page as PDF/UA-1, dressed by a stylesheet. Nothing is fetched from anywhere.

    Where the machine's fonts lack a letter a box is drawn; with `in_full` NoLetters is raised instead.
    """
    with _Watch() as watch:
        written: bytes = _laid_out(page, style).write_pdf(**AS_PDF)
    if in_full and watch.has_boxes:
        raise NoLetters("This machine has no letters for this language: install fonts-noto-core and fonts-noto-cjk.")
    return written


class _Watch(logging.Handler):
    """Sees whether WeasyPrint complains of a letter that no font has."""

    def __init__(self) -> None:
        super().__init__()
        self.has_boxes = False

    def __enter__(self) -> Self:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one complaint."""
        self.has_boxes = self.has_boxes or NO_GLYPH in record.getMessage()


def count_sheets(page: str, style: Path) -> int:
    """Return how many sheets of paper a page takes."""
    return len(_laid_out(page, style).pages)


def _laid_out(page: str, style: Path) -> Any:
    weasyprint = load()
    sheets = [weasyprint.CSS(filename=str(style))]
    return weasyprint.HTML(string=page, url_fetcher=_nothing).render(stylesheets=sheets, **AS_PDF)


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"A page made here fetches nothing, and so not {url}.")
