"""The text engine: speed beside TextBlob alone in the same run, memory, size, and how well it reads.

Tone, themes and concerns: every own comment judged by a model that has not seen it (`feedback.text.build`,
`feedback.text.concerns.learn`). Redaction: measured now, on comments from some of which its lists were learnt.
"""

from __future__ import annotations

import json
import resource
import time
from collections import defaultdict
from pathlib import Path

from feedback.text import comments, measured, model, redaction, textblob_adapter
from feedback.text.analyse import analyse
from tests.bench.line import report

SHORTEST, LONGEST = 20, 30
MEGABYTE = 1_000_000


def measure() -> None:
    """Report speed, memory and size, then the figures of every language."""
    own = comments.own()
    _speed([one for one in own if one.language == "en" and SHORTEST <= len(one.text.split()) <= LONGEST])
    _reading()
    _recall(own)


def _speed(rows: list[comments.Comment]) -> None:
    """Report comments of about 25 words per second on one core, memory taken and size on disk."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for one in rows[:50]:
        analyse(one.text, language="en", question=one.question, group=one.group)
    texts = rows[50:]
    started = time.process_time()
    for one in texts:
        analyse(one.text, language="en", question=one.question, group=one.group)
    ours = len(texts) / (time.process_time() - started)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    textblob_adapter.polarity("warm up")
    started = time.process_time()
    for one in texts:
        textblob_adapter.polarity(one.text)
    theirs = len(texts) / (time.process_time() - started)
    report("text: comments of 25 words", ours, "1/s", reference="TextBlob alone", reference_value=theirs, n=len(texts))
    report("text: memory above the app", memory, "MB", reference="aim", reference_value=150, n=1)
    size = sum(path.stat().st_size for path in Path(model.__file__).parent.rglob("*") if path.is_file()) / MEGABYTE
    report("text: size of the engine's folder", size, "MB", reference="aim", reference_value=25, n=1)


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
