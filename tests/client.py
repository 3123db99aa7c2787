"""A reader without JavaScript: opens pages, fills their one form the way the page is marked up, and goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient

LAST_PAGE = "done"


class _Markup(HTMLParser):
    """What a page offers: its hooks, inputs, text of the receipt."""

    def __init__(self) -> None:
        super().__init__()
        self.root: dict[str, str | None] = {}
        self.body: dict[str, str | None] = {}
        self.form: dict[str, str | None] | None = None
        self.hidden: dict[str, str] = {}
        self.inputs: dict[str, list[str]] = {}
        self.checked: dict[str, list[str]] = {}
        self.areas: dict[str, str] = {}
        self.headings: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.receipt = ""
        self.text: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.root = found
        elif tag == "body":
            self.body = found
        elif tag == "form" and "data-step" in found:
            self.form = found
        elif tag == "a":
            self.links.append(found)
        elif tag == "input" and found.get("name"):
            self._input(found)
        elif tag == "textarea" and found.get("name"):
            self.areas[str(found["name"])] = ""
        if tag not in {"input", "meta", "link", "br", "img", "hr", "path", "circle", "rect"}:
            self._open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, _ = self._open.pop()
            if opened == tag:
                break

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        tags = [tag for tag, _ in self._open]
        if "h1" in tags:
            self.headings.append(data.strip())
        if self._open and "data-receipt" in self._open[-1][1]:
            self.receipt += data.strip()
        if self._open and self._open[-1][0] == "textarea" and self._open[-1][1].get("name"):
            self.areas[str(self._open[-1][1]["name"])] += data.removeprefix("\n")

    def _input(self, found: dict[str, str | None]) -> None:
        name, value = str(found["name"]), found.get("value") or ""
        if found.get("type") == "hidden":
            self.hidden[name] = value
        else:
            self.inputs.setdefault(name, []).append(value)
            if "checked" in found:
                self.checked.setdefault(name, []).append(value)


@dataclass
class Page:
    """One answer of the service, read the way a person would."""

    status: int
    url: str
    html: str
    headers: Any
    markup: _Markup = field(init=False)

    def __post_init__(self) -> None:
        self.markup = _Markup()
        self.markup.feed(self.html)

    @property
    def name(self) -> str:
        """The page's `data-page`."""
        return str(self.markup.body.get("data-page"))

    @property
    def step(self) -> str:
        """The survey form's `data-step`."""
        return str((self.markup.form or {}).get("data-step"))

    @property
    def heading(self) -> str:
        """The text of the h1."""
        return " ".join(part for part in self.markup.headings if part)

    @property
    def text(self) -> str:
        """All the text of the page."""
        return " ".join("".join(self.markup.text).split())


class Client:
    """Walks through the service page by page."""

    def __init__(self, client: FlaskClient) -> None:
        self.http = client

    def get(self, url: str) -> Page:
        """Open an address, following redirects within the service."""
        response = self.http.get(url)
        while response.status_code in {302, 303} and response.headers["Location"].startswith("/"):
            url = response.headers["Location"]
            response = self.http.get(url)
        return Page(response.status_code, url, response.get_data(as_text=True), response.headers)

    def post(self, page: Page, **answers: Any) -> Page:
        """Send a page's form with these answers and follow where it leads."""
        response = self.http.post(page.url, data={**page.markup.hidden, **answers})
        if response.status_code in {302, 303}:
            return self.get(response.headers["Location"])
        return Page(response.status_code, page.url, response.get_data(as_text=True), response.headers)

    def walk(self, lang: str = "en", **answers: Any) -> Page:
        """Answer the whole survey: `answers` by step id, everything else left blank; return the last page."""
        page = self.get(f"/{lang}/start")
        for _ in range(80):
            if page.name == LAST_PAGE or page.status >= 400:
                return page
            page = self.post(page, **_posted(page, answers.get(page.step)))
        raise AssertionError("The survey has no end.")


def _posted(page: Page, answer: Any) -> dict[str, Any]:
    """Put an answer where the page has room for it: a code, words, or choices."""
    if answer is None:
        return {}
    if isinstance(answer, dict):
        return answer
    if "code" in page.markup.inputs:
        return {"code": answer}
    return {"words": answer} if "answer" not in page.markup.inputs else {"answer": answer}
