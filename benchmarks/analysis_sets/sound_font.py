"""Instruments of a General MIDI sound font, by fluidsynth where it is installed; many loops in one run."""

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis_sets.drum_sounds import GM_DRUMS
from analysis_sets.item import RATE, Part

TICKS = 9_600
"""Ticks a second: a beat is a second to the synthesiser, so ticks are time and no tempo rounds it."""
_GAP_S = 4.0
_DRUM_CHANNEL = 9
_BATCH = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """A part to be played at a tempo by a program (or a kit's program for strokes)."""

    part: Part
    bpm: float
    cents: float
    length_s: float


def sound_font() -> Path | None:
    """The sound font to play: LOOPMIND_EVAL_SOUNDFONT, or FluidR3 (MIT) where Debian keeps it."""
    path = Path(os.environ.get("LOOPMIND_EVAL_SOUNDFONT", "/usr/share/sounds/sf2/FluidR3_GM.sf2"))
    return path if path.is_file() and shutil.which("fluidsynth") else None


def play(segments: Sequence[Segment]) -> list[NDArray[np.float64]]:
    """Each segment as mono sound at 44,100 Hz, with a second more for what rings on."""
    font = sound_font()
    if font is None:
        return []
    return [wave for at in range(0, len(segments), _BATCH) for wave in _played(font, segments[at : at + _BATCH])]


def _played(font: Path, segments: Sequence[Segment]) -> list[NDArray[np.float64]]:
    import soundfile  # noqa: PLC0415 - only where there is a sound font

    events: list[tuple[int, bytes]] = []
    starts, at = [], 0.5
    for segment in segments:
        starts.append(at)
        events += _events(segment, at)
        at += segment.length_s + _GAP_S
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder, "all.mid"), Path(folder, "all.wav")
        midi.write_bytes(_midi_file(events))
        command = ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.5", "-r", str(RATE), "-F"]
        subprocess.run([*command, str(wav), str(font), str(midi)], check=True, capture_output=True)
        samples, _ = soundfile.read(wav, always_2d=True)
    mono = samples.mean(axis=1)
    return [mono[round(s * RATE) : round((s + g.length_s + 1) * RATE)] for s, g in zip(starts, segments, strict=True)]


def _events(segment: Segment, at: float) -> list[tuple[int, bytes]]:
    part, second = segment.part, 60.0 / segment.bpm
    strokes = bool(part.hits)
    channel = _DRUM_CHANNEL if strokes else 0
    program = int(part.instrument.rpartition(":")[2]) if part.instrument[-1].isdigit() else 0
    bend = round(8192 + 8192 * segment.cents / 200)
    first = round((at - 0.2) * TICKS)
    found = [
        (first, bytes([0xC0 | channel, program])),
        (first, bytes([0xE0 | channel, bend & 0x7F, bend >> 7])),
    ]
    played = [(h.start, 0.25, GM_DRUMS[h.drum], h.velocity) for h in part.hits]
    played += [(n.start, n.length, n.pitch, n.velocity) for n in part.notes]
    for start, length, pitch, velocity in played:
        on, off = at + start * second, at + (start + length) * second - 0.004
        loud = max(1, min(127, round(velocity * 127)))
        found.append((round(on * TICKS), bytes([0x90 | channel, pitch, loud])))
        found.append((round(off * TICKS), bytes([0x80 | channel, pitch, 0])))
    return found


def _midi_file(events: list[tuple[int, bytes]]) -> bytes:
    """A type 0 file of one beat a second."""
    track, now = bytearray(b"\x00\xff\x51\x03\x0f\x42\x40"), 0
    for tick, message in sorted(events, key=lambda e: (e[0], e[1][0] >> 4 == 0x9)):
        track += _variable(tick - now) + message
        now = tick
    track += _variable(TICKS) + b"\xff\x2f\x00"
    return struct.pack(">4sIHHH4sI", b"MThd", 6, 0, 1, TICKS, b"MTrk", len(track)) + bytes(track)


def _variable(number: int) -> bytes:
    """A MIDI variable-length quantity."""
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | (number & 0x7F))
    return bytes(reversed(digits))
