"""Samples, envelopes and band-limited oscillators; all signals are float64 at 44.1 kHz, one axis of frames first."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
"""Frames a second of every file of the pack."""
Signal = NDArray[np.float64]
"""Mono as (frames,), stereo as (frames, 2)."""
Rng = np.random.Generator

_TABLE = 4096
_TOP_HZ = 17_000.0


def frames(seconds: float) -> int:
    """Whole frames in a time."""
    return max(1, round(seconds * RATE))


def times(seconds: float) -> Signal:
    """The time in seconds at each frame."""
    return np.arange(frames(seconds), dtype=np.float64) / RATE


def decay(t: Signal, t60: float) -> Signal:
    """An exponential fall by 60 dB in ``t60`` seconds."""
    return np.asarray(10.0 ** (-3.0 * t / t60), dtype=np.float64)


def ramped(x: Signal, attack: float = 0.0008, release: float = 0.004) -> Signal:
    """The sound with raised-cosine ends: a start or stop at full level would click."""
    y = x.copy()
    rise, fall = min(frames(attack), len(y)), min(frames(release), len(y))
    shape = y.shape[1:]
    up = 0.5 - 0.5 * np.cos(np.pi * (np.arange(rise) + 0.5) / rise)
    down = 0.5 + 0.5 * np.cos(np.pi * (np.arange(fall) + 0.5) / fall)
    y[:rise] *= up.reshape(-1, *([1] * len(shape)))
    y[-fall:] *= down.reshape(-1, *([1] * len(shape)))
    return y


def released(t: Signal, gate: float, release: float) -> Signal:
    """1 for ``gate`` seconds, then a fall to 0 without a kink: a bass note shows every one."""
    place = np.clip((t - gate) / max(release, 1e-3), 0.0, 1.0)
    return np.asarray((0.5 + 0.5 * np.cos(np.pi * place)) ** 1.5, dtype=np.float64)


def adsr(gate: float, attack: float, fall: float, sustain: float, release: float) -> Signal:
    """An envelope held for ``gate`` seconds, with an exponential decay and a smooth release to zero."""
    t = times(gate + release)
    rise = 0.5 - 0.5 * np.cos(np.pi * np.clip(t / max(attack, 1e-3), 0.0, 1.0))
    level = sustain + (1.0 - sustain) * np.exp(-np.maximum(t - attack, 0.0) * 4.0 / max(fall, 1e-3))
    return np.asarray(rise * level * released(t, gate, release), dtype=np.float64)


def curve(seconds: float, start: float, end: float, tau: float) -> Signal:
    """An exponential glide from one value to another with time constant ``tau`` seconds."""
    return np.asarray(end + (start - end) * np.exp(-times(seconds) / tau), dtype=np.float64)


def phase_of(hz: Signal, start: float = 0.0) -> Signal:
    """Phase in cycles of an oscillator with a frequency for each frame."""
    return np.asarray(start + np.cumsum(hz) / RATE, dtype=np.float64)


def sine(phase: Signal) -> Signal:
    """A sine at a phase in cycles."""
    return np.asarray(np.sin(2.0 * np.pi * phase), dtype=np.float64)


@lru_cache(maxsize=512)
def _table(shape: str, harmonics: int) -> Signal:
    k = np.arange(1, harmonics + 1)
    if shape == "saw":
        weights = 1.0 / k
    elif shape == "square":
        weights = np.where(k % 2 == 1, 1.0 / k, 0.0)
    elif shape == "triangle":
        weights = np.where(k % 2 == 1, (-1.0) ** ((k - 1) // 2) / k**2, 0.0)
    else:
        raise ValueError(f"no waveform is called {shape}")
    # Lanczos factors take the ripple from the edges that a cut-off series leaves
    weights = weights * np.sinc(k / (harmonics + 1))
    spectrum = np.zeros(_TABLE // 2 + 1, dtype=np.complex128)
    spectrum[1 : harmonics + 1] = -0.5j * weights * _TABLE
    cycle = np.fft.irfft(spectrum)
    return np.append(cycle, cycle[0])


def wave(shape: str, phase: Signal, highest_hz: float, top_hz: float = _TOP_HZ) -> Signal:
    """A band-limited "saw", "square" or "triangle": no harmonic of ``highest_hz`` lies above ``top_hz``."""
    allowed = max(1, min(int(min(top_hz, _TOP_HZ) / max(highest_hz, 1.0)), _TABLE // 2 - 1))
    # a few table sizes serve all pitches
    harmonics = int(2 ** (np.floor(np.log2(allowed) * 4) / 4))
    table = _table(shape, harmonics)
    at = (phase % 1.0) * _TABLE
    index = at.astype(np.int64)
    part = at - index
    return np.asarray(table[index] * (1.0 - part) + table[index + 1] * part, dtype=np.float64)


def white(rng: Rng, count: int) -> Signal:
    """White noise of unit power."""
    return rng.standard_normal(count)


def mixed(*parts: Signal) -> Signal:
    """Sounds of unequal lengths added from their starts."""
    out = np.zeros((max(len(p) for p in parts), *parts[0].shape[1:]))
    for part in parts:
        out[: len(part)] += part
    return out


def stereo(x: Signal, pan: float = 0.0) -> Signal:
    """A mono sound placed by equal power, -1 left to 1 right; a stereo one balanced the same way."""
    angle = (pan + 1.0) * np.pi / 4.0
    sides = np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0 if x.ndim == 2 else 1.0)  # noqa: PLR2004 - axes
    return np.asarray((x if x.ndim == 2 else x[:, None]) * sides, dtype=np.float64)  # noqa: PLR2004 - axes
