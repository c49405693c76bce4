"""The tempo of long recordings, of which the length says nothing: where their onsets agree with one even pulse.

Each tempo's pulse and its first overtones are correlated with the onset strength (a Fourier tempogram, Grosche and
Müller 2011), over the whole minute at once and then over its parts, which must agree. librosa's tracker found fewer
(docs/decisions/0009-analysis.md), and took seconds to load and half a minute to compile.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.library.analysis.tempo import Tempo, octaves

LONG_S: Final = 128.0
"""From here on no usual number of beats suits a length."""
_SHORTEST_S: Final = 20.0
_LOW, _HIGH = 60.0, 200.0
_SMOOTH_S: Final = 0.5
_OVERTONES: Final = (1, 2, 4)
"""Beats, eighths and sixteenths: a pulse is heard in all of them."""
_USUAL_BPM: Final = 120.0
_USUAL_OCTAVES: Final = 1.0
_PADDED: Final = 8
"""Of the transform: tempos a twentieth of a BPM apart."""
_PARTS: Final = 8
_STEADY: Final = 0.8
"""How much of the parts' pulses must remain in their sum (1: all in step) for a recording to have one tempo."""
_CLEAR: Final = 4.0
"""How far the pulse must stand out of the other tempos: in medians."""
_CONFIDENCE: Final = 0.4


def follow_beats(flux: Floats, step_s: float, seconds: float) -> Tempo | None:
    """The tempo of a recording ``seconds`` long by its onset strength; None where its pulse is not even."""
    if len(flux) * step_s < _SHORTEST_S:
        return None
    strength = _risen(flux, round(_SMOOTH_S / step_s))
    size = 1 << (len(strength) * _PADDED).bit_length()
    transformed = np.abs(np.fft.rfft(strength, size))
    bins = np.arange(int(_LOW / 60 * size * step_s), int(_HIGH / 60 * size * step_s))
    tempos = bins / (size * step_s) * 60
    usual = np.exp(-0.5 * np.square(np.log2(tempos / _USUAL_BPM) / _USUAL_OCTAVES))
    agreement = np.sum([transformed[bins * overtone] for overtone in _OVERTONES], axis=0) * usual
    best = int(np.argmax(agreement))
    if agreement[best] < _CLEAR * float(np.median(agreement)) or not _steady(strength, step_s, tempos[best]):
        return None
    bpm = round(float(tempos[best]), 1)
    return Tempo(bpm, _CONFIDENCE, octaves(bpm), round(seconds * bpm / 60, 2), "beats")


def _risen(flux: Floats, around: int) -> npt.NDArray[np.float64]:
    """What of the onset strength stands over its surroundings."""
    sums = np.cumsum(np.pad(flux.astype(np.float64), (around + 1, around), mode="edge"))
    return np.maximum(flux - (sums[2 * around + 1 :] - sums[: -2 * around - 1]) / (2 * around + 1), 0.0)


def _steady(strength: npt.NDArray[np.float64], step_s: float, bpm: float) -> bool:
    """Whether the beats of all parts of a recording stand on one even pulse."""
    turns = np.exp(-2j * np.pi * bpm / 60 * step_s * np.arange(len(strength)))
    parts = np.array([part.sum() for part in np.array_split(strength * turns, _PARTS)])
    return bool(np.abs(parts.sum()) > _STEADY * np.abs(parts).sum())
