"""Put a sentence encoder into a folder for `ENCODER_DIR`: `python -m feedback.text.encoder_file FROM TO`.

Reads an encoder of the BERT family as its makers publish it (config.json, model.safetensors, tokenizer.json) and writes
it as `model.onnx`, in the format's own few messages, so that no training software is needed. Knows nothing of text.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.text.arrays import numpy
from feedback.text.onnx_format import Graph

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_KINDS = {"F32": "<f4", "F16": "<f2", "I64": "<i8"}
_FAR = -1e4
"""Added to the attention a word must not pay (to the filling of a short text): nothing is left of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folder; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m feedback.text.encoder_file", description=__doc__)
    parser.add_argument("source", type=Path, metavar="FROM", help="folder with config.json and model.safetensors")
    parser.add_argument("to", type=Path, metavar="TO", help="folder that ENCODER_DIR will name")
    given = parser.parse_args(arguments)
    given.to.mkdir(parents=True, exist_ok=True)
    (given.to / "model.onnx").write_bytes(written(given.source))
    shutil.copyfile(given.source / "tokenizer.json", given.to / "tokenizer.json")
    return 0


def written(source: Path) -> bytes:
    """Return the encoder in a folder as an ONNX file.

    Inputs are input_ids and attention_mask, the output is last_hidden_state (texts x pieces x numbers). Raises
    ValueError for an encoder of another build.
    """
    config = json.loads((source / "config.json").read_text("utf-8"))
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError(f"an encoder of the BERT family is needed, this is {config['model_type']}")
    return _Bert(config, _weights(source / "model.safetensors")).graph()


def _weights(path: Path) -> dict[str, Array]:
    """Return the arrays of a safetensors file by name: a length, a table of contents in JSON, the numbers."""
    np = numpy()
    held = path.read_bytes()
    start = 8 + int.from_bytes(held[:8], "little")
    told = json.loads(held[8:start])
    found = {}
    for name, row in told.items():
        if name != "__metadata__":
            first, end = row["data_offsets"]
            numbers = np.frombuffer(held[start + first : start + end], _KINDS[row["dtype"]])
            found[name.removeprefix("bert.")] = numbers.reshape(row["shape"])
    return found


class _Bert:
    """The graph of an encoder (Devlin et al. 2019), step by step; every step returns the name of what it makes."""

    def __init__(self, config: dict[str, Any], weights: dict[str, Array]) -> None:
        self.config, self.weights = config, weights
        self.build = Graph()
        self.size, self.heads = int(config["hidden_size"]), int(config["num_attention_heads"])

    def graph(self) -> bytes:
        """Return the whole file."""
        mask, state = self._mask(), self._embedded()
        for layer in range(self.config["num_hidden_layers"]):
            at = f"encoder.layer.{layer}"
            heard = self._dense(self._attention(state, mask, f"{at}.attention.self"), f"{at}.attention.output.dense")
            state = self._normal(self.build.node("Add", heard, state), f"{at}.attention.output.LayerNorm")
            wide = self.build.node("Gelu", self._dense(state, f"{at}.intermediate.dense"))
            narrow = self._dense(wide, f"{at}.output.dense")
            state = self._normal(self.build.node("Add", narrow, state), f"{at}.output.LayerNorm")
        self.build.node("Identity", state, makes="last_hidden_state")
        return self.build.file(inputs=("input_ids", "attention_mask"), output="last_hidden_state", size=self.size)

    def _embedded(self) -> str:
        """Return the sum of what a piece, its place and its being a text's only part stand for."""
        tables = {name: self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position")}
        places = tables["position"] + self.weights["embeddings.token_type_embeddings.weight"][0]
        pieces = self.build.node("Gather", self.build.floats(tables["word"]), "input_ids")
        count = self.build.node("Shape", "input_ids", start=1)
        place = self.build.node("Slice", self.build.floats(places), self.build.whole([0]), count, self.build.whole([0]))
        return self._normal(self.build.node("Add", pieces, place), "embeddings.LayerNorm")

    def _mask(self) -> str:
        """Return what is added to attention, 0 or far below it, ready for every head."""
        kept = self.build.node("Cast", "attention_mask", to=1)
        left_out = self.build.node("Sub", self.build.floats(1.0), kept)
        far = self.build.node("Mul", left_out, self.build.floats(_FAR))
        return self.build.node("Unsqueeze", far, self.build.whole([1, 2]))

    def _attention(self, state: str, mask: str, at: str) -> str:
        """Return what every piece hears from the others."""
        asks, offers = self._by_head(state, f"{at}.query"), self._by_head(state, f"{at}.key", turned=True)
        scale = self.build.floats((self.size / self.heads) ** -0.5)
        near = self.build.node("Mul", self.build.node("MatMul", asks, offers), scale)
        share = self.build.node("Softmax", self.build.node("Add", near, mask), axis=-1)
        heard = self.build.node("MatMul", share, self._by_head(state, f"{at}.value"))
        together = self.build.node("Transpose", heard, perm=[0, 2, 1, 3])
        return self.build.node("Reshape", together, self.build.whole([0, 0, self.size]))

    def _by_head(self, state: str, at: str, *, turned: bool = False) -> str:
        """Return a projection cut into heads; `turned` ready to be multiplied from the right."""
        shape = self.build.whole([0, 0, self.heads, self.size // self.heads])
        cut = self.build.node("Reshape", self._dense(state, at), shape)
        return self.build.node("Transpose", cut, perm=[0, 2, 3, 1] if turned else [0, 2, 1, 3])

    def _dense(self, state: str, at: str) -> str:
        """Return state times weights plus bias."""
        weighed = self.build.node("MatMul", state, self.build.floats(self.weights[f"{at}.weight"].T))
        return self.build.node("Add", weighed, self.build.floats(self.weights[f"{at}.bias"]))

    def _normal(self, state: str, at: str) -> str:
        """Return the state with mean 0 and spread 1, then weighed."""
        scale, bias = self.build.floats(self.weights[f"{at}.weight"]), self.build.floats(self.weights[f"{at}.bias"])
        epsilon = float(self.config["layer_norm_eps"])
        return self.build.node("LayerNormalization", state, scale, bias, axis=-1, epsilon=epsilon)


if __name__ == "__main__":
    sys.exit(main())
