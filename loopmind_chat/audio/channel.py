"""One track in the mixer: its events summed, its effects, its fader and pan."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np

from loopmind_chat.audio.passages import GRID, change_of
from loopmind_chat.audio.plan.transitions import TRANSITION_STRIP
from loopmind_chat.audio.plan.values import LEAD, Event, MixPlan, Strip
from loopmind_chat.audio.strips import Board, Samples, compression, effect_plugins, widened, width_of
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import EffectKind, MixMode

ClipAudio = Callable[[str], Samples | None]
"""Prepared audio by clip key; None while it is not there."""

_TAIL: Final = SAMPLE_RATE
_LONG_TAIL: Final = 8 * SAMPLE_RATE
_RINGING: Final = frozenset({EffectKind.REVERB, EffectKind.DELAY})


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right gain of a pan of -1 to 1: sine and cosine, scaled so that the middle is 1. Power is constant."""
    angle = (pan + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)


class Channel:
    """A strip with its state. Blocks are asked for in order, on the mixer's grid, at most BLOCK_MAX long."""

    def __init__(self, strip: Strip, plan: MixPlan) -> None:
        self.strip = strip
        self.repairs = 0
        """Blocks silenced because they held NaN or infinity."""
        self._events = [event for event in plan.events if event.track == strip.id] if strip.audible else []
        self._starts = [event.start for event in self._events]
        self._longest = max((event.end - event.start for event in self._events), default=0)
        fader = 10.0 ** (strip.gain_db / 20.0)
        self._left, self._right = (np.float32(fader * side) for side in pan_gains(strip.pan))
        self._width = width_of(strip.fx)
        self._passages = plan.passages if strip.id != TRANSITION_STRIP.id else ()
        evened = compression(strip.role) if plan.mode is not MixMode.RAW else ()
        plugins = [*evened, *effect_plugins(strip.fx, plan.tempo)]
        self._board = Board(plugins) if plugins and self._events else None
        tail = _LONG_TAIL if plan.passages or any(effect.kind in _RINGING for effect in strip.fx) else _TAIL
        self._active = list(_active(self._events, tail))
        self.reset()

    @property
    def plain(self) -> bool:
        """True where the track's events can be added to the mix as they are."""
        return self._board is None and self._width == 1.0 and not self._passages and self._left == self._right

    def reset(self) -> None:
        """Forget every tail and envelope."""
        if self._board is not None:
            self._board.reset()
        self._changes = [change_of(passage) for passage in self._passages]

    def add_plain(self, out: Samples, start: int, clips: ClipAudio) -> None:
        """Add the events to ``out``, which begins at frame ``start``. For plain channels only."""
        for event in self._heard(start, start + len(out)):
            _add(out, start, event, clips(event.clip), float(self._left))

    def bus(self, start: int, frames: int, clips: ClipAudio) -> Samples | None:
        """What the track adds to the mix, shape (frames, 2), after its fader; None where it is silent."""
        out: Samples | None = None
        for low, high in self._active:
            if low >= start + frames or high <= start:
                continue
            if low >= start:
                # the same start at every size of block: nothing is left of what sounded long ago
                self.reset()
            first, last = max(low, start), min(high, start + frames)
            out = np.zeros((frames, 2), np.float32) if out is None else out
            out[first - start : last - start] = self._sound(first, last - first, clips)
        return out

    def _sound(self, start: int, frames: int, clips: ClipAudio) -> Samples:
        block = np.zeros((frames, 2), np.float32)
        for event in self._heard(start, start + frames):
            _add(block, start, event, clips(event.clip), 1.0)
        if not math.isfinite(float(block.sum())):
            block[:] = 0.0
            self.repairs += 1
            self.reset()
        if self._board is not None:
            block = self._board(block)
        if self._width != 1.0:
            block = widened(block, self._width)
        for change in self._changes:
            if change.start < start + frames and change.end > start:
                change(block, start)
        block[:, 0] *= self._left
        block[:, 1] *= self._right
        return block

    def _heard(self, start: int, end: int) -> Iterator[Event]:
        """Events that sound between two frames."""
        low = bisect_left(self._starts, start - self._longest)
        for event in self._events[low : bisect_left(self._starts, end)]:
            if event.end > start:
                yield event


def _active(events: Iterable[Event], tail: int) -> Iterator[tuple[int, int]]:
    """Where a track with these events may sound, on the grid: apart by more than its tail, joined otherwise."""
    first = last = None
    for event in events:
        if last is not None and first is not None and event.start > last + tail:
            yield first, -(-(last + tail) // GRID) * GRID
            first = last = None
        first = event.start // GRID * GRID if first is None else first
        last = event.end if last is None else max(last, event.end)
    if first is not None and last is not None:
        yield first, -(-(last + tail) // GRID) * GRID


def _add(out: Samples, start: int, event: Event, audio: Samples | None, gain: float) -> None:
    """Add to ``out``, which begins at frame ``start``, what of the event falls into it."""
    if audio is None:
        return
    first, last = max(event.start, start), min(event.end, start + len(out))
    read = LEAD + event.offset + first - event.start
    last = min(last, first + len(audio) - read)
    if last <= first or read < 0:
        return
    part = audio[read : read + last - first] * np.float32(event.gain * gain)
    if first < event.start + event.fade_in:
        _rise(part, first - event.start, event.fade_in)
    if last > event.end - event.fade_out:
        _fall(part, event.end - first, event.fade_out)
    out[first - start : last - start] += part


def _rise(part: Samples, into: int, length: int) -> None:
    """Fade in, in place, a part that begins ``into`` frames after the event does."""
    count = min(length - into, len(part))
    ramp = (np.arange(into + 1, into + count + 1, dtype=np.float32)) / np.float32(length + 1)
    part[:count] *= ramp[:, None]


def _fall(part: Samples, left: int, length: int) -> None:
    """Fade out, in place, a part at whose beginning ``left`` frames of the event are left."""
    begin = max(left - length, 0)
    ramp = np.arange(left - begin, left - len(part), -1, dtype=np.float32) / np.float32(length + 1)
    part[begin:] *= ramp[:, None]
