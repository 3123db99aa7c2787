"""A linear model over `features`: weights as plain arrays, loaded without pickle, scored with numpy.

Knows how to score and to say which words mattered; does not know how it was trained.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from feedback.text import encoder
from feedback.text.arrays import numpy
from feedback.text.features import Writing
from feedback.text.hashing import BUCKETS
from feedback.text.scales import REMEMBERED, Scales, Weighed

if TYPE_CHECKING:
    from feedback.text.scales import Array, Buckets, Pieces


class Linear:
    """Weights for several labels at once: per bucket and per named fact, and a constant.

    `pieces` are the buckets that weigh anything, in order, and their weights (buckets x labels), `facts` name ->
    weights, `vector` those of an encoder's numbers (numbers x labels, None without one); `about` holds what the
    model's maker wants to say: thresholds, versions, figures.
    """

    def __init__(
        self, labels: tuple[str, ...], pieces: Pieces, facts: dict[str, Array], constant: Array,
        about: dict[str, Any] | None = None, *, vector: Array | None = None,
    ) -> None:  # fmt: skip
        np = numpy()
        self.labels, self.facts, self.constant, self.vector = labels, facts, constant, vector
        self.about = about or {}
        self._given: Pieces | None = pieces
        self._row_of_fact = {name: at for at, name in enumerate(facts)}
        self._fact_rows = np.array(list(facts.values()), float).reshape(len(facts), len(labels))
        self._only_weight = {name: float(weights[0]) for name, weights in facts.items()} if len(labels) == 1 else {}
        self._at: tuple[Scales, slice] | None = None
        self._telling: dict[float, dict[str, dict[str, float]]] = {}

    @property
    def pieces(self) -> Pieces:
        """The buckets that weigh anything, in order, and their weights: as given until they are on the scales."""
        if self._given is not None:
            return self._given
        scales, columns = self.on()
        return scales.pieces(columns)

    def on(self) -> tuple[Scales, slice]:
        """Return the scales that weigh for this model, which others may share, and the columns that are its own."""
        at = self._at
        if at is None:
            scales = Scales([self.pieces])
            at = scales, scales.columns[0]
            self.share(*at)
        return at

    def plus(self, other: Linear) -> Linear:
        """Return a model of both weights added up, with this one's about; raise ValueError for other labels."""
        if self.labels != other.labels:
            raise ValueError("this model knows other labels")
        np = numpy()
        used = np.union1d(self.pieces[0], other.pieces[0])
        nothing = np.zeros(len(self.labels), np.float32)
        facts = {
            name: self.facts.get(name, nothing) + other.facts.get(name, nothing) for name in self.facts | other.facts
        }
        pieces = (used, self.of_buckets(used) + other.of_buckets(used))
        vectors = [model.vector for model in (self, other) if model.vector is not None]
        vector = sum(vectors[1:], vectors[0]) if vectors else None
        return Linear(self.labels, pieces, facts, self.constant + other.constant, self.about, vector=vector)

    def share(self, scales: Scales, columns: slice) -> None:
        """Use some columns of scales, which may hold other models' weights too, and keep no weights of its own."""
        self._at = scales, columns
        self._given = None

    def of_buckets(self, buckets: Buckets) -> Array:
        """Return the weights of some buckets, buckets x labels."""
        scales, columns = self.on()
        return scales.of_buckets(buckets)[:, columns]

    def word_weights(self, folded: Sequence[str]) -> Array:
        """Return what each word by itself says for each label, words x labels."""
        scales, columns = self.on()
        return scales.of_words(folded)[:, columns]

    def telling(self, folded: Collection[str], least: float) -> list[dict[str, float]]:
        """Return, for each word, the labels for which it says more than `least` by itself, with what it says."""
        known = self._telling.setdefault(least, {})
        new = [word for word in folded if word not in known]
        if len(known) + len(new) > REMEMBERED:
            known.clear()
            new = list(folded)
        if new:
            found = self.word_weights(new)
            known.update((word, {}) for word in new)
            heavy = zip(*(found > least).nonzero(), strict=True)  # most words say that much for no label
            for row, column in heavy:
                known[new[row]][self.labels[column]] = float(found[row, column])
        return [known[word] for word in folded]

    def scores(self, writing: Writing, facts: dict[str, float], weighed: Weighed | None = None) -> Array:
        """Return one raw score (log-odds) per label."""
        first: Array = self.scores_of([writing], [facts], weighed)[0]
        return first

    def scores_of(
        self, writings: Sequence[Writing], facts: Sequence[dict[str, float]], weighed: Weighed | None = None
    ) -> Array:
        """Return raw scores of several writings at once, writings x labels; much cheaper than one by one.

        `weighed` may hold them already, from the scales of this model.
        """
        scales, columns = self.on()
        known = weighed.of(writings, columns) if weighed and weighed.scales is scales else None
        total: Array = scales.weigh(writings)[:, columns] if known is None else known
        total = total + (self.constant + self._facts_of(facts))
        if self.vector is not None:
            nothing = numpy().zeros(len(self.vector), numpy().float32)
            total += numpy().stack([nothing if w.vector is None else w.vector for w in writings]) @ self.vector
        return total

    def _facts_of(self, facts: Sequence[dict[str, float]]) -> Array:
        """Return what the named facts add, writings x labels."""
        np = numpy()
        if len(self.labels) == 1:  # numpy would be slower
            weight = self._only_weight
            one: Array = np.array([[sum([value * weight.get(name, 0.0) for name, value in f.items()])] for f in facts])
            return one
        known = self._row_of_fact
        places: list[int] = []
        values: list[float] = []
        for row, some in enumerate(facts):
            start = row * len(known)
            for name, value in some.items():
                if name in known:
                    places.append(start + known[name])
                    values.append(value)
        told = np.bincount(places, values, minlength=len(facts) * len(known)).reshape(len(facts), len(known))
        found: Array = told @ self._fact_rows
        return found

    def save(self, path: Path) -> None:
        """Write `path`.npz and `path`.json, the two halves of `dump`."""
        weights, told = self.dump()
        path.with_suffix(".npz").write_bytes(weights)
        path.with_suffix(".json").write_text(told, "utf-8")

    def dump(self) -> tuple[bytes, str]:
        """Return weights (npz, half precision) and, as JSON, labels, names of facts and about; `read` takes both."""
        np = numpy()
        used, pieces = self.pieces
        heavy = np.abs(pieces).max(axis=1) > _TOO_SMALL
        names = sorted(self.facts)
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            used=used[heavy].astype(np.uint32),
            pieces=pieces[heavy].astype(np.float16),
            facts=np.array([self.facts[name] for name in names], np.float32).reshape(len(names), len(self.labels)),
            constant=self.constant.astype(np.float32),
            **({} if self.vector is None else {"vector": self.vector.astype(np.float32)}),
        )
        told = {"buckets": BUCKETS, "labels": list(self.labels), "facts": names, "about": self.about}
        return packed.getvalue(), json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@lru_cache(maxsize=2)
def together(models: tuple[Linear, ...]) -> Scales:
    """Return scales that several models share from now on, so that a text is weighed once for all of them."""
    scales = Scales([model.pieces for model in models])
    for model, columns in zip(models, scales.columns, strict=True):
        model.share(scales, columns)
    return scales


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
