"""Weigh pieces of writing for several models at once: what they weigh for each label, side by side in one table.

Remembers what the words met so far weigh, so a text costs a few array operations. Knows no labels and no facts.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from feedback.text.arrays import numpy
from feedback.text.features import IDEAS, Writing
from feedback.text.hashing import BUCKETS, buckets_of

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]
    Buckets = Sequence[int] | np.ndarray[Any, Any]
    Pieces = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]
    """Buckets in order, and their weights (buckets x labels)."""

_T = TypeVar("_T")
REMEMBERED = 12_000
"""Words remembered, some 2 MB for our three models: in ten thousand of our comments stand eleven thousand."""
_SPARE = 64
"""Rows for words that several threads may be adding to a memory that is just full; row 0 is no word."""
_MOST_WORDS = 5_000
"""Words of one text that are weighed; a comment of a hundred thousand characters says nothing new after them."""


class _Memory:
    """What the words met so far weigh by themselves, by their letter groups, and how many of these they have.

    Thrown away whole when full, so that its size is bounded.
    """

    def __init__(self, labels: int) -> None:
        self.row: dict[str, int] = {"": 0}
        self.weights = numpy().zeros((REMEMBERED + _SPARE, 2 * labels + 1), numpy().float32)
        self._lock = threading.Lock()

    def learn(self, words: Sequence[str], scales: Scales) -> None:
        """Add those of some words that are new, all at once; one thread at a time."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self.row]
            if not new:
                return
            found = [buckets_of(word) for word in new]
            sums = scales.sums([part for both in found for part in both])
            first, end = len(self.row), len(self.row) + len(new)
            self.weights[first:end, :-1] = sums.reshape(len(new), -1)
            self.weights[first:end, -1] = [len(inside) for _, inside in found]
            self.row.update(zip(new, range(first, end), strict=True))


class Scales:
    """The weights of one model or of several side by side, and where each model's `columns` are."""

    def __init__(self, models: Sequence[Pieces]) -> None:
        np = numpy()
        ends = list(accumulate(weights.shape[1] for _, weights in models))
        self.columns = [slice(end - weights.shape[1], end) for end, (_, weights) in zip(ends, models, strict=True)]
        self._width = ends[-1]
        # a row for every bucket: most are used, and one that is not costs no memory until somebody reads it
        is_half = all(weights.dtype == np.float16 for _, weights in models)  # as saved; while learning it is single
        self._weights = np.zeros((BUCKETS + 1, self._width), np.float16 if is_half else np.float32)
        for columns, (used, weights) in zip(self.columns, models, strict=True):
            self._weights[used, columns] = weights
        self._memory = _Memory(self._width)

    def of_buckets(self, buckets: Buckets) -> Array:
        """Return the weights of some buckets, buckets x labels."""
        found: Array = self._weights.take(buckets, axis=0).astype(numpy().float32, copy=False)
        return found

    def pieces(self, columns: slice) -> Pieces:
        """Return the buckets that weigh anything in some columns, and their weights there, in the precision kept."""
        used = self._weights[:, columns].any(axis=1).nonzero()[0]
        return used, self._weights[used, columns]

    def sums(self, rows: Sequence[Sequence[int]]) -> Array:
        """Return the sum of the weights of each row of buckets, rows x labels."""
        flat, starts = _joined(rows, BUCKETS)
        found: Array = numpy().add.reduceat(self.of_buckets(flat), starts, axis=0)
        return found

    def of_words(self, folded: Sequence[str]) -> Array:
        """Return what each word by itself says for each label, words x labels."""
        np, width = numpy(), self._width
        known = self._known(folded)
        weighed: Array = known[:, width : 2 * width] / np.sqrt(np.maximum(known[:, -1:], 1))
        weighed += known[:, :width]
        return weighed

    def weigh(self, writings: Sequence[Writing]) -> Array:
        """Return what the pieces of several writings weigh, writings x labels; much cheaper than one by one."""
        ends = _ends_of_batches(writings)
        starts = [0, *ends[:-1]]
        found: list[Array] = [self._weigh(writings[a:b]) for a, b in zip(starts, ends, strict=True)]
        return found[0] if len(found) == 1 else numpy().vstack(found)

    def _weigh(self, writings: Sequence[Writing]) -> Array:
        """Return what as many writings weigh as the memory of words can hold."""
        np, width = numpy(), self._width
        texts = {id(writing.words): writing for writing in writings}  # asked something else, a text has the same words
        row_of = {words: row for row, words in enumerate(texts)}
        words, starts = _joined([writing.words[:_MOST_WORDS] for writing in texts.values()], "")
        own = np.add.reduceat(self._known(words), starts, axis=0)
        pairs = [writing.pairs[:_MOST_WORDS] for writing in texts.values()]
        rows = self.sums([*pairs, *[writing.ideas for writing in writings]])
        # an own square root of each number costs less here than numpy's of a row of two or three
        many_words = [min(len(writing.words), _MOST_WORDS) for writing in texts.values()]
        count = [[1 / math.sqrt(max(2 * n + len(two), 1))] for n, two in zip(many_words, pairs, strict=True)]
        letters = [[1 / math.sqrt(max(n, 1))] for n in own[:, -1].tolist()]
        ideas = [[IDEAS / math.sqrt(max(len(writing.ideas), 1))] for writing in writings]
        spelt = (own[:, :width] + rows[: len(texts)]) * count + own[:, width:-1] * letters
        total: Array = rows[len(texts) :] * ideas
        total += spelt.take([row_of[id(writing.words)] for writing in writings], axis=0)
        return total

    def _known(self, folded: Sequence[str]) -> Array:
        """Return the memory's rows of some words."""
        memory = self._memory
        if len(memory.row) + len(folded) > REMEMBERED:
            memory = self._memory = _Memory(self._width)
        try:
            rows = list(map(memory.row.__getitem__, folded))
        except KeyError:
            memory.learn(folded, self)
            rows = list(map(memory.row.__getitem__, folded))
        found: Array = memory.weights.take(rows, axis=0)
        return found


class Weighed:
    """What the pieces of some writings weigh on the scales that several models share."""

    def __init__(self, scales: Scales, writings: Sequence[Writing], sums: Array | None = None) -> None:
        self.scales, self._writings = scales, writings
        self._row = {id(writing): row for row, writing in enumerate(writings)}
        self._sums = scales.weigh(writings) if sums is None else sums

    def of_same(self, writings: Sequence[Writing]) -> Weighed:
        """Return what as many writings weigh that differ from these only in who wrote them."""
        return Weighed(self.scales, writings, self._sums)

    def of(self, writings: Sequence[Writing], columns: slice) -> Array | None:
        """Return some of the writings' rows, None when one of them has not been weighed."""
        rows = [self._row.get(id(writing), -1) for writing in writings]
        if -1 in rows:
            return None
        first, end = rows[0], rows[0] + len(rows)
        which = slice(first, end) if rows == list(range(first, end)) else rows
        found: Array = self._sums[which, columns]
        return found


def _joined(rows: Sequence[Sequence[_T]], filler: _T) -> tuple[list[_T], list[int]]:
    """Return the rows one after another, a filler before each so that none is empty, and where each begins."""
    flat: list[_T] = []
    starts = []
    for row in rows:
        starts.append(len(flat))
        flat.append(filler)
        flat += row
    return flat, starts


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
