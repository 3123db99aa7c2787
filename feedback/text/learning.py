"""Fit the weights of a `Linear` from labelled writing. The only file that knows scikit-learn; never needed to analyse.

Deterministic: the same rows in the same order give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from feedback.text.features import BUCKETS, Writing, pair_buckets, word_buckets
from feedback.text.model import Linear, numpy

_ROUNDS = 400


@cache
def _libraries() -> tuple[Any, Any]:
    """Import scikit-learn's logistic regression and scipy's sparse matrices on first use."""
    from scipy import sparse  # noqa: PLC0415 - heavy, loaded on first use
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy, loaded on first use

    return LogisticRegression, sparse


class Table:
    """Writing as a sparse matrix: hashed pieces first, then one column for each named fact."""

    def __init__(self, writings: Sequence[Writing], facts: Sequence[dict[str, float]]) -> None:
        self.names = sorted({name for row in facts for name in row})
        np = numpy()
        _, sparse = _libraries()
        column = {name: BUCKETS + at for at, name in enumerate(self.names)}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for at, (writing, named) in enumerate(zip(writings, facts, strict=True)):
            cells = pieces(writing) | {column[name]: value for name, value in named.items()}
            rows += [at] * len(cells)
            columns += cells.keys()
            values += cells.values()
        shape = (len(writings), BUCKETS + len(self.names))
        self.matrix = sparse.csr_matrix((np.array(values, np.float64), (rows, columns)), shape=shape)

    def rows_with(self) -> Any:  # noqa: ANN401 - a numpy array
        """Return, per column, in how many rows it is not zero."""
        return numpy().bincount(self.matrix.indices, minlength=self.matrix.shape[1])


def pieces(writing: Writing) -> dict[int, float]:
    """Return bucket -> value, scaled as `Linear.scores` scales them."""
    cells: dict[int, float] = {}
    known = [word_buckets(word) for word in writing.words]
    pairs = pair_buckets(writing.words)
    if not known:
        return cells
    one = (2 * len(known) + len(pairs)) ** -0.5
    for at in [b for whole, _ in known for b in whole] + pairs:
        cells[at] = cells.get(at, 0.0) + one
    count = sum(len(inside) for _, inside in known) or 1
    for at in [b for _, inside in known for b in inside]:
        cells[at] = cells.get(at, 0.0) + count**-0.5
    return cells


def importance(table: Table, rarest: int = 1) -> Any:  # noqa: ANN401 - a numpy array
    """Return a factor per column: rare pieces say more (idf), pieces in fewer than `rarest` rows say nothing."""
    np = numpy()
    seen = table.rows_with()
    factor = np.log((1 + table.matrix.shape[0]) / (1 + seen)) / 4
    factor[BUCKETS:] = 1.0
    factor[seen < rarest] = 0.0
    return factor


def fit_one_of(
    table: Table, gold: Sequence[str], *, strength: float, weights: Any = None, rarest: int = 1  # noqa: ANN401
) -> Linear:
    """Return a model that chooses one label per row; `strength` is the inverse of regularisation."""
    regression, _ = _libraries()
    factor = importance(table, rarest)
    scaled = table.matrix.multiply(factor).tocsr()
    fitted = regression(C=strength, max_iter=_ROUNDS, tol=1e-3).fit(scaled, list(gold), sample_weight=weights)
    return _linear(tuple(fitted.classes_.tolist()), fitted.coef_.T * factor[:, None], fitted.intercept_, table.names)


def fit_many_of(
    table: Table, gold: Sequence[frozenset[str]], labels: Sequence[str], *, strength: float,
    weights: Any = None, rarest: int = 1  # noqa: ANN401
) -> Linear:  # fmt: skip
    """Return a model that says yes or no to every label by itself; rare labels weigh as much as frequent ones."""
    np = numpy()
    regression, _ = _libraries()
    factor = importance(table, rarest)
    scaled = table.matrix.multiply(factor).tocsr()
    columns, constants = [], []
    for label in labels:
        wanted = np.array([label in row for row in gold])
        fitted = regression(C=strength, class_weight="balanced", solver="liblinear", max_iter=_ROUNDS, random_state=0)
        fitted.fit(scaled, wanted, sample_weight=weights)
        columns.append(fitted.coef_[0] * factor)
        constants.append(fitted.intercept_[0])
    return _linear(tuple(labels), np.array(columns).T, np.array(constants), table.names)


def _linear(labels: tuple[str, ...], weights: Any, constant: Any, names: list[str]) -> Linear:  # noqa: ANN401
    """Return the model made of fitted weights."""
    np = numpy()
    weights = weights.astype(np.float32)
    facts = {name: weights[BUCKETS + at] for at, name in enumerate(names)}
    return Linear(labels, np.ascontiguousarray(weights[:BUCKETS]), facts, constant.astype(np.float32))
