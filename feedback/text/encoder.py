"""A slot for a sentence encoder that a council may put beside the engine; the engine needs none.

`ENCODER_DIR` names a folder with `model.onnx` (inputs input_ids and attention_mask, output last_hidden_state) and
`tokenizer.json`, and the `models/` that `python -m feedback.text.build` fitted with it. Nothing is ever fetched.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from feedback.text.arrays import numpy

_LONGEST = 192
"""Pieces of words of a text that are read; the rest of a long text is left to the other features."""
_SCALE = 2.0


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


@lru_cache(maxsize=4096)
def facts(text: str) -> tuple[tuple[str, float], ...]:
    """Return the text's vector as named facts (mean of the last layer, length 1); none without an encoder."""
    where = folder()
    if where is None or not text.strip():
        return ()
    np = numpy()
    tokenizer, session = _load(where)
    ids = np.array([tokenizer.encode(text.encode("utf-8", "replace").decode()).ids], np.int64)
    (hidden,) = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    vector = hidden[0].mean(axis=0)
    vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return tuple((f"vector {at}", _SCALE * float(value)) for at, value in enumerate(vector))
