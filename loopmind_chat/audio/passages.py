"""Transitions that are done to a track's sound: filter sweeps, a tape that stops, a reverb that rings over."""

from collections.abc import Iterator
from typing import Final, Protocol

import numpy as np
import pedalboard

from loopmind_chat.audio.plan.values import LEAD, Passage
from loopmind_chat.audio.strips import Board, Samples
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import TransitionKind

GRID: Final = 256
"""Frames of a step of a moving filter, counted from the song's start."""
_TAIL: Final = 4 * SAMPLE_RATE
_OPEN_HZ: Final = 18_000.0
_CLOSED_HZ: Final = 300.0
_THIN_HZ: Final = 900.0
_FULL_HZ: Final = 20.0


class Change(Protocol):
    """What a passage does to a strip; it is given the strip's blocks in order, and changes them in place."""

    start: int
    end: int

    def __call__(self, block: Samples, at: int) -> None:
        """Change the block (frames, 2) that begins at frame ``at``."""


def change_of(passage: Passage) -> Change:
    """A fresh change, for one strip."""
    match passage.kind:
        case TransitionKind.SWEEP_UP | TransitionKind.SWEEP_DOWN:
            return Sweep(passage)
        case TransitionKind.TAPE_STOP:
            return TapeStop(passage)
        case _:
            return ReverbTail(passage)


def _inside(change: Change, at: int, frames: int) -> tuple[int, int]:
    return max(change.start, at), min(change.end, at + frames)


def _return_ramp(passage_end: int, start: int, end: int) -> Samples:
    """How much of the changed sound is heard: all of it, but none at the passage's last frame (no click)."""
    left = passage_end - np.arange(start, end, dtype=np.float32)
    return np.minimum(left / LEAD, 1.0).astype(np.float32)[:, None]


class Sweep:
    """Up: a high-pass rises until the beat falls in. Down: a low-pass closes."""

    def __init__(self, passage: Passage) -> None:
        self.start, self.end = passage.start, passage.end
        self._up = passage.kind is TransitionKind.SWEEP_UP
        self._filter = pedalboard.HighpassFilter(_FULL_HZ) if self._up else pedalboard.LowpassFilter(_OPEN_HZ)
        self._board = Board([self._filter])

    def __call__(self, block: Samples, at: int) -> None:
        """Change the block in place."""
        start, end = _inside(self, at, len(block))
        for low, high in _steps(start, end):
            part = block[low - at : high - at]
            self._filter.cutoff_frequency_hz = self._hertz((low - self.start) / (self.end - self.start))
            wet = _return_ramp(self.end, low, high)
            part[:] = self._board(part) * wet + part * (1.0 - wet)

    def _hertz(self, way: float) -> float:
        first, last = (_FULL_HZ, _THIN_HZ) if self._up else (_OPEN_HZ, _CLOSED_HZ)
        return float(first * (last / first) ** way)


class TapeStop:
    """The sound slows down evenly and stands still at the border."""

    def __init__(self, passage: Passage) -> None:
        self.start, self.end = passage.start, passage.end
        self._heard: Samples = np.zeros((self.end - self.start, 2), np.float32)

    def __call__(self, block: Samples, at: int) -> None:
        """Change the block in place. Slowed down, it needs only what has been heard already."""
        start, end = _inside(self, at, len(block))
        if end <= start:
            return
        self._heard[start - self.start : end - self.start] = block[start - at : end - at]
        length = self.end - self.start
        time = np.arange(start, end) - self.start
        read = time - time**2 / (2.0 * length)
        below = read.astype(np.int64)
        above = np.minimum(below + 1, length - 1)
        part = (read - below).astype(np.float32)[:, None]
        slowed = self._heard[below] * (1.0 - part) + self._heard[above] * part
        level = np.minimum((length - time) / (0.25 * length), 1.0).astype(np.float32)[:, None]
        block[start - at : end - at] = slowed * level


class ReverbTail:
    """The last beats before the border are sent into a reverb that rings on over it."""

    def __init__(self, passage: Passage) -> None:
        self.start, self.end = passage.start, passage.end + _TAIL
        self._border = passage.end
        self._board = Board([pedalboard.Reverb(0.85, 0.4, 0.33, 0.0)])

    def __call__(self, block: Samples, at: int) -> None:
        """Change the block in place."""
        start, end = _inside(self, at, len(block))
        if end <= start:
            return
        part = block[start - at : end - at]
        time = np.arange(start, end, dtype=np.float32)
        send = np.clip((time - self.start) / max(self._border - self.start, 1), 0.0, 1.0)
        send *= np.clip((self._border - time) / LEAD, 0.0, 1.0)
        part += self._board(part * send.astype(np.float32)[:, None]) * _return_ramp(self.end, start, end)


def _steps(start: int, end: int) -> Iterator[tuple[int, int]]:
    """``start`` to ``end`` cut at the grid."""
    low = start
    while low < end:
        high = min((low // GRID + 1) * GRID, end)
        yield low, high
        low = high
