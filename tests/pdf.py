"""A PDF as a screen reader meets it: its catalogue, its tree of tagged parts, and the text of each part.

Reads what WeasyPrint writes (ISO 32000-1 with object streams) and no more: no encryption, no incremental updates.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TOKEN = re.compile(
    rb"\s*(?:(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[0-9A-Fa-f\s]*)>|\((?P<text>(?:\\.|[^\\()])*)\)|/(?P<name>[^\s/<>\[\]()%]*)"
    rb"|(?P<ref>\d+ \d+ R\b)|(?P<number>[-+]?\d*\.?\d+)|(?P<word>[^\s/<>\[\]()%]+))",
    re.DOTALL,
)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Name(str):
    """`/Name`."""

    __slots__ = ()


class Word(str):
    """An operator of a content stream, or `true`, `false`, `null`."""

    __slots__ = ()


class Reference(NamedTuple):
    """`12 0 R`."""

    number: int


@dataclass
class Part:
    """One tagged part: its kind (`H1`, `Table`), its own entries, its text, and the parts in it."""

    kind: str
    entries: dict[str, Any]
    text: str = ""
    parts: list[Part] = field(default_factory=list)

    def walk(self) -> Iterator[Part]:
        """Yield this part and every part in it, in the order of reading."""
        yield self
        for each in self.parts:
            yield from each.walk()

    def words(self) -> str:
        """Return all the text in it, a space between parts."""
        return " ".join(" ".join(each.text for each in self.walk()).split())

    def find(self, kind: str) -> list[Part]:
        """Return every part of a kind, in the order of reading."""
        return [each for each in self.walk() if each.kind == kind]


class Pdf:
    """One document, read whole."""

    def __init__(self, data: bytes) -> None:
        self.objects = dict(_objects(data))
        for _, (entries, stream) in list(self.objects.items()):
            if isinstance(entries, dict) and entries.get("Type") == "ObjStm":
                self.objects |= dict(_packed(entries, stream))
        self.catalogue: dict[str, Any] = next(
            held for held, _ in self.objects.values() if isinstance(held, dict) and held.get("Type") == "Catalog"
        )
        self.pages = self._pages(self.get(self.catalogue["Pages"]))
        self._texts = [self._marked_texts(page) for page in self.pages]

    def get(self, held: Any) -> Any:
        """Return what a reference leads to; anything else as it is."""
        return self.objects[held.number][0] if isinstance(held, Reference) else held

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        return self.objects[self.catalogue["Metadata"].number][1].decode("utf-8")

    @property
    def tree(self) -> Part:
        """The tree of tagged parts."""
        root = self.get(self.catalogue["StructTreeRoot"])
        return self._part(self.get(self.get(root["K"])[0]), {})

    def untagged(self) -> list[str]:
        """Return text that is drawn outside every tagged part and every artifact."""
        return [text for texts in self._texts for text in texts.get(None, []) if text.strip()]

    def marks(self) -> list[set[int]]:
        """Return for each page the numbers of its marked contents."""
        return [{number for number in texts if number is not None and number >= 0} for texts in self._texts]

    def fonts(self) -> list[dict[str, Any]]:
        """Return every font of every page."""
        held = [self.get(self.get(page["Resources"]).get("Font", {})) for page in self.pages]
        return [self.get(font) for fonts in held for font in fonts.values()]

    def _pages(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        if node["Type"] == "Page":
            return [node]
        return [page for kid in node["Kids"] for page in self._pages(self.get(kid))]

    def _part(self, node: dict[str, Any], page: dict[str, Any]) -> Part:
        page = self.get(node["Pg"]) if "Pg" in node else page
        part = Part(str(node["S"]), {name: self.get(held) for name, held in node.items() if name not in {"P", "Pg"}})
        kids = self.get(node.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                part.text += "".join(self._texts[self._place(page)].get(kid, []))
            elif (held := self.get(kid)).get("Type") == "StructElem":
                part.parts.append(self._part(held, page))
        return part

    def _place(self, page: dict[str, Any]) -> int:
        return next(place for place, each in enumerate(self.pages) if each is page)

    def _marked_texts(self, page: dict[str, Any]) -> dict[int | None, list[str]]:
        """Return the texts of a page by the number of their marked content; -1 for artifacts, None outside all."""
        resources, found = self.get(page["Resources"]), {}
        fonts = {name: self.get(font) for name, font in self.get(resources.get("Font", {})).items()}
        letters = {name: _letters(self.objects[font["ToUnicode"].number][1]) for name, font in fonts.items()}
        width = {name: 1 if font["Subtype"] == "Type3" else 2 for name, font in fonts.items()}
        contents = self.get(page["Contents"])
        streams = contents if isinstance(contents, list) else [page["Contents"]]
        data = b"\n".join(self.objects[each.number][1] for each in streams)
        inside: list[int | None] = []
        stack: list[Any] = []
        font = ""
        for held in _values(data):
            if not isinstance(held, Word):
                stack.append(held)
                continue
            if held == "Tf":
                font = str(stack[-2])
            elif held in {"BDC", "BMC"}:
                inside.append(_number(stack, held))
                found.setdefault(inside[-1], [])
            elif held == "EMC":
                inside.pop()
            elif held in {"Tj", "TJ"}:
                shown = stack[-1] if isinstance(stack[-1], list) else [stack[-1]]
                text = "".join(_shown(each, letters[font], width[font]) for each in shown if isinstance(each, bytes))
                found.setdefault(next((each for each in reversed(inside) if each is not None), None), []).append(text)
            stack.clear()
        return found


def _number(stack: list[Any], operator: str) -> int | None:
    """Return the number of a marked content, -1 for an artifact, None for what only names a kind."""
    kind = stack[0 if operator == "BMC" else -2]
    if kind == "Artifact":
        return -1
    return stack[-1].get("MCID") if operator == "BDC" and isinstance(stack[-1], dict) else None


def _objects(data: bytes) -> Iterator[tuple[int, tuple[Any, bytes]]]:
    for found in re.finditer(
        rb"(?<!\d)(\d+) 0 obj\b(.*?)(?:stream\r?\n(.*?)\r?\nendstream\s*)?endobj", data, re.DOTALL
    ):
        entries = next(_values(found[2]), None)
        stream = found[3] or b""
        if isinstance(entries, dict) and entries.get("Filter") in ("FlateDecode", ["FlateDecode"]):
            stream = zlib.decompressobj().decompress(stream)
        yield int(found[1]), (entries, stream)


def _packed(entries: dict[str, Any], stream: bytes) -> Iterator[tuple[int, tuple[Any, bytes]]]:
    first = entries["First"]
    places = [int(each) for each in stream[:first].split()]
    for number, place in zip(places[::2], places[1::2], strict=True):
        yield number, (next(_values(stream[first + place :])), b"")


def _values(data: bytes) -> Iterator[Any]:
    """Yield the values and operators of PDF syntax one after the other."""
    open_: list[tuple[bytes, list[Any]]] = []
    for found in TOKEN.finditer(data):
        held: Any = None
        if found["open"]:
            open_.append((found["open"], []))
            continue
        if found["close"]:
            kind, inside = open_.pop()
            held = inside if kind == b"[" else dict(zip(map(str, inside[::2]), inside[1::2], strict=True))
        elif found["hex"] is not None:
            held = bytes.fromhex(found["hex"].decode("ascii"))
        elif found["text"] is not None:
            held = ESCAPED.sub(_unescaped, found["text"])
        elif found["name"] is not None:
            held = Name(found["name"].decode("latin-1"))
        elif found["ref"]:
            held = Reference(int(found["ref"].split()[0]))
        elif found["number"]:
            held = float(found["number"]) if b"." in found["number"] else int(found["number"])
        else:
            held = Word(found["word"].decode("latin-1"))
        if open_:
            open_[-1][1].append(held)
        else:
            yield held


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 0xFF]) if said.isdigit() else LETTERS.get(said, said)


def _letters(cmap: bytes) -> dict[int, str]:
    """Return what each glyph stands for, from a font's ToUnicode map."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, letters in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(letters.decode("ascii")).decode("utf-16-be")
    return found


def _shown(glyphs: bytes, letters: dict[int, str], width: int) -> str:
    codes = [int.from_bytes(glyphs[place : place + width]) for place in range(0, len(glyphs), width)]
    return "".join(letters.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)


def string(held: bytes) -> str:
    """Return a text string: UTF-16 with its mark, else plain letters."""
    return held.decode("utf-16") if held[:2] in (b"\xfe\xff", b"\xff\xfe") else held.decode("latin-1")
