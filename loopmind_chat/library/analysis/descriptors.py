"""Plain measurements of a sound: what roles, tags and wishes rest on, each with its unit."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.attacks import attack_and_punch
from loopmind_chat.library.analysis.loudness import loudness
from loopmind_chat.library.analysis.spectrum import Floats, Spectrum
from loopmind_chat.library.analysis.timbre import roughness, sharpness_and_warmth

Onsets = npt.NDArray[np.float64]
"""Seconds."""

_LOW_HZ: Final = 120.0
_WARM_HZ: Final = 500.0
_MIDDLE_HZ: Final = 2_000.0
_TOP_HZ: Final = 6_000.0
_TONE_LOW_HZ: Final = 80.0
_TONE_HIGH_HZ: Final = 5_000.0
_LOUD_DB: Final = -20.0
_EDGE: Final = 4
"""Frames at the end whose window reaches beyond the sound."""
_QUIET: Final = 1e-10
SILENT_DB: Final = -80.0
"""A file that never rises above this peak is silent."""


@dataclass(frozen=True, slots=True)
class Descriptors:
    """Measurements that roles, tags and the choice between loop and one-shot rest on."""

    duration_s: float
    brightness_hz: float
    """Spectral centroid, mean over frames weighted by energy."""
    spread_hz: float
    """How far the centroid wanders."""
    low: float
    """Share of the energy under 120 Hz."""
    middle: float
    """Share from 500 Hz to 2 kHz."""
    warm: float
    """Share from 120 to 500 Hz."""
    top: float
    """Share above 6 kHz."""
    noise: float
    """Spectral flatness from 80 Hz to 5 kHz, weighted by energy: 0 tone, 1 noise."""
    loud_share: float
    """Share of the time within 20 dB of the loudest moment."""
    second_half_db: float
    """Energy of the second half against the first."""
    end_db: float
    """Energy of the last twentieth against the loudest moment."""
    strike: float
    """How hard the hardest onsets are: the 98th percentile of the flux."""
    onsets: int
    density: float
    """Onsets a second."""


@dataclass(frozen=True, slots=True)
class Texture:
    """How a sound strikes the ear: what "darker", "punchier" or "smoother" is measured by. None: not to be told."""

    loudness_lufs: float | None
    """Integrated, ITU-R BS.1770."""
    sharpness: float | None
    """Acum (von Bismarck): 1 for a tone of 1 kHz."""
    warmth: float | None
    """Share of the loudness from 100 to 510 Hz."""
    roughness: float | None
    """Beating of neighbouring partials (Sethares), 0 to 1."""
    attack_ms: float | None
    """Median time from a tenth to nine tenths of an onset's rise."""
    punch_db: float | None
    """How far an onset's loudest 10 ms stand over its first 0.3 s, median."""
    width: float | None
    """Share of the energy in the side signal."""


def describe(spectrum: Spectrum, onsets: Onsets, duration_s: float) -> Descriptors:
    """Measure a sound of which at most the first minute went into ``spectrum``."""
    energy = spectrum.power.sum(axis=1)
    total = float(energy.sum()) + _QUIET
    shape = spectrum.power.sum(axis=0) / total
    frequencies = spectrum.frequencies
    centroid = float(shape @ frequencies)
    wander = (spectrum.power @ frequencies) / (energy + _QUIET) - centroid
    level = 10 * np.log10(energy / float(energy.max(initial=_QUIET)) + _QUIET)
    half = len(energy) // 2
    tail = energy[-len(energy) // 20 - _EDGE : -_EDGE] if len(energy) > 2 * _EDGE else energy[-1:]
    seconds = len(energy) * spectrum.step_s
    return Descriptors(
        duration_s=duration_s,
        brightness_hz=centroid,
        spread_hz=math.sqrt(float(np.square(wander) @ energy) / total),
        low=float(shape[frequencies < _LOW_HZ].sum()),
        warm=float(shape[(frequencies >= _LOW_HZ) & (frequencies < _WARM_HZ)].sum()),
        middle=float(shape[(frequencies >= _WARM_HZ) & (frequencies < _MIDDLE_HZ)].sum()),
        top=float(shape[frequencies >= _TOP_HZ].sum()),
        noise=_flatness(spectrum, energy, total),
        loud_share=float((level > _LOUD_DB).mean()),
        second_half_db=_db(energy[half:].mean() / (energy[:half].mean() + _QUIET)) if half else -60.0,
        end_db=_db(tail.mean() / (energy.max() + _QUIET)),
        strike=float(np.percentile(spectrum.flux, 98)),
        onsets=len(onsets),
        density=len(onsets) / max(seconds, 0.2),
    )


def texture(samples: Floats, rate: int, signal: Floats, spectrum: Spectrum, onsets: Onsets) -> Texture:
    """Measure how a sound strikes the ear; ``signal`` is the mean of the channels of ``samples``."""
    colour = sharpness_and_warmth(spectrum.bands)
    attack_ms, punch_db = attack_and_punch(signal, rate, onsets)
    return Texture(
        loudness_lufs=loudness(samples, rate, spectrum),
        sharpness=round(colour[0], 3) if colour else None,
        warmth=round(colour[1], 3) if colour else None,
        roughness=roughness(signal, rate),
        attack_ms=attack_ms,
        punch_db=punch_db,
        width=width(samples, signal),
    )


def width(samples: Floats, signal: Floats) -> float | None:
    """Share of the energy in half the difference of the channels: 0 mono, 0.5 unrelated, 1 opposite; None in silence.

    ``signal`` is the mean of the channels of ``samples``, shape (frames, 1 or 2).
    """
    if samples.shape[1] == 1:
        return 0.0
    side = samples[:, 0] - signal
    middle, apart = float(signal @ signal), float(side @ side)
    return round(apart / (middle + apart), 3) if middle + apart > 0 else None


def peak_db(samples: Floats) -> float:
    """Sample peak in dBFS; -200 for digital silence."""
    return round(20 * math.log10(max(float(np.max(np.abs(samples), initial=0.0)), _QUIET)), 2)


def _flatness(spectrum: Spectrum, energy: Floats, total: float) -> float:
    inside = (spectrum.frequencies > _TONE_LOW_HZ) & (spectrum.frequencies < _TONE_HIGH_HZ)
    power = spectrum.power[:, inside] + np.float32(1e-12)
    flatness = np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1)
    return float(flatness @ energy) / total


def _db(ratio: float) -> float:
    return 10 * math.log10(float(ratio) + _QUIET)
