"""Which notes sound when: spectral peaks of mono audio, tuned to the sound itself, then told apart into notes.

Peaks, not bins, because they can be tuned: packs lie off concert pitch by any part of a semitone (Gómez, "Tonal
Description of Music Audio Signals", 2006, chapter 3). What is struck has no peak that stands out of its surroundings
for long, so that drums in a melodic loop leave little behind. Notes are found one after the other, each taking its
partials with it (Klapuri, "Multiple fundamental frequency estimation by summing harmonic amplitudes", 2006).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.spectrum import Floats

Doubles = npt.NDArray[np.float64]

LOWEST: Final = 24
"""MIDI number of the first note: a C, so that every twelfth column is one."""
NOTES: Final = 84
RATE: Final = 11_025
_SIZE: Final = 2_048
_STEP: Final = 1_024
_SECONDS_MAX: Final = 60.0
_LOW_HZ: Final = 36.0
_HIGH_HZ: Final = 3_400.0
_A4_HZ: Final = 440.0
_A4: Final = 69
_AROUND: Final = 20
"""Bins (108 Hz) to each side over which a peak must stand out."""
_STANDS_OUT: Final = 1.5
_IN_FRAME: Final = 0.01
_IN_ALL: Final = 0.001
"""Amplitude under which a peak is none, of the frame's loudest and of the sound's."""
_PARTIALS: Final = (0, 12, 19, 24, 28, 31, 34, 36, 38, 40)
"""Semitones above a note at which it has partials."""
_FALL: Final = 0.8
"""The partial n counts n to the power of minus this for its note."""
_VOICES: Final = 6
"""Notes looked for at once."""
_FAINTEST: Final = 0.15
"""Strength under which a note is none, of the first one found."""
_TUNING_LOW_HZ: Final = 90.0
_TUNING_HIGH_HZ: Final = 1_800.0


@dataclass(frozen=True, slots=True)
class SoundingNotes:
    """Notes over time; shapes are (frames, 84), the columns from C1 (MIDI 24) up."""

    amplitude: Doubles
    """Of the peaks, 1 the loudest: partials as well as notes."""
    strength: Doubles
    """Of the notes, on the scale of the square root of amplitude."""
    cents: float
    """How far the sound lies off concert pitch, -50..50."""


def sounding_notes(signal: Floats, rate: int) -> SoundingNotes | None:
    """The notes in mono audio, a frame every 93 ms; None where it is too short, silent or without any peak."""
    from loopmind_chat.soundfiles.read import resampled  # noqa: PLC0415 - drums never come here

    low = resampled(signal[: int(_SECONDS_MAX * rate)], rate, RATE)
    if len(low) < _SIZE // 2:
        return None
    magnitude = _magnitude(low)
    frames = len(magnitude)
    row, hertz, amplitude = _peaks(magnitude)
    if not len(row):
        return None
    pitch = 12 * np.log2(hertz / _A4_HZ) + _A4
    off = _tuning(pitch, hertz, amplitude)
    pitch -= off
    nearest = np.round(pitch)
    # what lies between two keys of the piano counts little
    amplitude *= np.cos(np.pi * (pitch - nearest)) ** 2
    column = nearest.astype(np.int64) - LOWEST
    inside = (column >= 0) & (column < NOTES)
    grid = np.zeros((frames, NOTES))
    np.maximum.at(grid, (row[inside], column[inside]), amplitude[inside])
    return SoundingNotes(grid, _notes(_lasting(np.sqrt(grid))), round(100 * off, 1))


def _lasting(peaks: Doubles) -> Doubles:
    """What of each peak is there in the frame before or after too."""
    padded = np.pad(peaks, ((1, 1), (0, 0)))
    lasting: Doubles = np.minimum(peaks, np.maximum(padded[2:], padded[:-2]))
    return lasting


def _notes(peaks: Doubles) -> Doubles:
    """The strength of up to six notes a frame, found one after the other in the peaks they explain best."""
    left = np.pad(peaks, ((0, 0), (0, _PARTIALS[-1])))
    weights = np.arange(1, len(_PARTIALS) + 1) ** -_FALL
    frames = np.arange(len(peaks))
    found = np.zeros_like(peaks)
    least = np.full(len(peaks), np.inf)
    for voice in range(_VOICES):
        reach = sum(w * left[:, p : p + NOTES] for w, p in zip(weights, _PARTIALS, strict=True))
        note = np.argmax(reach, axis=1)
        strength = reach[frames, note] / weights.sum()
        if not voice:
            least = np.maximum(_FAINTEST * strength, 1e-6)
        kept = frames[strength > least]
        if not len(kept):
            break
        found[kept, note[kept]] = np.maximum(found[kept, note[kept]], strength[kept])
        _take_away(left, kept, note[kept])
    return found


def _take_away(left: Doubles, frames: npt.NDArray[np.int64], note: npt.NDArray[np.int64]) -> None:
    """Remove a note's partials in place, each no further than its neighbours let expect: others may share the peak."""
    rows, columns = frames[:, None], note[:, None] + np.array(_PARTIALS)
    own = left[rows, columns]
    padded = np.pad(own, ((0, 0), (1, 1)), mode="edge")
    expected = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
    expected[:, 0] = own[:, 0]
    left[rows, columns] = np.maximum(own - expected, 0.0)


def _magnitude(signal: Floats) -> Floats:
    """Short-time amplitude between the lowest and highest frequency, with one bin more on each side."""
    padded = np.pad(signal, _SIZE // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _SIZE)[::_STEP]
    spectrum = np.fft.rfft(frames * _hann(), axis=1)
    first, last = _bins()
    magnitude: Floats = np.abs(spectrum[:, first - 1 : last + 2])
    return magnitude


@lru_cache(maxsize=1)
def _hann() -> Floats:
    return np.hanning(_SIZE).astype(np.float32)


def _bins() -> tuple[int, int]:
    return int(_LOW_HZ * _SIZE / RATE), int(_HIGH_HZ * _SIZE / RATE)


def _peaks(magnitude: Floats) -> tuple[npt.NDArray[np.int64], Doubles, Doubles]:
    """Frame, frequency (Hz, from a parabola through three bins) and amplitude of the peaks that stand out."""
    middle, left, right = magnitude[:, 1:-1], magnitude[:, :-2], magnitude[:, 2:]
    loudest = middle.max(axis=1, keepdims=True)
    top = float(loudest.max())
    threshold = np.maximum(np.maximum(_IN_FRAME * loudest, _IN_ALL * top), _STANDS_OUT * _surroundings(middle))
    row, column = np.nonzero((middle > left) & (middle >= right) & (middle > threshold))
    m, a, b = (np.log(side[row, column] + 1e-12) for side in (middle, left, right))
    shift = np.clip(0.5 * (a - b) / (a - 2 * m + b - 1e-12), -0.5, 0.5)
    hertz = (column + _bins()[0] + shift) * (RATE / _SIZE)
    return row, hertz.astype(np.float64), (middle[row, column] / max(top, 1e-12)).astype(np.float64)


def _surroundings(magnitude: Floats) -> Floats:
    """The mean amplitude of the bins around each."""
    sums = np.cumsum(np.pad(magnitude, ((0, 0), (_AROUND + 1, _AROUND)), mode="edge"), axis=1, dtype=np.float64)
    width = 2 * _AROUND + 1
    mean: Floats = ((sums[:, width:] - sums[:, :-width]) / width).astype(np.float32)
    return mean


def _tuning(pitch: Doubles, hertz: Doubles, amplitude: Doubles) -> float:
    """Semitones (-0.5..0.5) by which the peaks lie off the keys of the piano: the mean angle within a semitone."""
    clear = np.where((hertz > _TUNING_LOW_HZ) & (hertz < _TUNING_HIGH_HZ), 1.0, 0.3)
    turn = np.sum(np.sqrt(amplitude) * clear * np.exp(2j * np.pi * pitch))
    return float(np.angle(turn) / (2 * np.pi))
