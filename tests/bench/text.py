"""The text engine: speed beside TextBlob alone in the same run, memory, size, and how well it reads.

Tone, themes and concerns: every own comment judged by a model that has not seen it (`feedback.text.build`,
`feedback.text.concerns.learn`). Redaction: measured now, on comments from some of which its lists were learnt.
"""

from __future__ import annotations

import json
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from feedback.text import comments, measured, model, redaction, textblob_adapter
from feedback.text.analyse import analyse
from tests.bench.line import report

SHORTEST, LONGEST = 20, 30
TURN = 20
MEGABYTE = 1_000_000


def measure() -> None:
    """Report speed, memory and size, then the figures of every language."""
    own = comments.own()
    _speed([one for one in own if one.language == "en" and SHORTEST <= len(one.text.split()) <= LONGEST])
    _reading()
    _recall(own)


def _speed(rows: list[comments.Comment]) -> None:
    """Report comments of about 25 words per second on one core, memory taken and size on disk.

    The first comment waits for models and lists; the next are slower than later ones, because every word is new once.
    Then both engines take turns, so that whatever else the machine does slows both.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first, *rest = rows
    waited, new = _seconds(_analyse, [first]), _seconds(_analyse, rest)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    library_waited = _seconds(_polarity, [first])
    turns = [rest[at : at + TURN] for at in range(0, len(rest), TURN)]
    spent = [(_seconds(_analyse, turn), _seconds(_polarity, turn)) for turn in turns]
    ours, theirs = sum(one for one, _ in spent), sum(other for _, other in spent)
    for note, seconds in (("", ours), (", every word new once", new)):
        speed, other = len(rest) / seconds, len(rest) / theirs
        name = f"text: comments of 25 words{note}"
        report(name, speed, "1/s", reference="TextBlob alone", reference_value=other, n=len(rest))
    name = "text: the first comment, models and lists read"
    report(name, waited, "s", reference="TextBlob alone", reference_value=library_waited, n=1)
    report("text: memory above the app", memory, "MB", reference="aim", reference_value=150, n=1)
    size = sum(path.stat().st_size for path in Path(model.__file__).parent.rglob("*") if path.is_file()) / MEGABYTE
    report("text: size of the engine's folder", size, "MB", reference="aim", reference_value=25, n=1)


def _analyse(one: comments.Comment) -> None:
    analyse(one.text, language="en", question=one.question, group=one.group)


def _polarity(one: comments.Comment) -> None:
    textblob_adapter.polarity(one.text)


def _seconds(reads: Callable[[comments.Comment], None], rows: list[comments.Comment]) -> float:
    """Return the processor's seconds that reading some comments takes."""
    started = time.process_time()
    for one in rows:
        reads(one)
    return time.process_time() - started


def _reading() -> None:
    """Report the figures found when the shipped models were built."""
    told = json.loads((model.shelf() / "evaluation.json").read_text("utf-8"))
    for name, row in told["tone"]["others in English"].items():
        report(
            f"tone in en, {name}: accuracy",
            row["accuracy"],
            "share",
            reference="ours",
            reference_value=told["tone"]["table"]["in en"]["accuracy"],
            n=row["n"],
        )
    for name, row in told["tone"]["table"].items():
        report(f"tone {name}: accuracy", row["accuracy"], "share", reference="aim", reference_value=0.65, n=row["n"])
        report(f"tone {name}: macro F1", row["macro F1"], "share", reference="aim", reference_value=0.65, n=row["n"])
    for name, row in told["themes"]["table"].items():
        report(f"themes {name}: micro F1", row["micro"], "share", reference="aim", reference_value=0.5, n=row["n"])


def _recall(own: list[comments.Comment]) -> None:
    """Report how many comments with a concern are flagged, how many others are, and what redaction leaves."""
    for language, row in measured.concerns().items():
        report(
            f"concerns in {language}: recall", row["recall"], "share", reference="aim", reference_value=0.85, n=row["n"]
        )
        calm = row["false alarms"]
        name = f"concerns in {language}: false alarms"
        report(name, calm, "share", reference="aim", reference_value=0.2, n=row["n without"])
    by_language: dict[str, list[comments.Comment]] = defaultdict(list)
    for one in own:
        by_language[one.language].append(one)
    for language, rows in sorted(by_language.items()):
        items = [(one, item) for one in rows for item in one.hide]
        hidden = sum(item not in redaction.hide(one.text, language) for one, item in items) / len(items)
        report(f"redaction in {language}: recall", hidden, "share", reference="aim", reference_value=0.95, n=len(items))
        clean = [one for one in rows if not one.hide]
        changed = sum(redaction.hide(one.text, language) != one.text for one in clean) / len(clean)
        name = f"redaction in {language}: clean comments changed"
        report(name, changed, "share", reference="aim", reference_value=0.1, n=len(clean))
