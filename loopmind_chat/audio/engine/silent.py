"""A device for machines without sound: it takes the frames in real time and throws them away."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from loopmind_chat.audio.engine.output import BLOCK, Fill
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.song.units import SAMPLE_RATE

_BLOCK_S = BLOCK / SAMPLE_RATE
_LATE_MAX_S = 1.0


class Clock(Protocol):
    """Time that can be waited for."""

    def now(self) -> float:
        """Seconds since some moment; never goes back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class MonotonicClock:
    """The system's clock, which no change of date moves."""

    def now(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class SilentDevice:
    """Asks for a block each 21 ms of its clock; ``sink`` gets what would have been heard."""

    def __init__(self, clock: Clock | None = None, sink: Callable[[Block], None] | None = None) -> None:
        self.name = "silent"
        self.silent = True
        self.latency_s = 0.0
        self._clock = clock or MonotonicClock()
        self._sink = sink
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, fill: Fill) -> None:
        """Begin to call ``fill``."""
        self._thread = threading.Thread(target=self._run, args=(fill,), name="silent device", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; ``fill`` is not called any more."""
        self._ended.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=1.0)

    def _run(self, fill: Fill) -> None:
        out = np.zeros((BLOCK, 2), np.float32)
        due = self._clock.now()
        while not self._ended.is_set():
            fill(out)
            if self._sink is not None:
                self._sink(out)
            due += _BLOCK_S
            wait = due - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)
            elif wait < -_LATE_MAX_S:
                due = self._clock.now()  # the machine slept: nothing is caught up
