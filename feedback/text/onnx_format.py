"""Write an ONNX file: nodes and weights as the few protobuf messages the format needs (onnx.proto, IR version 9).

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Knows no network architecture.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

from feedback.text.arrays import numpy

_IR_VERSION, _OPERATORS = 9, 20
"""Operators of version 20 are the first with Gelu; onnxruntime reads them since 1.17."""
_FLOAT, _WHOLE = 1, 7
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_INTS = 1, 2, 7


def _number(value: int) -> bytes:
    """Return a varint; negative ones as the 64 bits of their two's complement."""
    value &= (1 << 64) - 1
    found = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _int(field: int, value: int) -> bytes:
    """Return a field that holds a whole number."""
    return _number(field << 3) + _number(value)


def _held(field: int, value: bytes | str) -> bytes:
    """Return a field that holds text, bytes or another message."""
    held = value.encode() if isinstance(value, str) else value
    return _number(field << 3 | 2) + _number(len(held)) + held


def _attribute(name: str, value: float | Sequence[int]) -> bytes:
    """Return an AttributeProto."""
    if isinstance(value, int):
        return _held(1, name) + _int(3, value) + _int(20, _ATTRIBUTE_INT)
    if isinstance(value, float):
        return _held(1, name) + _number(2 << 3 | 5) + struct.pack("<f", value) + _int(20, _ATTRIBUTE_FLOAT)
    return _held(1, name) + b"".join(_int(8, one) for one in value) + _int(20, _ATTRIBUTE_INTS)


def _value(name: str, kind: int, shape: Iterable[str | int]) -> bytes:
    """Return a ValueInfoProto: a name, what its numbers are, and a shape in which words stand for any size."""
    sizes = (_int(1, size) if isinstance(size, int) else _held(2, size) for size in shape)
    return _held(1, name) + _held(2, _held(1, _int(1, kind) + _held(2, b"".join(_held(1, size) for size in sizes))))


class Graph:
    """A graph in the making. Weights and results get names of their own; both are referred to by name."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def floats(self, numbers: Any) -> str:
        """Add weights in single precision; return their name."""
        return self._tensor(numpy().asarray(numbers, "<f4"), _FLOAT)

    def whole(self, numbers: Sequence[int]) -> str:
        """Add a row of whole numbers; return its name."""
        return self._tensor(numpy().asarray(numbers, "<i8"), _WHOLE)

    def _tensor(self, numbers: Any, kind: int) -> str:
        """Add a TensorProto."""
        name = f"weights {len(self._tensors)}"
        sizes = b"".join(_int(1, size) for size in numbers.shape)
        self._tensors.append(sizes + _int(2, kind) + _held(8, name) + _held(9, numbers.tobytes()))
        return name

    def node(self, operator: str, *takes: str, makes: str = "", **attributes: float | Sequence[int]) -> str:
        """Add a step; return the name of what it makes."""
        name = makes or f"step {len(self._nodes)}"
        told = b"".join(_held(5, _attribute(key, value)) for key, value in attributes.items())
        self._nodes.append(b"".join(_held(1, one) for one in takes) + _held(2, name) + _held(4, operator) + told)
        return name

    def file(self, *, inputs: Sequence[str], output: str, size: int) -> bytes:
        """Return the file; inputs are whole numbers, texts x pieces, the output floats, texts x pieces x size."""
        graph = b"".join(_held(1, node) for node in self._nodes) + _held(2, "encoder")
        graph += b"".join(_held(5, tensor) for tensor in self._tensors)
        graph += b"".join(_held(11, _value(name, _WHOLE, ("texts", "pieces"))) for name in inputs)
        graph += _held(12, _value(output, _FLOAT, ("texts", "pieces", size)))
        return _int(1, _IR_VERSION) + _held(8, _int(2, _OPERATORS)) + _held(7, graph)
