"""What is struck when, and in which register: the evidence of rhythm, from the shared spectrum."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.spectrum import Floats, Spectrum

Doubles = npt.NDArray[np.float64]

REGISTERS: Final = 3
"""Low (kicks, bass), middle (snares, notes), high (hats)."""
_SPLITS: Final = (0.25, 0.75)
"""Where the registers part, as shares of the spectrum's bands: about 180 Hz and 3.6 kHz."""
_FLOOR: Final = 1e-4
_LAG: Final = 2
"""Frames over which a rise is measured."""
_PLAIN: Final = 0.25
"""Rise, summed over the registers, below which nothing is struck: sustained sounds move too."""
_LOOK_S: Final = 0.04
_AROUND_S: Final = 0.4
_STANDS_OUT: Final = 1.4
_AUDIBLE: Final = 0.08
_STRUCK_MIN: Final = 3
_SHARES: Final = (0.3, 0.7)
"""Shares of the rise at strikes of sustained and of struck sounds."""
_HEIGHTS: Final = (2.0, 5.0)
"""Means of strikes, in means of all frames, of noise and of struck sounds."""
_STRIKES_MAX: Final = 400
_FRAMES_MIN: Final = 3
_HEARD: Final = 0.15
"""Part of the strongest strike in a register from which on a strike sounds in it."""


@dataclass(frozen=True, slots=True)
class Strikes:
    """Onsets with their strengths, and how each register's strength repeats."""

    times: Doubles
    """Seconds, shape (count,)."""
    strengths: Doubles
    """Rise in each register (log power, mean over its bands), shape (count, 3)."""
    repeats: Doubles
    """Autocorrelation of each register's flux, 1 at no lag; shape (3, frames)."""
    level: Doubles
    """Power of each frame, the loudest 1; shape (frames,)."""
    step_s: float
    """Seconds from frame to frame."""
    clarity: float
    """0..1: how plainly things are struck; 0 where all is one moving sound, whose peaks say nothing of a beat."""

    @property
    def in_register(self) -> npt.NDArray[np.bool_]:
        """Which strikes sound in which register, shape (count, 3)."""
        loudest = self.strengths.max(axis=0, initial=1e-9)
        return np.asarray(self.strengths > _HEARD * np.maximum(loudest, 1e-3), np.bool_)


def strikes_of(spectrum: Spectrum) -> Strikes:
    """The onsets of a sound: peaks of the flux that stand out from the second around them."""
    flux = _registers_flux(spectrum.bands)
    total = flux.sum(axis=1)
    peaks = _peaks(total, spectrum.step_s)
    beside = np.stack([flux[np.clip(peaks + shift, 0, len(flux) - 1)] for shift in (-1, 0, 1)])
    times = (peaks + _vertex(total, peaks)) * spectrum.step_s
    power = spectrum.bands.sum(axis=1, dtype=np.float64)
    level = power / max(float(power.max(initial=0.0)), 1e-20)
    strengths = beside.sum(axis=0) if len(peaks) else np.zeros((0, REGISTERS))
    return Strikes(times, strengths, _repeats(flux), level, spectrum.step_s, _clarity(total, peaks))


def _registers_flux(bands: Floats) -> Doubles:
    """Rise of log power above the two frames' earlier level of a band and its neighbours; shape (frames, 3).

    Looking at the neighbours too keeps vibrato and beating from counting as strikes (SuperFlux, Böck and Widmer 2013).
    """
    loudest = float(bands.max(initial=0.0))
    count, width = bands.shape
    if loudest <= 0.0 or not count:
        return np.zeros((count, REGISTERS))
    level = np.log10(bands / loudest + _FLOOR)
    before = np.full((count + _LAG, width + 2), math.log10(_FLOOR), level.dtype)
    before[_LAG:, 1:-1] = level
    before = before[:count]
    before = np.maximum(np.maximum(before[:, :-2], before[:, 1:-1]), before[:, 2:])
    rise = np.maximum(level - before, 0.0)
    low, high = (round(width * split) for split in _SPLITS)
    parts = (rise[:, :low], rise[:, low:high], rise[:, high:])
    return np.stack([part.mean(axis=1, dtype=np.float64) for part in parts], axis=1)


def _peaks(flux: Doubles, step_s: float) -> npt.NDArray[np.intp]:
    if len(flux) < _FRAMES_MIN:
        return np.zeros(min(len(flux), 1), np.intp)
    radius = max(1, round(_LOOK_S / step_s))
    highest = np.lib.stride_tricks.sliding_window_view(np.pad(flux, radius), 2 * radius + 1).max(axis=1)
    around = max(2, round(_AROUND_S / step_s))
    sums = np.cumsum(np.pad(flux, (around + 1, around)))
    mean = (sums[2 * around + 1 :] - sums[: -2 * around - 1])[: len(flux)] / (2 * around + 1)
    threshold = np.maximum(mean * _STANDS_OUT, max(_PLAIN, _AUDIBLE * float(np.percentile(flux, 99.5))))
    found = np.flatnonzero((flux >= highest) & (flux > threshold))
    if len(found) > _STRIKES_MAX:
        found = np.sort(found[np.argsort(flux[found])[-_STRIKES_MAX:]])
    return found


def _clarity(flux: Doubles, peaks: npt.NDArray[np.intp]) -> float:
    """How much of all rise lies at the strikes, and how far these stand above the mean; the start does not count."""
    inner = peaks[peaks > _LAG]
    rest = flux[_LAG + 1 :]
    if len(inner) < _STRUCK_MIN or not rest.sum() > 0:
        return 0.0
    at_strikes = np.zeros(len(flux), np.bool_)
    at_strikes[np.clip(inner[:, None] + np.arange(-2, 4), 0, len(flux) - 1)] = True
    share = float(flux[at_strikes].sum() / rest.sum())
    height = float(flux[inner].mean() / rest.mean())
    (low, high), (flat, steep) = _SHARES, _HEIGHTS
    return float(np.clip((share - low) / (high - low), 0, 1) * np.clip((height - flat) / (steep - flat), 0, 1))


def _vertex(flux: Doubles, peaks: npt.NDArray[np.intp]) -> Doubles:
    """How far, in frames, the top of the parabola through each peak lies from it."""
    before, here, after = (flux[np.clip(peaks + shift, 0, len(flux) - 1)] for shift in (-1, 0, 1))
    bend = before - 2 * here + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.minimum(bend, -1e-12), 0.0)
    return np.where(peaks > 0, np.clip(shift, -0.5, 0.5), 0.0)


def _repeats(flux: Doubles) -> Doubles:
    """Autocorrelation of each column about its mean, by the share of frames that overlap."""
    count = len(flux)
    if count < _FRAMES_MIN:
        return np.zeros((REGISTERS, count))
    size = 1 << (2 * count - 1).bit_length()
    smooth = flux + 0.5 * (np.roll(flux, 1, axis=0) + np.roll(flux, -1, axis=0))
    centred = smooth - smooth.mean(axis=0)
    spectrum = np.fft.rfft(centred, size, axis=0)
    lags = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, size, axis=0)[:count].T
    overlap = 1 - np.arange(count) / count
    return np.asarray(lags / np.maximum(lags[:, :1], 1e-12) / np.maximum(overlap, 0.2), np.float64)
