"""The evidence pack as a PDF that screen readers can follow (PDF/UA-1), made of a page of released figures.

WeasyPrint needs pango on the machine; where that is missing this says so, and the page is printed instead.
"""

from __future__ import annotations

import functools
from pathlib import Path
from types import ModuleType
from typing import Any

from feedback.errors import FeedbackError

STYLE = Path(__file__).with_name("evidence.css")


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


def to_pdf(page: str) -> bytes:
    """Return a page as PDF/UA-1. Nothing is fetched from anywhere."""
    weasyprint = load()
    document = weasyprint.HTML(string=page, url_fetcher=_nothing)
    style = weasyprint.CSS(filename=str(STYLE))
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[style])
    return written


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"The evidence pack fetches nothing, and so not {url}.")
