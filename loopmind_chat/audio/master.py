"""The last stage: raw hands over with headroom; polished and tape glue the mix and bring it to a loudness."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pedalboard import (
    BrickwallLimiter,
    Chorus,
    Compressor,
    HighpassFilter,
    HighShelfFilter,
    LowpassFilter,
    PeakFilter,
    Plugin,
)
from pedalboard._pedalboard import Pedalboard

from loopmind_chat.audio.loudness import loudness, peak_db, true_peak_db
from loopmind_chat.audio.saturation import LATENCY, Saturation
from loopmind_chat.audio.strips import BLOCK_MAX, Board
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import MixMode

Samples = npt.NDArray[np.float32]

STREAM_LUFS: Final = -14.0
TRUE_PEAK_DB: Final = -1.0
RAW_PEAK_DB: Final = -6.0
_CEILING_DB: Final = -1.2
"""The limiter guarantees nothing; 0.2 dB lower, music stays below TRUE_PEAK_DB."""
_RELEASE_MS: Final = 120.0
_BUS_LUFS: Final = -18.0
"""Loudness at which the mix enters the bus, whatever its level was: thresholds and drive refer to it."""
_PIECE: Final = 15 * SAMPLE_RATE
_RUN_UP: Final = 2 * SAMPLE_RATE
"""After as long, sixteen times its release, a limiter has forgotten that it began."""
_AHEAD: Final = SAMPLE_RATE // 10
_NEAR_LU: Final = 0.1
_NEAR_ENOUGH_LU: Final = 0.25
_TRIES: Final = 4
_TRIM_MAX_DB: Final = 30.0
_GAIN_MAX_DB: Final = 24.0
_SHORT_PEAK_DB: Final = -3.0
_SILENT_DB: Final = -90.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Gains of the master stage in dB, measured on the whole mix."""

    trim_db: float = 0.0
    """Before the bus effects."""
    gain_db: float = 0.0
    """After them, into the limiter."""


UNMEASURED: Final = {
    MixMode.RAW: Levels(gain_db=-9.5),
    MixMode.POLISHED: Levels(trim_db=-6.0, gain_db=6.0),
    MixMode.TAPE: Levels(trim_db=-6.0, gain_db=8.0),
}
"""Levels that suit most songs, until theirs are measured."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished mix with what was measured on it."""

    samples: Samples
    levels: Levels
    lufs: float | None
    """None where it is silent or too short to say."""
    true_peak_db: float


class Master:
    """The master stage for live sound, block by block: late by the limiter's 5 ms, never above full scale."""

    def __init__(self, mode: MixMode, levels: Levels | None = None) -> None:
        self.mode = mode
        self.repairs = 0
        """Blocks silenced because they held NaN or infinity."""
        self._levels = levels or UNMEASURED[mode]
        self._bus = Bus(mode)
        self._limiter = None if mode is MixMode.RAW else Board([_limiter(_CEILING_DB, true_peak=False)])
        self._gains = _linear(self._levels)

    def set_levels(self, levels: Levels) -> None:
        """Go over to other levels, within the next block."""
        self._levels = levels

    def reset(self) -> None:
        """Forget every tail and envelope."""
        self._bus.reset()
        if self._limiter is not None:
            self._limiter.reset()

    def process(self, block: Samples) -> Samples:
        """The block (frames, 2) as it goes to the ear."""
        if len(block) > BLOCK_MAX:
            parts = [block[first : first + BLOCK_MAX] for first in range(0, len(block), BLOCK_MAX)]
            return np.concatenate([self.process(part) for part in parts])
        if not math.isfinite(float(block.sum())):
            self.repairs += 1
            self.reset()
            return np.zeros_like(block)
        old, new = self._gains, _linear(self._levels)
        self._gains = new
        made = self._bus(block * _ramp(old[0], new[0], len(block))) * _ramp(old[1], new[1], len(block))
        if self._limiter is not None:
            made = self._limiter(made)
        return np.asarray(np.clip(made, -1.0, 1.0), dtype=np.float32)


class Bus:
    """What the sum of all tracks passes through before its last gain. Raw: nothing."""

    def __init__(self, mode: MixMode) -> None:
        self.latency = LATENCY if mode is MixMode.TAPE else 0
        self._saturation = Saturation() if mode is MixMode.TAPE else None
        self._before = Board(_head()) if mode is MixMode.TAPE else None
        after = {MixMode.RAW: list[Plugin], MixMode.POLISHED: _polished, MixMode.TAPE: _tape}[mode]()
        self._after = Board(after) if after else None

    def reset(self) -> None:
        """Forget every tail and envelope."""
        for part in (self._before, self._saturation, self._after):
            if part is not None:
                part.reset()

    def __call__(self, block: Samples) -> Samples:
        """The block (frames, 2), at most BLOCK_MAX long."""
        for part in (self._before, self._saturation, self._after):
            if part is not None:
                block = part(block)
        return block


def finish(mix: Samples, mode: MixMode, target_lufs: float = STREAM_LUFS) -> Finished:
    """The whole mix, (frames, 2), finished: as long as it was, and in time with it.

    Raw: its peak at RAW_PEAK_DB. Polished and tape: ``target_lufs`` within half a LU, true peak at most TRUE_PEAK_DB;
    what is silent stays so, and what is too short for a loudness gets a peak of -3 dB.
    """
    if not np.isfinite(mix).all():
        mix = np.nan_to_num(mix, nan=0.0, posinf=0.0, neginf=0.0)
    if mode is MixMode.RAW:
        return _finished_raw(mix)
    heard = loudness(mix)
    trim_db = 0.0 if heard is None else _within(_BUS_LUFS - heard, _TRIM_MAX_DB)
    bus = _through(Bus(mode), mix * np.float32(_gain(trim_db)))
    before = loudness(bus)
    if before is None:
        return _finished_short(bus, trim_db)
    gain_db = _within(target_lufs - before, _GAIN_MAX_DB)
    for _ in range(_TRIES):
        now = loudness(_limited(bus, gain_db, true_peak=False))
        if now is None or abs(target_lufs - now) < _NEAR_LU:
            break
        gain_db = _within(gain_db + target_lufs - now, _GAIN_MAX_DB)
    finished = _checked(_limited(bus, gain_db, true_peak=True), Levels(trim_db, gain_db))
    if finished.lufs is None or abs(target_lufs - finished.lufs) < _NEAR_ENOUGH_LU:
        return finished
    # on sharp peaks the true-peak limiter takes more than the quick one did
    gain_db = _within(gain_db + 1.3 * (target_lufs - finished.lufs), _GAIN_MAX_DB)
    return _checked(_limited(bus, gain_db, true_peak=True), Levels(trim_db, gain_db))


def measure_levels(mix: Samples, mode: MixMode, target_lufs: float = STREAM_LUFS) -> Levels:
    """The levels with which :class:`Master` plays this mix as loud as :func:`finish` would write it."""
    return finish(mix, mode, target_lufs).levels


def _finished_raw(mix: Samples) -> Finished:
    peak = peak_db(mix)
    gain_db = RAW_PEAK_DB - peak if math.isfinite(peak) else 0.0
    made = mix * np.float32(_gain(gain_db))
    return Finished(made, Levels(gain_db=gain_db), loudness(made), true_peak_db(made))


def _finished_short(bus: Samples, trim_db: float) -> Finished:
    peak = peak_db(bus)
    if peak < _SILENT_DB:
        return Finished(np.zeros_like(bus), Levels(), None, -math.inf)
    gain_db = _within(_SHORT_PEAK_DB - peak, _GAIN_MAX_DB)
    return _checked(bus * np.float32(_gain(gain_db)), Levels(trim_db, gain_db))


def _checked(made: Samples, levels: Levels) -> Finished:
    """The finished mix, turned down where its true peak is still too high."""
    peak = true_peak_db(made)
    if peak > TRUE_PEAK_DB:
        made = made * np.float32(_gain(TRUE_PEAK_DB - 0.02 - peak))
        peak = TRUE_PEAK_DB - 0.02
    return Finished(made, levels, loudness(made), peak)


def _through(bus: Bus, mix: Samples) -> Samples:
    late = np.concatenate((mix, np.zeros((bus.latency, 2), np.float32)))
    parts = [bus(late[first : first + BLOCK_MAX]) for first in range(0, len(late), BLOCK_MAX)]
    return np.concatenate(parts)[bus.latency :] if parts else mix


def _limited(bus: Samples, gain_db: float, *, true_peak: bool) -> Samples:
    """The bus through a limiter, in time with it; in pieces, two at a time, since this is the slowest part of all."""
    loud = bus * np.float32(_gain(gain_db))

    def piece(start: int) -> Samples:
        before = max(start - _RUN_UP, 0)
        board = Pedalboard([_limiter(_CEILING_DB, true_peak=true_peak)])
        made = board(loud[before : start + _PIECE + _AHEAD], SAMPLE_RATE)
        return np.asarray(made[start - before :][:_PIECE], dtype=np.float32)

    with ThreadPoolExecutor(2) as pool:
        pieces = list(pool.map(piece, range(0, len(loud), _PIECE)))
    return np.concatenate(pieces) if pieces else loud


def _limiter(ceiling_db: float, *, true_peak: bool) -> BrickwallLimiter:
    return BrickwallLimiter(ceiling_db, _RELEASE_MS, true_peak=true_peak)


def _polished() -> list[Plugin]:
    return [HighpassFilter(25.0), Compressor(-14.0, 2.0, 30.0, 150.0), HighShelfFilter(10_000.0, 1.0)]


def _head() -> list[Plugin]:
    """What a tape machine does to the low end."""
    return [HighpassFilter(30.0), PeakFilter(80.0, 1.5, 0.8)]


def _tape() -> list[Plugin]:
    return [
        HighpassFilter(20.0),  # takes out the offset that the bias leaves
        LowpassFilter(15_500.0),
        HighShelfFilter(9_000.0, -1.5),
        Chorus(0.6, 0.02, mix=0.15),
        Compressor(-16.0, 2.0, 20.0, 200.0),
    ]


def _linear(levels: Levels) -> tuple[float, float]:
    return _gain(levels.trim_db), _gain(levels.gain_db)


def _gain(decibels: float) -> float:
    return float(10.0 ** (decibels / 20.0))


def _within(decibels: float, limit: float) -> float:
    return min(max(decibels, -limit), limit)


def _ramp(old: float, new: float, frames: int) -> np.float32 | Samples:
    if old == new:
        return np.float32(new)
    return np.linspace(old, new, frames, dtype=np.float32)[:, None]
