"""Reads every page families can see, in a language: its texts, and those of its attributes that are spoken or shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from babel.messages.pofile import read_po
from flask import Flask

from feedback.i18n import LANGUAGES
from feedback.paths import TRANSLATIONS
from tests.client import LAST_PAGE, Client, Page

PAGES = (
    "",
    "easy",
    "before-you-start",
    "safety",
    "help",
    "cookies",
    "accessibility",
    "privacy",
    "privacy/young",
    "privacy/parent",
    "privacy/easy",
    "privacy/full",
    "kiosk/start",
    "come-back",
    "receipt",
    "ask",
    "you-said",
    "no-such-page",
    "survey/p_good",
)
WAYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("start", {"who": "child", "age": "5_7", "c_heard": "5", "c_respect": "1"}),
    ("start", {"who": "child", "age": "8_10", "about": "first_meeting"}),
    ("start", {"who": "child", "age": "8_10", "about": "intervention"}),
    ("start", {"who": "young", "about": "icpc", "equality": "yes"}),
    ("start", {"who": "young", "about": "assessment", "equality": "yes", "e_ethnic": "white"}),
    ("start?easy=1", {"who": "young", "about": "rcpc"}),
    ("start?kiosk=1", {"who": "parent", "about": "core_group", "equality": "yes", "e_ethnic": "mixed"}),
    ("start", {"who": "parent", "about": "intervention", "equality": "yes", "e_ethnic": "asian"}),
    ("start?easy=1", {"who": "parent", "about": "fgc", "equality": "yes", "e_ethnic": "black"}),
    ("start", {"who": "helper", "helped": "parent", "about": "assessment", "equality": "yes", "e_ethnic": "other"}),
)
TOO_LONG = "a" * 1001
OWN_NAMES = {"London Borough of Bromley", "feedback", "kept", "ok", TOO_LONG}
"""Names and a person's own words: alike in every language."""

SPOKEN = ("aria-label", "alt", "placeholder", "title", "content")
SHOWN_LATER = "data-"
_OF_MACHINES = ("page", "audience", "step", "extend-url", "idle-then", "idle-minutes", "count-shown", "count-spoken")
SILENT = {f"data-{name}" for name in _OF_MACHINES}


class _Texts(HTMLParser):
    """Collects texts, leaving out what says itself that it is in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._elsewhere = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        foreign = tag != "html" and "lang" in named
        if tag not in {"input", "meta", "link", "br", "source", "path", "circle", "rect"}:
            self._open.append((tag, foreign))
            self._elsewhere += foreign
        if tag != "meta" and not self._elsewhere:
            for name, value in named.items():
                if value and (name in SPOKEN or (name.startswith(SHOWN_LATER) and name not in SILENT)):
                    self._take(value)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, foreign = self._open.pop()
            self._elsewhere -= foreign
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._elsewhere and not any(tag in {"script", "style"} for tag, _ in self._open):
            self._take(data)

    def _take(self, text: str) -> None:
        if any(c.isalpha() for c in text):
            self.found.add(" ".join(text.split()))


@dataclass(frozen=True)
class Read:
    """One page that was read: where, its name, its texts."""

    where: str
    name: str
    texts: frozenset[str]


def read_all(app: Flask, lang: str) -> Iterator[Read]:
    """Yield every page of a language: those only read, all ways through the survey, and the ways things go wrong."""
    for path in PAGES:
        yield _read(_reader(app, lang).get(f"/{lang}/{path}"))
    for start, answers in WAYS:
        yield from map(_read, _walk(_reader(app, lang), f"/{lang}/{start}", answers))
    yield from map(_read, _mishaps(_reader(app, lang), lang))
    yield from map(_read, _afterwards(app, lang))


def _reader(app: Flask, lang: str) -> Client:
    """Return a new reader at an address of the language's own: the tries of all languages together would be too many."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{list(LANGUAGES).index(lang)}"
    return Client(client)


def english_left(pages: Iterable[Read], english: frozenset[str], code: str) -> list[tuple[str, str]]:
    """Return (page, text) of what stands in English on pages of another language, unless its translation is alike."""
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        alike = {str(message.id) for message in read_po(file) if message.id and message.string == message.id}
    return sorted(
        (page.where, text)
        for page in pages
        for text in (page.texts & english) - OWN_NAMES - alike
        if any("a" <= c.lower() <= "z" for c in text)
    )


def _read(page: Page) -> Read:
    texts = _Texts()
    texts.feed(page.html)
    return Read(page.url, page.name if page.step == "None" else page.step, frozenset(texts.found))


def _walk(client: Client, url: str, answers: dict[str, str]) -> Iterator[Page]:
    page = client.get(url)
    for _ in range(60):
        yield page
        if page.name == LAST_PAGE:
            return
        given = answers.get(page.step)
        page = client.post(page, **({"answer": given} if given else {}))
    raise AssertionError(f"{url} has no end")


def _mishaps(client: Client, lang: str) -> Iterator[Page]:
    """Yield what bad input and lost drafts get, and what saving and coming back show."""
    page = client.get(f"/{lang}/start")
    while page.step != "y_good":
        if page.step == "code":
            yield client.post(page, code="WRONG")
        page = client.post(page, **({"answer": "young"} if page.step == "who" else {}))
    yield client.post(page, words=TOO_LONG)
    yield Client(client.http.application.test_client()).post(page, words="kept")  # type: ignore[arg-type]
    yield client.post(page, words="ok", csrf_token="stale")
    save = client.post(page, words="ok", action="save")
    yield save
    yield client.post(save)
    come_back = client.get(f"/{lang}/come-back")
    yield client.post(come_back, code="1 2 3")
    yield client.post(come_back, code="1 2 3", action="delete")


def _afterwards(app: Flask, lang: str) -> Iterator[Page]:
    """Yield what a receipt shows, good or wrong, what taking answers back says, and what asking for help gets."""
    done = _reader(app, lang).walk(lang, who="young", y_good="ok")
    reader = _reader(app, lang)
    receipt = reader.get(f"/{lang}/receipt")
    yield reader.post(receipt, code="wrong")
    shown = reader.post(receipt, code=done.markup.receipt)
    yield shown
    yield reader.post(shown, action="delete")
    ask = reader.get(f"/{lang}/ask?kind=call")
    yield reader.post(ask, way="a" * 201)
    yield reader.post(ask, kind="call", way="kept")
