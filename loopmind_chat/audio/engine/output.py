"""What a device does with the ring: the callback copies, counts and never raises."""

import time
from collections.abc import Callable
from typing import Protocol

from loopmind_chat.audio.engine.ring import Block, Ring
from loopmind_chat.song.units import SAMPLE_RATE

BLOCK = 1024
"""Frames a callback is asked for: 21 ms."""
_FAULTS_MAX = 3
_WAKING_S = 2.0
"""A device that has just been opened reports that it ran dry: it had nothing yet."""


class Fill(Protocol):
    """What a device calls."""

    def __call__(self, out: Block, *, late: bool = False) -> None:
        """Fill a block; ``late``: the device had run dry before. Never raises."""


class Device(Protocol):
    """Something that asks for frames at 48 kHz, in stereo, again and again."""

    name: str
    silent: bool
    latency_s: float
    """From the callback to the ear."""

    def start(self, fill: Fill) -> None:
        """Begin to call ``fill``. Raises NoDevice."""

    def close(self) -> None:
        """Stop. ``fill`` is not called any more."""


class Feed:
    """Copies from the ring to the device, and notes when and what."""

    def __init__(self, ring: Ring, clock: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._clock = clock
        self.expected = False
        """Whether frames should be there: an empty ring is an underrun only then."""
        self.underruns = 0
        self.faults = 0
        """Callbacks in a row that failed."""
        self.called_at = self.opened_at = clock()
        self._taken_from = 0

    def opened(self) -> None:
        """A device begins."""
        self.called_at = self.opened_at = self._clock()
        self.faults = 0

    @property
    def failed(self) -> bool:
        """Whether so many callbacks in a row failed that the device should be closed."""
        return self.faults >= _FAULTS_MAX

    def fill(self, out: Block, *, late: bool = False) -> None:
        """Fill a block of the device: frames by two channels, float32. ``late``: the device had run dry before."""
        try:
            self.called_at = self._clock()
            self._taken_from = self._ring.read
            awake = self.called_at - self.opened_at > _WAKING_S
            if (self._ring.read_into(out) < len(out) or (late and awake)) and self.expected:
                self.underruns += 1
            self.faults = 0
        except Exception:  # noqa: BLE001 - PortAudio swallows what a callback raises and plays what is in the buffer
            out[:] = 0.0
            self.faults += 1

    def heard(self, latency_s: float) -> int:
        """The frame of the output that is at the ear now."""
        since = self._clock() - self.called_at
        frame = self._taken_from + round((since - latency_s) * SAMPLE_RATE)
        return max(0, min(frame, self._ring.read))
