"""Which device plays: opened when it is needed, given up when it falls silent."""

import contextlib
import threading
from collections.abc import Callable
from typing import Protocol

from loopmind_chat.audio.engine.output import Device, Feed
from loopmind_chat.audio.engine.portaudio import NO_CARD, PortAudioDevice, output_names
from loopmind_chat.errors import NoDevice

SILENT = "silent"
LOST_S = 1.5
"""PulseAudio is silent for a second now and then on a busy machine."""
_CLOSING_S = 1.0
"""A device that takes longer to close is left to itself."""


class OpensDevices(Protocol):
    """Where devices come from."""

    def names(self, *, refresh: bool) -> list[str]:
        """Names of the outputs. Raises NoDevice."""

    def make(self, name: str | None) -> Device:
        """The output of that name, not yet started; None: the system's default."""


class SoundCards:
    """The outputs that PortAudio knows."""

    def names(self, *, refresh: bool) -> list[str]:
        """Names of the outputs. Raises NoDevice where there is no PortAudio."""
        return output_names(refresh=refresh)

    def make(self, name: str | None) -> Device:
        """The output of that name, not yet started; None: the system's default."""
        return PortAudioDevice(name)


class Outputs:
    """The one output that is open; the silent device stands in where there is none."""

    def __init__(self, feed: Feed, cards: OpensDevices, wanted: str | None, silent: Callable[[], Device]) -> None:
        self.problem: str | None = None
        """Why there is no sound."""
        self.device: Device | None = None
        self._feed = feed
        self._cards = cards
        self._wanted = wanted
        self._silent = silent
        self._stale = False
        """Whether a device was closed since the outputs were looked up: it may have gone, or another have come."""
        self._closing: list[threading.Thread] = []
        """They close devices; looking up the outputs anew under them hangs: PortAudio would close it twice."""
        self._lock = threading.Lock()

    @property
    def latency_s(self) -> float:
        """From the callback to the ear."""
        return self.device.latency_s if self.device else 0.0

    def names(self) -> list[str]:
        """The outputs there are, the silent one last; looked up anew where none is open."""
        with self._lock:
            try:
                found = self._cards.names(refresh=self._may_look_again())
            except NoDevice as fault:
                found, why = [], str(fault)
            else:
                why = NO_CARD
            if not found and self._wanted != SILENT:
                self.problem = why
            return [*found, SILENT]

    def choose(self, name: str | None) -> None:
        """Use another output from the next opening on; None: the system's default."""
        self.close()
        self._wanted = name
        self.problem = None

    def open(self) -> None:
        """Open the wanted output where none is open, or the silent one where that fails."""
        with self._lock:
            if self.device is not None:
                return
            if self._may_look_again():
                with contextlib.suppress(NoDevice):  # opening finds the same, and says it
                    self._cards.names(refresh=True)
            self._open()

    def _may_look_again(self) -> bool:
        """Whether what is known of the outputs is old, and none is in use; the next who asks need not look again."""
        if not self._stale or self.device is not None or not self._closed():
            return False
        self._stale = False
        return True

    def _closed(self) -> bool:
        """Whether the devices before are closed; one that hangs is waited for a moment."""
        for closing in self._closing:
            closing.join(_CLOSING_S)
        self._closing = [closing for closing in self._closing if closing.is_alive()]
        return not self._closing

    def _open(self) -> None:
        device = self._silent() if self._wanted == SILENT else self._cards.make(self._wanted)
        try:
            device.start(self._feed.fill)
        except NoDevice as fault:
            self.problem = str(fault)
            device = self._silent()
            device.start(self._feed.fill)
        else:
            self.problem = None
        self._feed.opened()
        self.device = device

    def lost(self, silent_s: float) -> bool:
        """Whether the open device, after asking for nothing so long, has gone, or fails each time it asks."""
        return self.device is not None and (silent_s > LOST_S or self._feed.failed)

    def close(self) -> None:
        """Let the device go. One that hangs in closing is left to itself after a moment."""
        device, self.device = self.device, None
        self._stale = True
        if device is not None:
            closing = threading.Thread(target=device.close, name="closing the device", daemon=True)
            self._closing.append(closing)
            closing.start()
            closing.join(_CLOSING_S)
