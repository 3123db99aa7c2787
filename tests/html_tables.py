"""The tables of a page, as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Tables(HTMLParser):
    """Every table of a page as (caption, rows of cells), the heads left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[list[str]]]] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag, _attrs):
        if tag == "table":
            self.found.append(("", []))
        elif tag == "tr":
            self.found[-1][1].append([])
        elif tag in {"caption", "td", "th"}:
            self._into = []

    def handle_endtag(self, tag):
        if self._into is None or tag not in {"caption", "td", "th"}:
            return
        words = " ".join("".join(self._into).split())
        if tag == "caption":
            self.found[-1] = (words, self.found[-1][1])
        else:
            self.found[-1][1][-1].append(words)
        self._into = None

    def handle_data(self, data):
        if self._into is not None:
            self._into.append(data)


def tables_of(html: str) -> list[tuple[str, list[list[str]]]]:
    """Return the tables of a page."""
    parser = _Tables()
    parser.feed(html)
    return [(caption, rows[1:]) for caption, rows in parser.found]
