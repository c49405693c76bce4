"""Sounds of transitions, made by formula: the same length gives the same sound."""

from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import TransitionKind

Samples = npt.NDArray[np.float32]

_WINDOW: Final = 2_048
_HOP: Final = 512
_OCTAVES: Final = 0.8
"""Width of the riser's band."""
_LOW_HZ: Final = 350.0
_HIGH_HZ: Final = 9_000.0
_SEED: Final = 20_240


def made_sound(kind: TransitionKind, frames: int) -> Samples:
    """A riser or an impact of so many frames, shape (frames, 2), peak at most 0.7."""
    return _impact(frames) if kind is TransitionKind.IMPACT else _riser(frames)


def _riser(frames: int) -> Samples:
    """Noise through a band that climbs and swells, by overlapping windows shaped in the frequency domain."""
    hops = frames // _HOP + _WINDOW // _HOP + 1
    noise = np.random.default_rng(_SEED).standard_normal((hops * _HOP + _WINDOW, 2))
    window = np.hanning(_WINDOW + 1)[:-1, None]
    octave = np.log2(np.maximum(np.fft.rfftfreq(_WINDOW, 1.0 / SAMPLE_RATE), 1.0))
    out = np.zeros_like(noise)
    for hop in range(hops):
        way = min(hop * _HOP / max(frames, 1), 1.0)
        centre = np.log2(_LOW_HZ) + way * np.log2(_HIGH_HZ / _LOW_HZ)
        band = np.exp(-0.5 * ((octave - centre) / _OCTAVES) ** 2)[:, None]
        start = hop * _HOP
        spectrum = np.fft.rfft(noise[start : start + _WINDOW] * window, axis=0)
        out[start : start + _WINDOW] += np.fft.irfft(spectrum * band, _WINDOW, axis=0) * way**2
    return _levelled(out[_WINDOW // 2 : _WINDOW // 2 + frames], 0.5)


def _impact(frames: int) -> Samples:
    """A low sine that falls, and a burst of dark noise that dies away."""
    time = np.arange(frames) / SAMPLE_RATE
    hertz = 38.0 + 60.0 * np.exp(-time / 0.08)
    boom = np.sin(2.0 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-time / 0.7)
    noise = np.random.default_rng(_SEED + 1).standard_normal((frames, 2))
    weights = np.exp(-np.arange(64) / 12.0)
    dark = np.stack([np.convolve(noise[:, side], weights / weights.sum(), "same") for side in (0, 1)], axis=1)
    return _levelled(boom[:, None] + 0.9 * dark * np.exp(-time / 0.45)[:, None], 0.7)


def _levelled(sound: npt.NDArray[np.float64], peak: float) -> Samples:
    """The sound at a peak, its ends faded over 5 ms so that it does not click."""
    fade = min(240, len(sound) // 2)
    sound[len(sound) - fade :] *= np.linspace(1.0, 0.0, fade)[:, None]
    sound[: fade // 5] *= np.linspace(0.0, 1.0, fade // 5)[:, None]
    return (sound * (peak / max(float(np.abs(sound).max(initial=0.0)), 1e-9))).astype(np.float32)
