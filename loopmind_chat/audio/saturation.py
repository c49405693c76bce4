"""Tape saturation: a bent curve at twice the sample rate, so that its overtones do not fold back."""

from typing import Final

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

_DRIVE: Final = 10.0 ** (4.0 / 20.0)
_BIAS: Final = 0.08
"""Off centre, so that even overtones come too; the high-pass behind it takes the offset out."""
_TAPS: Final = 31
_OVERSAMPLING: Final = 2
LATENCY: Final = (_TAPS - 1) // _OVERSAMPLING
"""Frames by which the sound comes out late."""


class Saturation:
    """``tanh`` with 4 dB of drive, gain 1 for quiet sound. Any size of block gives the same."""

    def __init__(self) -> None:
        from scipy.signal import firwin, upfirdn  # noqa: PLC0415 - takes a second to import, and only tape needs it

        self._upfirdn = upfirdn
        self._filter: npt.NDArray[np.float32] = firwin(_TAPS, 0.5).astype(np.float32)
        self.reset()

    def reset(self) -> None:
        """Forget what came before."""
        self._before: Samples = np.zeros((_TAPS - 1, 2), np.float32)
        self._bent: Samples = np.full((_TAPS - 1, 2), 0.0, np.float32)

    def __call__(self, block: Samples) -> Samples:
        """The block (frames, 2) saturated, LATENCY frames late."""
        frames = len(block)
        history = np.concatenate((self._before, block))
        up = self._upfirdn(self._filter * _OVERSAMPLING, history, up=_OVERSAMPLING, axis=0)
        first = _OVERSAMPLING * (_TAPS - 1)
        bent = np.tanh(up[first : first + _OVERSAMPLING * frames] * _DRIVE + _BIAS)
        bent = ((bent - np.tanh(_BIAS)) / (_DRIVE * (1.0 - np.tanh(_BIAS) ** 2))).astype(np.float32)
        whole = np.concatenate((self._bent, bent))
        down = self._upfirdn(self._filter, whole, down=_OVERSAMPLING, axis=0)
        first = (_TAPS - 1) // _OVERSAMPLING
        self._before, self._bent = history[-(_TAPS - 1) :], whole[-(_TAPS - 1) :]
        return np.asarray(down[first : first + frames], dtype=np.float32)
