"""Read our own labelled comments (`training/*.tsv`) and public tables of the same shape; assign every row to a fold.

Knows the files' format and nothing about models. Where the comments come from: `training/README.md`.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDS = 4
"""Every comment is judged once by a model that has seen only the other three quarters."""
TRAINING = Path(__file__).parent / "training"
_QUESTIONS = {"could_improve": "what_better", "what_good": "what_good"}
_PUBLIC = ("nhs_fft", "nhs_phase1")
"""Public tables whose licence lets a model learnt from them be shipped (MIT, The Strategy Unit's pxtextmining)."""
_SPLIT_WORDS = ("but", "however", "although", "though", "only", "except")


@dataclass(frozen=True, slots=True)
class Comment:
    """A labelled comment. `themes` maps a theme to its tone sign; `concerns` holds (kind, level); `hide` substrings."""

    text: str
    language: str
    question: str
    group: str | None
    tone: str
    themes: dict[str, str]
    concerns: tuple[tuple[str, int], ...] = ()
    hide: tuple[str, ...] = ()
    own: bool = True

    @property
    def fold(self) -> int:
        """The comment's fold, from the hash of its folded text: the same on every machine, whatever the order."""
        return fold_of(self.text)


def fold_of(text: str) -> int:
    """Return the fold of a text, as `training/README.md` says."""
    same = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    return int.from_bytes(hashlib.sha256(same.encode()).digest()[:4], "big") % FOLDS


def own(folder: Path = TRAINING) -> list[Comment]:
    """Return our own comments, file by file; raise ValueError for a row that is not as the README says."""
    return [comment for path in sorted(folder.glob("*.tsv")) for comment in _of_file(path)]


def language_of(path: Path) -> str:
    """Return the language of a file: `ta.tsv` and `ta.worries.tsv` are Tamil, every `en_*.tsv` is English."""
    return "en" if path.stem.startswith("en") else path.stem.split(".")[0]


def _of_file(path: Path) -> Iterator[Comment]:
    """Yield the comments of one file."""
    language = "en" if path.stem.startswith("en") else path.name.partition(".")[0]
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(lines[0].split("\t")):
            raise ValueError(f"{path.name}, line {number}: {len(cells)} columns")
        group, question, tone, themes, concerns, hide, text = cells
        yield Comment(
            text=text, language=language, question=question, group=group, tone=tone,
            themes=dict(pair.split(":") for pair in themes.split("|") if pair),
            concerns=tuple((kind, int(level)) for kind, level in (c.split(":") for c in concerns.split("|") if c)),
            hide=tuple(item for item in hide.split("|") if item),
        )  # fmt: skip


def public(folder: Path) -> list[Comment]:
    """Return health-service comments with a tone from a folder of public tables (columns text, sentiment, question)."""
    found = []
    for name in _PUBLIC:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            found += [_public(row) for row in csv.DictReader(table) if row["sentiment"]]
    return found


def _public(row: dict[str, str]) -> Comment:
    """Return one public row; their middle rating stands for neutral and mixed alike, so a contrast word decides."""
    tone = {"1": "positive", "-1": "negative", "0": "neutral"}[str(int(float(row["sentiment"])))]
    if tone == "neutral" and any(word in row["text"].lower().split() for word in _SPLIT_WORDS):
        tone = "mixed"
    question = _QUESTIONS.get(row["question"], "anything_else")
    return Comment(row["text"], "en", question, None, tone, {}, own=False)
