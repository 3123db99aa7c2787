"""Fit the weights of a `Linear` from labelled writing; needed to train, never to analyse.

Logistic regression by L-BFGS (scipy), all labels at once because that is ten times faster here than one by one.
Deterministic: the same rows in the same order give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from feedback.text.arrays import numpy
from feedback.text.features import IDEAS, Writing
from feedback.text.hashing import BUCKETS, word_buckets
from feedback.text.model import Linear


class Effort(NamedTuple):
    """When to stop: after so many steps, or when a step gains less than this share."""

    steps: int
    gain: float


QUICK = Effort(60, 1e-4)
THOROUGH = Effort(150, 1e-6)
"""Many rare labels (forty themes of a health service) need it: +0.01 micro F1 there, at twice the time."""


@cache
def _scipy() -> Any:
    """Import scipy with its optimiser and sparse matrices on first use."""
    import scipy.optimize  # noqa: PLC0415 - heavy, loaded on first use by this one loader
    import scipy.sparse  # noqa: PLC0415 - heavy, loaded on first use by this one loader

    return scipy


class Table:
    """Writing as a sparse matrix: hashed pieces, then a column for each named fact, then an encoder's numbers."""

    def __init__(self, writings: Sequence[Writing], facts: Sequence[dict[str, float]]) -> None:
        np, sparse = numpy(), _scipy().sparse
        self.names = sorted({name for row in facts for name in row})
        column = {name: BUCKETS + at for at, name in enumerate(self.names)}
        starts: list[int] = [0]
        columns: list[int] = []
        values: list[float] = []
        for writing, named in zip(writings, facts, strict=True):
            cells = pieces(writing) | {column[name]: value for name, value in named.items()}
            columns += cells.keys()
            values += cells.values()
            starts.append(len(columns))
        shape = (len(writings), BUCKETS + len(self.names))
        self.matrix = sparse.csr_matrix((np.array(values), np.array(columns), np.array(starts)), shape=shape)
        vectors = [writing.vector for writing in writings]
        size = next((len(vector) for vector in vectors if vector is not None), 0)
        if size:
            read = np.array([np.zeros(size) if vector is None else vector for vector in vectors])
            self.matrix = sparse.hstack([self.matrix, sparse.csr_matrix(read)], "csr")

    def rows(self, which: Sequence[int]) -> Table:
        """Return the table of some rows only."""
        part = object.__new__(Table)
        part.names, part.matrix = self.names, self.matrix[which]
        return part

    def seen(self) -> Any:
        """Return, per column, in how many rows it is not zero."""
        return numpy().bincount(self.matrix.indices, minlength=self.matrix.shape[1])

    def seen_by(self, owners: Sequence[str]) -> Any:
        """Return, per column, how many owners have a row in which it is not zero; `owners` names each row's."""
        np, width = numpy(), self.matrix.shape[1]
        _, owner = np.unique(np.array(owners, str), return_inverse=True)
        each = np.repeat(owner.astype(np.int64), np.diff(self.matrix.indptr))
        once = np.unique(each * width + self.matrix.indices)
        return np.bincount(once % width, minlength=width)


def pieces(writing: Writing) -> dict[int, float]:
    """Return bucket -> value, scaled as `Linear.scores` scales them."""
    cells: dict[int, float] = {}
    known = [word_buckets(word) for word in writing.words]
    pairs = list(writing.pairs)
    if not known:
        return cells
    one = float(2 * len(known) + len(pairs)) ** -0.5
    for at in [b for whole, _ in known for b in whole] + pairs:
        cells[at] = cells.get(at, 0.0) + one
    count = float(sum(len(inside) for _, inside in known) or 1)
    for at in [b for _, inside in known for b in inside]:
        cells[at] = cells.get(at, 0.0) + count**-0.5
    for at in writing.ideas:
        cells[at] = cells.get(at, 0.0) + IDEAS * len(writing.ideas) ** -0.5
    return cells


def fit_one_of(table: Table, gold: Sequence[str], *, strength: float, weights: Any = None, rarest: int = 1) -> Linear:
    """Return a model that chooses one label per row; `strength` is the inverse of regularisation.

    `weights` count a row more or less; what is seen in fewer than `rarest` rows gets no weight at all.
    """
    np = numpy()
    labels = sorted(set(gold))
    wanted = np.array([[label == row for label in labels] for row in gold], float)
    weights = np.ones(len(gold)) if weights is None else np.asarray(weights, float)

    def loss(raw: Any) -> tuple[float, Any]:
        raw = raw - raw.max(axis=1, keepdims=True)
        log_share = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
        return -float((weights[:, None] * wanted * log_share).sum()), weights[:, None] * (np.exp(log_share) - wanted)

    return _fit(table, tuple(labels), loss, strength, kept=table.seen() >= rarest, effort=QUICK)


def fit_many_of(
    table: Table,
    gold: Sequence[frozenset[str]],
    labels: Sequence[str],
    *,
    strength: float,
    kept: Any = None,
    effort: Effort = QUICK,
    rarity: float = 0.5,
) -> Linear:
    """Return a model that says yes or no to every label by itself.

    `rarity` says how much more a yes counts for being rare: 0 nothing, 1 as much as all the noes together.
    `kept` says per column whether it may be used; by default those seen at all.
    """
    loss = _yes_or_no(gold, labels, rarity)
    return _fit(table, tuple(labels), loss, strength, kept=table.seen() >= 1 if kept is None else kept, effort=effort)


def fit_beside(
    table: Table, gold: Sequence[frozenset[str]], labels: tuple[str, ...], start: Any, *, strength: float, kept: Any
) -> Linear:
    """Return what rows teach beyond a model: weights to be added to its own (`Linear.plus`).

    `start` are that model's raw scores of the rows. Everything is drawn towards adding nothing, the constant too, so
    the fewer the rows the less is changed: maximum a posteriori adaptation (Chelba and Acero 2004). A rare yes counts
    no more than others: the model has its share of that already.
    """
    return _fit(
        table, labels, _yes_or_no(gold, labels, 0.0, start), strength,
        kept=kept, effort=QUICK, is_constant_free=False,
    )  # fmt: skip


def _yes_or_no(
    gold: Sequence[frozenset[str]], labels: Sequence[str], rarity: float, start: Any = 0.0
) -> Callable[[Any], tuple[float, Any]]:
    """Return the loss of saying yes or no to every label by itself, by raw scores that add to `start`."""
    np = numpy()
    wanted = np.array([[label in row for label in labels] for row in gold], float)
    weighed = np.where(wanted > 0, wanted.mean(axis=0).clip(1e-6) ** -rarity, 1.0)
    sign = np.where(wanted > 0, 1.0, -1.0)

    def loss(raw: Any) -> tuple[float, Any]:
        raw = raw + start
        chance = 1 / (1 + np.exp(np.clip(-raw, -50, 50)))
        return float((weighed * np.logaddexp(0, -sign * raw)).sum()), weighed * (chance - wanted)

    return loss


def _fit(
    table: Table,
    labels: tuple[str, ...],
    loss: Callable[[Any], tuple[float, Any]],
    strength: float,
    *,
    kept: Any,
    effort: Effort,
    is_constant_free: bool = True,
) -> Linear:
    """Return the model that minimises the loss of the raw scores plus the squared weights."""
    np = numpy()
    seen = table.seen()
    used = np.flatnonzero(kept)
    factor = np.log((1 + table.matrix.shape[0]) / (1 + seen)) / 4  # idf: what is rare says more
    factor[BUCKETS:] = 1.0
    matrix = table.matrix[:, used].multiply(factor[used]).tocsr()
    across = matrix.T.tocsr()
    shape = (len(used) + 1, len(labels))

    def with_penalty(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        cost, slope = loss(matrix @ weights[:-1] + weights[-1])
        constant = weights[-1] * (not is_constant_free)
        steps = np.vstack([across @ slope + weights[:-1] / strength, slope.sum(axis=0) + constant / strength])
        return cost + float((weights[:-1] ** 2).sum() + (constant**2).sum()) / (2 * strength), steps.ravel()

    found = _scipy().optimize.minimize(
        with_penalty, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B",
        options={"maxiter": effort.steps, "ftol": effort.gain},
    )  # fmt: skip
    fitted = found.x.reshape(shape)
    weights = np.zeros((table.matrix.shape[1], len(labels)), np.float32)
    weights[used] = fitted[:-1] * factor[used][:, None]
    facts = {name: weights[BUCKETS + at] for at, name in enumerate(table.names)}
    heavy = np.flatnonzero(weights[:BUCKETS].any(axis=1))
    vector = weights[BUCKETS + len(table.names) :]
    constant = fitted[-1].astype(np.float32)
    return Linear(labels, (heavy, weights[heavy]), facts, constant, vector=vector if len(vector) else None)
