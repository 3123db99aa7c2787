"""Pages as PDFs that screen readers can follow (PDF/UA-1): the evidence pack, the poster for a waiting room.

WeasyPrint needs pango on the machine; where that is missing this says so, and the page is printed instead.
"""

from __future__ import annotations

import functools
from pathlib import Path
from types import ModuleType
from typing import Any

from feedback.errors import FeedbackError

STYLE = Path(__file__).with_name("evidence.css")
AS_PDF = {"pdf_variant": "pdf/ua-1"}


class NoPdf(FeedbackError):
    """This machine cannot make a PDF."""


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


def to_pdf(page: str, style: Path = STYLE) -> bytes:
    """Return a page as PDF/UA-1, dressed by a stylesheet. Nothing is fetched from anywhere."""
    written: bytes = _laid_out(page, style).write_pdf(**AS_PDF)
    return written


def count_sheets(page: str, style: Path) -> int:
    """Return how many sheets of paper a page takes."""
    return len(_laid_out(page, style).pages)


def _laid_out(page: str, style: Path) -> Any:
    weasyprint = load()
    sheets = [weasyprint.CSS(filename=str(style))]
    return weasyprint.HTML(string=page, url_fetcher=_nothing).render(stylesheets=sheets, **AS_PDF)


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"A page made here fetches nothing, and so not {url}.")
