"""Sound files as producers have them: WAV with and without ACID chunks, FLAC, Ogg, MP3 with its delay told or not."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis_sets.item import RATE, Plan

_ONE_SHOT, _STRETCH = 0x01, 0x04
_XING_AT = (b"Xing", b"Info")
_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


def write_file(path: Path, samples: NDArray[np.float32], plan: Plan, *, chunks: bool) -> None:
    """Write a plan's sound; ``chunks`` says whether the ACID chunk comes along."""
    import soundfile  # noqa: PLC0415 - brings in libsndfile

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".mp3":
        soundfile.write(path, samples, RATE, format="MP3", bitrate_mode="CONSTANT", compression_level=0.3)
        if plan.untagged:
            path.write_bytes(without_delay_tag(path.read_bytes()))
    elif path.suffix == ".ogg":
        soundfile.write(path, samples, RATE, format="OGG", subtype="VORBIS")
    else:
        soundfile.write(path, samples, RATE, subtype="PCM_24" if plan.seed % 3 == 0 else "PCM_16")
        if path.suffix == ".wav" and plan.acid and chunks:
            path.write_bytes(with_acid(path.read_bytes(), *_acid_values(plan)))


def _acid_values(plan: Plan) -> tuple[int, int, float]:
    """Flags, beats and tempo."""
    if plan.acid == "right":
        return _STRETCH, round(plan.beats), plan.bpm
    if plan.acid == "one-shot":
        return _ONE_SHOT, 4, 120.0
    return _STRETCH, 8, 120.0


def with_acid(wav: bytes, flags: int, beats: int, tempo: float) -> bytes:
    """A WAV file with an ``acid`` chunk at its end, as Sonic Foundry's programs write it."""
    chunk = struct.pack("<4sIIHHfIHHf", b"acid", 24, flags, 60, 0x8000, 0.0, beats, 4, 4, tempo)
    body = wav + b"\0" * (len(wav) % 2) + chunk
    return body[:4] + struct.pack("<I", len(body) - 8) + body[8:]


def without_delay_tag(mp3: bytes) -> bytes:
    """An MP3 without the first frame that tells decoders the encoder's delay, as many files on the web lack it."""
    head = mp3[:200]
    if not any(mark in head for mark in _XING_AT):
        raise ValueError("the encoder wrote no tag to take away")
    return mp3[_frame_bytes(mp3[:4]) :]


def _frame_bytes(header: bytes) -> int:
    """Length of a frame of MPEG 1, layer 3, by its header."""
    rate = (44_100, 48_000, 32_000)[header[2] >> 2 & 3]
    return 144_000 * _KILOBITS[header[2] >> 4] // rate + (header[2] >> 1 & 1)
