"""The chunks of WAV and AIFF files that libsndfile does not tell about: ACID tempo, and the promised length."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from loopmind_chat.errors import UnreadableAudio

_CHUNKS_MAX = 1_000
_ACID_BYTES = 24
_DS64_BYTES = 16
_NOTES = 128
_OGG = b"OggS"
_OGG_HEADER = 27
_OGG_PAGE_MAX = 65_307
_ID3_BYTES = 10
_FRAME_BYTES = 1_500
"""More than any frame of an MP3 is long."""
_ELSEWHERE = 0xFFFF_FFFF
"""The length of an RF64 file's audio: it stands in the ``ds64`` chunk."""
_NO_LENGTH = 0x7FFF_F000
"""A length from here on is what programs write that stream and cannot know it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its four-letter id, where its content starts, and how long it says it is, in bytes."""

    id: bytes
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Acid:
    """What an ``acid`` chunk says of a loop; programs often leave defaults in it, so check it against the length."""

    one_shot: bool
    root_note: int | None
    """MIDI note, where one is set."""
    beats: int
    meter: tuple[int, int]
    """Beats a bar, and the note that is one beat: (4, 4)."""
    tempo: float
    """BPM."""


def read_acid(path: str | Path) -> Acid | None:
    """The ACID loop data of a WAV file, or None where there is none. Raises UnreadableAudio where it cannot be opened.

    Layout (24 bytes): u32 flags, u16 root note, u16, f32, u32 beats, u16 meter's denominator, u16 its numerator,
    f32 tempo.
    """
    try:
        with Path(path).open("rb") as file:
            for chunk in walk(file):
                if chunk.id == b"acid" and chunk.size >= _ACID_BYTES:
                    file.seek(chunk.start)
                    return _acid(file.read(_ACID_BYTES))
    except OSError as fault:
        raise UnreadableAudio(f"cannot be opened: {fault.strerror}") from fault
    return None


def walk(file: BinaryIO) -> Iterator[Chunk]:
    """The chunks of a RIFF, RF64 or AIFF file in order; nothing for any other file."""
    file.seek(0)
    head = file.read(12)
    order = _byte_order(head)
    if order is None:
        return
    end = os.fstat(file.fileno()).st_size
    position = 12
    long_data = 0
    for _ in range(_CHUNKS_MAX):
        if position + 8 > end:
            return
        file.seek(position)
        name, size = struct.unpack(f"{order}4sI", file.read(8))
        if name == b"ds64" and size >= _DS64_BYTES:
            long_data = struct.unpack("<8xQ", file.read(_DS64_BYTES))[0]
        if name == b"data" and size == _ELSEWHERE and long_data:
            size = long_data
        yield Chunk(name, position + 8, size)
        position += 8 + size + size % 2


def is_cut(file: BinaryIO) -> bool:
    """Whether a WAV, AIFF or Ogg file ends before the audio that it announces; False for any other file.

    libsndfile passes over this in silence.
    """
    end = os.fstat(file.fileno()).st_size
    for chunk in walk(file):
        if chunk.id in {b"data", b"SSND"} and not _NO_LENGTH <= chunk.size <= _ELSEWHERE:
            return chunk.start + chunk.size > end
    file.seek(0)
    return file.read(4) == _OGG and not _ogg_has_end(file, end)


def tells_delay(file: BinaryIO) -> bool:
    """Whether an MP3 file says how much silence its encoder put first: then libsndfile leaves that out."""
    file.seek(0)
    head = file.read(_ID3_BYTES)
    start = 0
    if head[:3] == b"ID3":  # its length has seven bits a byte, the most significant first
        start = _ID3_BYTES + sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(head[6:])))
    file.seek(start)
    first = file.read(_FRAME_BYTES)
    return b"Xing" in first or b"Info" in first


def _ogg_has_end(file: BinaryIO, end: int) -> bool:
    """Whether the last page is marked as the last (RFC 3533: bit 2 of the sixth byte) and is all there."""
    start = max(0, end - _OGG_PAGE_MAX)
    file.seek(start)
    tail = file.read(_OGG_PAGE_MAX)
    at = tail.rfind(_OGG)
    page = tail[at:]
    if at < 0 or len(page) < _OGG_HEADER:
        return False
    segments = page[_OGG_HEADER : _OGG_HEADER + page[26]]
    return bool(page[5] & 4) and len(page) >= _OGG_HEADER + len(segments) + sum(segments)


def _byte_order(head: bytes) -> Literal["<", ">"] | None:
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "<"
    if (head[:4] == b"RIFX" and head[8:12] == b"WAVE") or (head[:4] == b"FORM" and head[8:11] == b"AIF"):
        return ">"
    return None


def _acid(content: bytes) -> Acid | None:
    if len(content) < _ACID_BYTES:
        return None
    flags, root, _, _, beats, denominator, numerator, tempo = struct.unpack("<IHHfIHHf", content)
    root_note = root if flags & 2 and root < _NOTES else None
    return Acid(bool(flags & 1), root_note, beats, (numerator, denominator), tempo)
