"""A linear model over `features`: weights as plain arrays, loaded without pickle, scored with numpy.

Knows how to score and to say which words mattered; does not know how it was trained.
"""

from __future__ import annotations

import io
import json
import math
import threading
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import BadZipFile

from feedback.text import encoder
from feedback.text.arrays import numpy
from feedback.text.features import BUCKETS, IDEAS, Writing, word_buckets

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

_T = TypeVar("_T")
_REMEMBERED = 12_000
_SPARE = 64
"""Rows for words that several threads may be adding to a memory that is just full; row 0 is no word."""
_MOST_WORDS = 5_000
"""Words of one text that are weighed; a comment of a hundred thousand characters says nothing new after them."""


def _ends_of_batches(writings: Sequence[Writing]) -> list[int]:
    """Return where to cut a row of writings so that no batch has more words than the memory holds."""
    ends, words = [], 0
    for at, writing in enumerate(writings):
        more = min(len(writing.words), _MOST_WORDS)
        if words and words + more > _MOST_WORDS:
            ends.append(at)
            words = 0
        words += more
    return [*ends, len(writings)]


def _joined(rows: Sequence[Sequence[_T]], filler: _T) -> tuple[list[_T], list[int]]:
    """Return the rows one after another, a filler before each so that none is empty, and where each begins."""
    flat: list[_T] = []
    starts = []
    for row in rows:
        starts.append(len(flat))
        flat.append(filler)
        flat.extend(row)
    return flat, starts


class _Memory:
    """What the words met so far weigh; thrown away whole when full, so that its size is bounded."""

    def __init__(self, labels: int) -> None:
        np = numpy()
        self.row: dict[str, int] = {"": 0}
        self.weights = np.zeros((_REMEMBERED + _SPARE, 2, labels), np.float32)
        self.letters = np.zeros(_REMEMBERED + _SPARE, np.int32)
        self._lock = threading.Lock()

    def learn(self, words: Sequence[str], of_buckets: Callable[[Sequence[int]], Array]) -> None:
        """Add those of some words that are new, all at once; one thread at a time."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self.row]
            if not new:
                return
            found = [word_buckets(word) for word in new]
            flat, starts = _joined([part for both in found for part in both], BUCKETS)
            first, end = len(self.row), len(self.row) + len(new)
            sums = numpy().add.reduceat(of_buckets(flat), starts, axis=0)
            self.weights[first:end] = sums.reshape(len(new), *self.weights.shape[1:])
            self.letters[first:end] = [len(inside) for _, inside in found]
            self.row.update(zip(new, range(first, end), strict=True))


class Linear:
    """Weights for several labels at once: per bucket and per named fact, and a constant.

    `pieces` are the buckets that weigh anything and their weights (buckets x labels), `facts` name -> weights,
    `vector` those of an encoder's numbers (numbers x labels, None without one); `about` holds what the model's maker
    wants to say: thresholds, versions, figures. What single words weigh is remembered, so a text costs a few array
    operations.
    """

    def __init__(
        self, labels: tuple[str, ...], pieces: tuple[Array, Array], facts: dict[str, Array], constant: Array,
        about: dict[str, Any] | None = None, *, vector: Array | None = None,
    ) -> None:  # fmt: skip
        np = numpy()
        self.labels, self.facts, self.constant, self.vector = labels, facts, constant, vector
        self.used, weights = pieces
        self.about = about or {}
        self._pieces = np.vstack([weights, np.zeros((1, len(labels)))]).astype(np.float32)
        self._place = np.full(BUCKETS + 1, len(weights), np.int32)
        self._place[self.used] = np.arange(len(weights), dtype=np.int32)
        self._row_of_fact = {name: at for at, name in enumerate(facts, start=1)}
        self._fact_rows = np.array([np.zeros(len(labels)), *facts.values()], np.float32)
        self._memory = _Memory(len(labels))

    def plus(self, other: Linear) -> Linear:
        """Return a model of both weights added up, with this one's about; raise ValueError for other labels."""
        if self.labels != other.labels:
            raise ValueError("this model knows other labels")
        np = numpy()
        used = np.union1d(self.used, other.used)
        nothing = np.zeros(len(self.labels), np.float32)
        facts = {
            name: self.facts.get(name, nothing) + other.facts.get(name, nothing) for name in self.facts | other.facts
        }
        pieces = (used, self.of_buckets(used) + other.of_buckets(used))
        vectors = [model.vector for model in (self, other) if model.vector is not None]
        vector = sum(vectors[1:], vectors[0]) if vectors else None
        return Linear(self.labels, pieces, facts, self.constant + other.constant, self.about, vector=vector)

    def of_buckets(self, buckets: Sequence[int]) -> Array:
        """Return the weights of some buckets, buckets x labels."""
        found: Array = self._pieces.take(self._place.take(buckets), axis=0)
        return found

    def scores(self, writing: Writing, facts: dict[str, float]) -> Array:
        """Return one raw score (log-odds) per label."""
        first: Array = self.scores_of([writing], [facts])[0]
        return first

    def scores_of(self, writings: Sequence[Writing], facts: Sequence[dict[str, float]]) -> Array:
        """Return raw scores of several writings at once, writings x labels; much cheaper than one by one."""
        ends = _ends_of_batches(writings)
        if len(ends) == 1:
            return self._scores_of(writings, facts)
        starts = [0, *ends[:-1]]
        parts = [self._scores_of(writings[a:b], facts[a:b]) for a, b in zip(starts, ends, strict=True)]
        found: Array = numpy().vstack(parts)
        return found

    def _scores_of(self, writings: Sequence[Writing], facts: Sequence[dict[str, float]]) -> Array:
        """Return raw scores of as many writings as the memory of words can hold."""
        np = numpy()
        single, letters, words, groups = self._words_of([writing.words[:_MOST_WORDS] for writing in writings])
        pairs = [writing.pairs[:_MOST_WORDS] for writing in writings]
        rows = self._sums([*pairs, *[writing.ideas for writing in writings]])
        whole = single + rows[: len(pairs)]
        # an own square root of each number costs less here than numpy's of a row of two or three
        count = np.array([[math.sqrt(max(2 * n + len(two), 1))] for n, two in zip(words, pairs, strict=True)])
        thought = np.array([[IDEAS / math.sqrt(max(len(writing.ideas), 1))] for writing in writings])
        letter = np.array([[math.sqrt(max(n, 1))] for n in groups])
        total: Array = self.constant + whole / count + letters / letter
        total += rows[len(pairs) :] * thought + self._facts_of(facts)
        if self.vector is not None:
            nothing = np.zeros(len(self.vector), np.float32)
            total += np.stack([nothing if w.vector is None else w.vector for w in writings]) @ self.vector
        return total

    def _sums(self, buckets: Sequence[Sequence[int]]) -> Array:
        """Return the sum of the weights of each row of buckets."""
        np = numpy()
        flat, starts = _joined(buckets, BUCKETS)
        found: Array = np.add.reduceat(self.of_buckets(flat), starts, axis=0)
        return found

    def _facts_of(self, facts: Sequence[dict[str, float]]) -> Array:
        """Return what the named facts add, writings x labels."""
        np = numpy()
        known = self._row_of_fact
        rows: list[int] = []
        values: list[float] = []
        starts: list[int] = []
        for some in facts:
            starts.append(len(rows))
            rows.append(0)
            values.append(0.0)
            for name, value in some.items():
                if name in known:
                    rows.append(known[name])
                    values.append(value)
        weighed = self._fact_rows.take(rows, axis=0) * np.array(values, np.float32)[:, None]
        found: Array = np.add.reduceat(weighed, starts, axis=0)
        return found

    def word_weights(self, folded: Sequence[str]) -> Array:
        """Return what each word by itself says for each label, words x labels."""
        np = numpy()
        memory, rows = self._rows(folded)
        own = memory.weights.take(rows, axis=0)
        letters = np.maximum(memory.letters.take(rows), 1)
        weighed: Array = own[:, 1] / np.sqrt(letters)[:, None]
        weighed += own[:, 0]
        return weighed

    def _words_of(self, folded: Sequence[tuple[str, ...]]) -> tuple[Array, Array, list[int], list[int]]:
        """Return, per text, the sums of words' own weights and of their letter groups', words, and letter groups."""
        np = numpy()
        flat, starts = _joined(folded, "")
        memory, rows = self._rows(flat)
        sums = np.add.reduceat(memory.weights.take(rows, axis=0), starts, axis=0)
        groups = np.add.reduceat(memory.letters.take(rows), starts)
        return sums[:, 0], sums[:, 1], [len(words) for words in folded], groups.tolist()

    def _rows(self, folded: Sequence[str]) -> tuple[_Memory, list[int]]:
        """Return the memory in use and the row of every word in it."""
        memory = self._memory
        if len(memory.row) + len(folded) > _REMEMBERED:
            memory = self._memory = _Memory(len(self.labels))
        row = memory.row
        try:
            return memory, [row[word] for word in folded]
        except KeyError:
            memory.learn(folded, self.of_buckets)
            return memory, [row[word] for word in folded]

    def save(self, path: Path) -> None:
        """Write `path`.npz and `path`.json, the two halves of `dump`."""
        weights, told = self.dump()
        path.with_suffix(".npz").write_bytes(weights)
        path.with_suffix(".json").write_text(told, "utf-8")

    def dump(self) -> tuple[bytes, str]:
        """Return weights (npz, half precision) and, as JSON, labels, names of facts and about; `read` takes both."""
        np = numpy()
        heavy = np.abs(self._pieces[:-1]).max(axis=1) > _TOO_SMALL
        names = sorted(self.facts)
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            used=self.used[heavy].astype(np.uint32),
            pieces=self._pieces[:-1][heavy].astype(np.float16),
            facts=np.array([self.facts[name] for name in names], np.float32).reshape(len(names), len(self.labels)),
            constant=self.constant.astype(np.float32),
            **({} if self.vector is None else {"vector": self.vector.astype(np.float32)}),
        )
        told = {"buckets": BUCKETS, "labels": list(self.labels), "facts": names, "about": self.about}
        return packed.getvalue(), json.dumps(told, ensure_ascii=False, indent=1) + "\n"


_TOO_SMALL = 5e-4
"""Weights nearer to zero than this change no score that is shown."""


@cache
def shipped(name: str) -> Linear:
    """Return a model that comes with the engine (`tone`, `general`, `themes`), loaded on first use."""
    return load(shelf() / name)


def shelf() -> Path:
    """Return the folder of the models in use: the engine's own, or those fitted with the configured encoder."""
    return (encoder.folder() or Path(__file__).parent) / "models"


def load(path: Path) -> Linear:
    """Return the model saved at `path`; raise OSError or ValueError when it is missing, damaged or too old."""
    return read(path.with_suffix(".npz").read_bytes(), path.with_suffix(".json").read_text("utf-8"))


def read(weights: bytes, told: str) -> Linear:
    """Return the model that `dump` wrote.

    Raises ValueError when it is damaged, another engine's, or made with an encoder where none is configured.
    """
    np = numpy()
    header = json.loads(told)
    if header.get("buckets") != BUCKETS:
        raise ValueError("this model was made by another version of the engine: learn it again")
    try:
        with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
            used, pieces = arrays["used"], arrays["pieces"]
            facts = dict(zip(header["facts"], arrays["facts"], strict=True))
            constant = arrays["constant"]
            vector = arrays.get("vector")
    except (BadZipFile, EOFError, KeyError, zlib.error) as error:
        raise ValueError("this model is damaged") from error
    if vector is not None and encoder.folder() is None:
        raise ValueError("this model was made with an encoder, and none is configured (ENCODER_DIR)")
    return Linear(tuple(header["labels"]), (used, pieces), facts, constant, header["about"], vector=vector)
