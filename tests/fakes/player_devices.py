"""Devices and clocks that do as they are told."""

import numpy as np

from loopmind_chat.audio.engine.output import BLOCK, Device, Fill
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.errors import NoDevice


class HandCrankedDevice:
    """Asks for a block when a test turns it."""

    def __init__(self, name: str = "crank") -> None:
        self.name = name
        self.silent = False
        self.latency_s = 0.0
        self.closed = False
        self._fill: Fill | None = None

    def start(self, fill: Fill) -> None:
        self._fill = fill

    def close(self) -> None:
        self.closed = True

    def turn(self, frames: int = BLOCK) -> Block:
        out = np.full((frames, 2), np.nan, np.float32)
        assert self._fill is not None
        self._fill(out)
        return out


class FakeCards:
    """Sound cards by name; those in ``broken`` do not open, and None stands for no PortAudio."""

    def __init__(self, names: list[str] | None, broken: tuple[str, ...] = ()) -> None:
        self.found = names
        self.broken = broken
        self.refreshed = 0
        self.made: list[HandCrankedDevice] = []

    def names(self, *, refresh: bool) -> list[str]:
        self.refreshed += refresh
        if self.found is None:
            raise NoDevice("no sound: PortAudio is missing")
        return self.found

    def make(self, name: str | None) -> Device:
        found = self.found or []
        chosen = name or (found[0] if found else "")
        if chosen in self.broken or chosen not in found:
            return Unopenable("PortAudio is missing" if self.found is None else "it does not open")
        device = HandCrankedDevice(chosen)
        self.made.append(device)
        return device


class Unopenable(HandCrankedDevice):
    def start(self, fill: Fill) -> None:
        del fill
        raise NoDevice(f"no sound: {self.name}")


class SteppedClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = 100.0
        self.naps = 0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.naps += 1
        self.time += seconds
