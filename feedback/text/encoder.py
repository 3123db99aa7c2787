"""A slot for a sentence encoder that a council may put beside the engine; the engine needs none.

`ENCODER_DIR` names a folder with `model.onnx` and `tokenizer.json` (`feedback.text.encoder_file` makes one), and the
`models/` that `python -m feedback.text.build` fitted with it. Nothing is ever fetched.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.text.arrays import numpy

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

_LONGEST = 192
"""Pieces of words of a text that are read; the rest of a long text is left to the other features."""
_READ_OF = 20
"""Characters a piece of a word may have on average: what stands behind them is not even cut into pieces."""
_SCALE = 2.0
"""Length of a vector: how much it counts beside the other features."""


def folder() -> Path | None:
    """Return the encoder's folder, None when none is configured."""
    named = os.environ.get("ENCODER_DIR")
    return Path(named) if named else None


@cache
def _load(where: Path) -> tuple[Any, Any]:
    """Return tokenizer and session, loaded on first use; raise ImportError when the extra is not installed."""
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - heavy and optional
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy and optional

    tokenizer = Tokenizer.from_file(str(where / "tokenizer.json"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = InferenceSession(str(where / "model.onnx"), options, providers=["CPUExecutionProvider"])
    return tokenizer, session


@lru_cache(maxsize=1024)
def vector(text: str) -> Array | None:
    """Return the text's vector, None without an encoder or a text: the mean of the pieces' vectors, of one length.

    An encoder may want the kinds of pieces too (one text is all of one kind), and may give its first output as the
    vectors of the pieces or already as one for the text.
    """
    where = folder()
    if where is None or not text.strip():
        return None
    np = numpy()
    tokenizer, session = _load(where)
    read = text[: _LONGEST * _READ_OF].encode("utf-8", "replace").decode()
    ids = np.array([tokenizer.encode(read).ids], np.int64)
    known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    told = session.run(None, {wanted.name: known[wanted.name] for wanted in session.get_inputs()})[0][0]
    mean: Array = told.mean(axis=0) if told.ndim > 1 else told
    return mean * (_SCALE / max(float(np.linalg.norm(mean)), 1e-9))
