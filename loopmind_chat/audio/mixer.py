"""One mixer for what is heard and what is exported: a plan and prepared audio in, the mix before the master out."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from loopmind_chat.audio.channel import Channel
from loopmind_chat.audio.ducking import Ducker
from loopmind_chat.audio.passages import GRID
from loopmind_chat.audio.plan.values import MixPlan
from loopmind_chat.audio.strips import BLOCK_MAX, Samples
from loopmind_chat.song.vocabulary import MixMode, Role

LoadClip = Callable[[str], Samples | None]
"""Prepared audio by clip key, shape (frames, 2), LEAD frames before its beginning; None while it is not there."""

_DUCKING: Final = frozenset({Role.DRUMS, Role.BASS})


class Mixer:
    """Renders a plan, in order or from anywhere. One thread.

    Raw is faders, pan and the song's own effects. Polished and tape even out bass and voice, and the bass ducks under
    the kick; the tone of each role is prepared with its clips. Levels are the song's. Block sizes change nothing.
    """

    def __init__(self, plan: MixPlan, load: LoadClip) -> None:
        self.plan = plan
        self.metering = False
        """Whether :attr:`peaks` is kept; it costs a little."""
        self.peaks: dict[str, float] = {}
        """Peak of each strip in the blocks made last, after its fader, linear."""
        self._load = load
        self._clips: dict[str, Samples] = {}
        self._spoiled = 0
        self._channels = [Channel(strip, plan) for strip in plan.strips]
        # the drums first: the bass listens to them
        self._order = sorted(range(len(self._channels)), key=lambda i: self._channels[i].strip.role is not Role.DRUMS)
        heard = {strip.role for strip in plan.strips if strip.audible}
        self._ducks = plan.mode is not MixMode.RAW and {Role.DRUMS, Role.BASS} <= heard
        self.seek(0)

    @property
    def position(self) -> int:
        """The frame from which :meth:`render` goes on without a seek."""
        return self._at

    @property
    def repairs(self) -> int:
        """Blocks of a track that were silenced because they held NaN or infinity."""
        return self._spoiled + sum(channel.repairs for channel in self._channels)

    def seek(self, frame: int) -> None:
        """Go to a frame; effects start afresh there."""
        self._at = frame
        self._made = frame // GRID * GRID
        self._rest: Samples | None = None
        self._ducker = Ducker() if self._ducks else None
        for channel in self._channels:
            channel.reset()

    def render(self, start: int, frames: int) -> Samples:
        """The mix from ``start``, shape (frames, 2), before the master; silence where there is nothing."""
        return self._stream(start, frames, ())

    def render_stems(self, start: int, frames: int) -> dict[str, Samples]:
        """What each track adds to the mix, by its id: they sum to what :meth:`render` gives."""
        stems = self._stream(start, frames, (len(self._channels),))
        return {strip.id: stems[index] for index, strip in enumerate(self.plan.strips)}

    def _stream(self, start: int, frames: int, shape: tuple[int, ...]) -> Samples:
        """``frames`` from ``start``, made in whole steps of the grid; what is over is kept for the next call."""
        if start != self._at or (self._rest is not None and self._rest.shape[:-2] != shape):
            self.seek(start)
        out = np.empty((*shape, frames, 2), np.float32)
        done = 0
        while done < frames:
            if self._rest is None or not self._rest.shape[-2]:
                wanted = min(-(-(start + frames - self._made) // GRID) * GRID, BLOCK_MAX)
                skipped = start + done - self._made
                self._rest = self._block(wanted, shape)[..., skipped:, :]
            taken = min(frames - done, self._rest.shape[-2])
            out[..., done : done + taken, :] = self._rest[..., :taken, :]
            self._rest = self._rest[..., taken:, :]
            done += taken
        self._at = start + frames
        return out

    def _block(self, frames: int, shape: tuple[int, ...]) -> Samples:
        """The next ``frames`` of the grid: the mix, or one stem a strip where ``shape`` says so."""
        out = np.zeros((*shape, frames, 2), np.float32)
        drums = np.zeros((frames, 2), np.float32) if self._ducker else None
        gains: Samples | None = None
        for index in self._order:
            channel = self._channels[index]
            target = out[index] if shape else out
            ducking = self._ducker is not None and channel.strip.role in _DUCKING
            if channel.plain and not ducking and not self.metering:
                channel.add_plain(target, self._made, self._clip)
                continue
            if self._ducker and drums is not None and gains is None and channel.strip.role is Role.BASS:
                gains = self._ducker.gains(drums)
            bus = channel.bus(self._made, frames, self._clip)
            if bus is not None:
                if channel.strip.role is Role.DRUMS and drums is not None:
                    drums += bus
                elif channel.strip.role is Role.BASS and gains is not None:
                    bus *= gains
                target += bus
            if self.metering:
                self.peaks[channel.strip.id] = 0.0 if bus is None else float(np.abs(bus).max())
        self._made += frames
        if not math.isfinite(float(out.sum())):
            out[:] = 0.0
            self._spoiled += 1
        return out

    def _clip(self, key: str) -> Samples | None:
        """A clip's audio; one that is not there yet is asked for again the next time."""
        found = self._clips.get(key)
        if found is None:
            audio = self._load(key)
            if audio is not None:
                # a plain view: slicing a memory map is slow
                found = self._clips[key] = np.asarray(audio)
        return found
