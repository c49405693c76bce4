"""What each file of the pack is, and how a kit says so."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from zlib import crc32

import numpy as np

from loopmind_chat.song.vocabulary import UNPITCHED, Role
from loopmind_chat.starter.sound.canvas import Canvas
from loopmind_chat.starter.sound.circle import driven, shaped
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import RATE, Rng, Signal, ramped, stereo

FOLDERS: Final = {
    "Drums": Role.DRUMS,
    "Percussion": Role.PERCUSSION,
    "Bass": Role.BASS,
    "Melody": Role.MELODY,
    "Chords": Role.CHORDS,
    "Pads": Role.PAD,
    "Vocals": Role.VOCAL,
    "FX": Role.FX,
}
"""The folder of a kit that holds each role; one-shots name theirs after "One Shots/"."""
_PEAK_DB: Final = {Role.DRUMS: -1.0, Role.BASS: -1.5, Role.PAD: -3.0, Role.FX: -3.0, Role.PERCUSSION: -2.0}
_SQUEEZE: Final = {Role.DRUMS: 1.3, Role.PERCUSSION: 0.9, Role.BASS: 0.9}
"""How hard the finished sound is pressed into soft clipping: it brings loudness up to that of records."""
_LSB: Final = 1.0 / 32_768.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The truth about one file, as ``labels.json`` holds it."""

    file: str
    """Path inside the pack, with forward slashes."""
    bpm: float | None
    """None for one-shots."""
    key: str | None
    """None for drums, percussion and noises."""
    role: str
    is_loop: bool
    bars: int | None
    mood: str
    tags: tuple[str, ...]
    kit: str

    def document(self) -> dict[str, Any]:
        """The label as a JSON object."""
        return {**asdict(self), "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A label and the way to make its sound."""

    label: Label
    frames: int | None
    """Length of a loop; None where the sound decides."""
    _make: Callable[[Rng], Signal]

    def render(self) -> np.ndarray:
        """The finished sound, float32 (frames, 2) at 44.1 kHz, dithered for 16 bits; the same on every call."""
        rng = np.random.default_rng(crc32(self.label.file.encode()))
        return _finished(self._make(rng), Role(self.label.role), rng)


Make = Callable[[Canvas, Rng], Signal]
"""Fills an empty canvas and returns what is to be written."""


@dataclass(frozen=True, slots=True)
class Kit:
    """A family of loops that share tempo, key and harmony."""

    name: str
    genre: str
    bpm: float
    key: str

    def loop(self, path: str, bars: int, words: str, make: Make) -> Recipe:
        """A loop in the folder of its role; the first of ``words`` is its mood, the others are tags."""
        role = FOLDERS[path.split("/", maxsplit=1)[0]]
        mood, *tags = words.split()
        label = Label(
            file=str(PurePosixPath(self.name, path + ".wav")),
            bpm=self.bpm,
            key=None if role in UNPITCHED or "shout" in tags else self.key,
            role=role.value,
            is_loop=True,
            bars=bars,
            mood=mood,
            tags=(self.genre, *tags),
            kit=self.genre,
        )
        canvas = Canvas(self.bpm, bars)
        return Recipe(label, len(canvas.samples), lambda rng: make(Canvas(self.bpm, bars), rng))

    def shot(self, name: str, role: Role, words: str, make: Callable[[Rng], Signal], key: str | None = None) -> Recipe:
        """A one-shot."""
        mood, *tags = words.split()
        label = Label(
            file=str(PurePosixPath(self.name, "One Shots", name + ".wav")),
            bpm=None,
            key=key,
            role=role.value,
            is_loop=False,
            bars=None,
            mood=mood,
            tags=(self.genre, *tags),
            kit=self.genre,
        )
        return Recipe(label, None, lambda rng: _tidied(make(rng)))


def _tidied(sound: Signal) -> Signal:
    """A one-shot without the silence after it."""
    x = stereo(sound)
    heard = np.flatnonzero(np.max(np.abs(x), axis=1) > np.max(np.abs(x)) * 10.0 ** (-66.0 / 20.0))
    return ramped(x[: int(heard[-1]) + 1], 0.0003, min(0.05, heard[-1] / RATE / 4.0))


def _finished(x: Signal, role: Role, rng: Rng) -> np.ndarray:
    x = shaped(x, biquad("high", 24.0)) if len(x) > RATE else x
    x = x - x.mean(axis=0)
    x = driven(x, _SQUEEZE[role]) if role in _SQUEEZE else x
    x = x - x.mean(axis=0)
    x = x / np.max(np.abs(x)) * 10.0 ** (_PEAK_DB.get(role, -2.0) / 20.0)
    # the difference of neighbours is triangular noise that lies mostly in the treble, where it is not heard
    dither = np.diff(rng.random((len(x) + 1, 2)), axis=0) * _LSB
    return np.asarray(np.round((x + dither) / _LSB) * _LSB, dtype=np.float32)
