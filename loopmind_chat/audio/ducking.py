"""The bass makes room for the kick: gain from the drums' low end, by an envelope follower with carried state."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pedalboard

from loopmind_chat.audio.strips import Board, Samples
from loopmind_chat.song.units import SAMPLE_RATE

STEP: Final = 64
"""Frames a step of the envelope; blocks are whole multiples of it."""
_DEPTH: Final = 1.0 - 10.0 ** (-6.0 / 20.0)
_ATTACK: Final = 1.0 - math.exp(-STEP / (0.005 * SAMPLE_RATE))
_RELEASE: Final = 1.0 - math.exp(-STEP / (0.180 * SAMPLE_RATE))
_QUIET: Final = 0.05
_LOUD: Final = 0.30
"""Peak of the low end between which the duck goes from nothing to its full 6 dB."""
_KICK_HZ: Final = 110.0


class Ducker:
    """Follows the drums and says how loud the bass may be. One instance, one mixer."""

    def __init__(self) -> None:
        self._low = Board([pedalboard.LowpassFilter(_KICK_HZ), pedalboard.LowpassFilter(_KICK_HZ)])
        self._envelope = 0.0
        self._gain = 1.0
        self._ramp: npt.NDArray[np.float32] = np.linspace(0.0, 1.0, STEP + 1, dtype=np.float32)[None, 1:]

    def gains(self, drums: Samples) -> Samples:
        """Gain for each frame, shape (frames, 1), from the drums' block (frames, 2), a multiple of STEP long."""
        peaks = np.abs(self._low(drums)).reshape(-1, STEP * 2).max(axis=1)
        steps = np.empty(len(peaks) + 1, np.float32)
        steps[0] = self._gain
        for index, peak in enumerate(peaks.tolist()):
            rate = _ATTACK if peak > self._envelope else _RELEASE
            self._envelope += rate * (peak - self._envelope)
            amount = (self._envelope - _QUIET) / (_LOUD - _QUIET)
            steps[index + 1] = 1.0 - _DEPTH * min(max(amount, 0.0), 1.0)
        self._gain = float(steps[-1])
        return (steps[:-1, None] + np.diff(steps)[:, None] * self._ramp).reshape(-1, 1)
