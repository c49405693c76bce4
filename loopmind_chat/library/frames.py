"""Messages on a pipe: four bytes of length, least significant first, then as many bytes."""

import struct
from typing import BinaryIO, Final

_LENGTH: Final = struct.Struct("<I")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Send one message and flush it."""
    stream.write(_LENGTH.pack(len(payload)) + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message; None where the other end has gone, in the middle of a message too."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None
