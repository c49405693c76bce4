"""A reader of TensorFlow's checkpoint files ("tensor bundles"), so that weights can be had without TensorFlow.

Format: ``PREFIX.index`` is an uncompressed sorted table of (name, BundleEntryProto), ``PREFIX.data-00000-of-00001`` the
bytes (tensorflow/core/util/tensor_bundle, tensorflow/core/lib/io/table_format.txt).
"""

import struct
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

_FOOTER: Final = 48
_MAGIC: Final = 0xDB4775248B80FB57
_FLOAT32: Final = 1
_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5


def read_bundle(index: bytes, data: bytes) -> dict[str, npt.NDArray[np.float32]]:
    """Every 32-bit float tensor of a one-shard bundle, by name. Raises ValueError for anything else."""
    magic = struct.unpack("<Q", index[-8:])[0]
    if magic != _MAGIC:
        raise ValueError("this is no TensorFlow checkpoint index")
    footer = index[-_FOOTER:]
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)  # the index of meta blocks: there are none
    offset, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    tensors = {}
    for _, handle in _entries(_block(index, offset, size)):
        start, after = _varint(handle, 0)
        length, _ = _varint(handle, after)
        for name, entry in _entries(_block(index, start, length)):
            if name:  # the nameless first entry is the header
                tensor = _tensor(entry, data)
                if tensor is not None:
                    tensors[name.decode()] = tensor
    return tensors


def _block(table: bytes, offset: int, size: int) -> bytes:
    if table[offset + size] != 0:
        raise ValueError("the index is compressed")
    return table[offset : offset + size]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys and values; each key is written as what it does not share with the one before."""
    restarts = struct.unpack("<I", block[-4:])[0]
    at, end, key = 0, len(block) - 4 - 4 * restarts, b""
    while at < end:
        shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        yield key, block[at : at + length]
        at += length


def _tensor(entry: bytes, data: bytes) -> npt.NDArray[np.float32] | None:
    fields = dict(_fields(entry))
    if fields.get(1) != _FLOAT32:
        return None
    shape = [
        int(dict(_fields(dimension)).get(1, 0))
        for number, dimension in _fields(bytes(fields.get(2, b"")))
        if number == 2 and isinstance(dimension, bytes)
    ]
    start, size = int(fields.get(4, 0)), int(fields.get(5, 0))
    return np.frombuffer(data[start : start + size], "<f4").reshape(shape)


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Numbers and values of a protocol buffer's fields."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield number, value
        elif kind == _LENGTH:
            length, at = _varint(message, at)
            yield number, message[at : at + length]
            at += length
        elif kind in {_EIGHT_BYTES, _FOUR_BYTES}:
            at += 8 if kind == _EIGHT_BYTES else 4  # checksums, which the wheel's own digest stands for
        else:
            raise ValueError(f"unknown wire type {kind}")


def _varint(text: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = text[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
