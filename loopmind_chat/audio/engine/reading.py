"""What the engine can say of itself: place, level, device, trouble."""

import math
import time
from typing import Any

from loopmind_chat.audio.engine.mixing import Mixing
from loopmind_chat.audio.engine.outputs import Outputs
from loopmind_chat.song.units import SAMPLE_RATE

_LEVEL_FRAMES = SAMPLE_RATE // 10
_FLOOR_DB = -120.0
_WAKING_S = 2.5
"""PulseAudio plays what a sleeping sink had in hand, up to two seconds, before it asks a new stream for more."""
_ON_TIME_S = 0.25
"""Longer between two looks: the whole machine was busy, or asleep, and the device no more to blame than we."""


class Reading:
    """Reads the parts without stopping them, and pauses the song where the device is lost."""

    def __init__(self, mixing: Mixing, outputs: Outputs) -> None:
        self._mixing = mixing
        self._outputs = outputs
        self._silent_s = 0.0
        """How long the device has asked for nothing while this process ran freely."""
        self._watched_at = self._called_at = 0.0
        self._lost: str | None = None

    def status(self) -> dict[str, Any]:
        """The fact ``status``: what :class:`loopmind_chat.audio.status.PlayerStatus` says, as the engine knows it."""
        transport, feed, outputs = self._mixing.transport, self._mixing.feed, self._outputs
        deck, device = transport.deck, outputs.device
        heard = feed.heard(outputs.latency_s)
        mark = self._mixing.place(heard)
        playing = deck is not None and (transport.playing or heard < transport.ended)
        beat = deck.grid.beat_at(transport.position) if deck else 0.0
        tempo, revision = (deck.grid.tempo, deck.revision) if deck else (120.0, 0)
        if playing and mark is not None:
            beat, tempo, revision = mark.grid.beat_at(mark.frame), mark.grid.tempo, mark.revision
        sounding = self._mixing.ring.available > 0
        left, right = transport.marks.peak(heard, _LEVEL_FRAMES) if sounding else (0.0, 0.0)
        return {
            "fact": "status",
            "playing": playing,
            "beat": round(beat, 4),
            "tempo": tempo,
            "revision": revision,
            "loop": transport.loop,
            "level": [_db(left), _db(right)],
            "underruns": feed.underruns,
            "device": device.name if device else "",
            "silent": device.silent if device else False,
            "problem": self._mixing.problem or self._lost or outputs.problem,
        }

    def watch(self) -> None:
        """Pause where a device has asked for nothing for too long, and let it go."""
        now, called = time.monotonic(), self._mixing.feed.called_at
        on_time = now - self._watched_at < _ON_TIME_S
        awake = now - self._mixing.feed.opened_at > _WAKING_S
        idle = on_time and awake and called == self._called_at
        self._silent_s = self._silent_s + now - self._watched_at if idle else 0.0
        self._watched_at, self._called_at = now, called
        if not self._outputs.lost(self._silent_s):
            if self._outputs.device is not None:
                self._lost = None
            return
        self._silent_s = 0.0
        device = self._outputs.device
        self._mixing.pause()
        self._outputs.close()
        self._lost = f"the sound device {device.name if device else ''} is gone: paused; play goes on, /device lists"


def _db(peak: float) -> float:
    return round(max(_FLOOR_DB, 20.0 * math.log10(peak)), 1) if peak > 0.0 else _FLOOR_DB
