"""How sounds begin: the time their onsets take to rise, and how far they stand out."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.spectrum import SPECTRUM_SECONDS, Floats

_STEP_S: Final = 0.001
_HOLD: Final = 12
"""Steps over which a peak is held: half a period of 40 Hz, so that a low tone has one rise and not many."""
_BEFORE: Final = 40
_AFTER: Final = 1_000
"""Steps around an onset in which its rise is looked for."""
_GAP: Final = 10
_RISES: Final = 2.0
"""How much louder than before an onset must get to have a rise."""
_LOW, _HIGH = 0.1, 0.9
_BODY: Final = 300
_ONSETS: Final = 64
_QUIET: Final = 1e-3
"""Of the loudest moment: what is softer is no onset."""


def attack_and_punch(signal: Floats, rate: int, onsets: npt.NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Milliseconds from a tenth to nine tenths of a rise, and dB of its 10 ms peak over its first 0.3 s: medians.

    ``onsets`` are seconds; of many, 64 spread over the sound are looked at. None where nothing rises.
    """
    step = max(1, round(rate * _STEP_S))
    used = signal[: min(len(signal), int(SPECTRUM_SECONDS * rate)) // step * step].reshape(-1, step)
    if not len(used):
        return None, None
    envelope = _held(np.abs(used).max(axis=1))
    energy = np.concatenate(([0.0], np.cumsum(np.square(used).mean(axis=1, dtype=np.float32), dtype=np.float64)))
    step_ms = 1_000 * step / rate
    starts = np.unique(np.concatenate(([0], np.round(onsets * rate / step).astype(int))))
    chosen = np.unique(np.linspace(0, len(starts) - 1, min(_ONSETS, len(starts))).astype(int))
    rises, stands = [], []
    for number in chosen:
        after = int(starts[number + 1]) - _GAP if number + 1 < len(starts) else len(envelope)
        found = _rise(envelope, int(starts[number]), after)
        if found is not None:
            rises.append((found[1] - found[0]) * step_ms)
            stands.append(_stands_out(energy, found[0]))
    if not rises:
        return None, None
    return round(float(np.median(rises)), 2), round(float(np.median(stands)), 2)


def _held(envelope: Floats) -> Floats:
    """The highest of each step and the steps just before it: rises stay where they are, falls come later."""
    padded = np.concatenate((np.zeros(_HOLD - 1, np.float32), envelope))
    held: Floats = np.lib.stride_tricks.sliding_window_view(padded, _HOLD).max(axis=1)
    return held


def _rise(envelope: Floats, at: int, after: int) -> tuple[float, float] | None:
    """Steps at which a tenth and nine tenths of the rise near ``at`` are reached; None where there is no rise."""
    first = max(0, at - _BEFORE)
    part = envelope[first : max(min(at + _AFTER, after), at + _BEFORE)]
    if not len(part):
        return None
    top = int(np.argmax(part))
    foot = int(np.argmin(part[: top + 1]))
    low, high = (float(part[foot]) if first + foot > 0 and top > foot else 0.0), float(part[top])
    if high <= _QUIET * float(envelope.max()) or high < _RISES * low:
        return None
    rise = part[foot : top + 1]
    begins, ends = (foot + _crossing(rise, low + share * (high - low)) for share in (_LOW, _HIGH))
    return first + begins, first + ends


def _crossing(rise: Floats, level: float) -> float:
    """Steps, and part of one, until the level is reached."""
    step = int(np.argmax(rise >= level))
    if step == 0:
        return 0.0
    below, above = float(rise[step - 1]), float(rise[step])
    return step - 1 + (level - below) / (above - below)


def _stands_out(energy: npt.NDArray[np.float64], at: float) -> float:
    """DB of the loudest 10 ms after a step over the 0.3 s after it."""
    first = int(at)
    part = energy[first : first + _BODY + 1]
    if len(part) <= _GAP:
        return 0.0
    peak = float((part[_GAP:] - part[:-_GAP]).max()) / _GAP
    return 10 * math.log10(max(1e-12, peak) / max(1e-12, float(part[-1] - part[0]) / _BODY))
