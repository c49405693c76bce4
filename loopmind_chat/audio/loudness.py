"""Loudness and true peak by ITU-R BS.1770-4, fast enough to be measured again and again."""

from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.song.units import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

_K_WEIGHTING: Final = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
"""Head shelf and low cut, as the standard prints them for 48 kHz."""
_HOP: Final = SAMPLE_RATE // 10
_HOPS: Final = 4
_ABSOLUTE_LUFS: Final = -70.0
_RELATIVE_LU: Final = -10.0
_CHUNK: Final = 128
_MARGIN: Final = 16
_AT_ONCE: Final = 4_096
_OVERSAMPLING: Final = 4
_NEAR: Final = 0.7
"""Between samples a peak stands out of its neighbours by less than 1 / _NEAR, in any music."""


def loudness(samples: Samples) -> float | None:
    """Integrated loudness in LUFS of (frames, 2) at 48 kHz; None where it is silent or shorter than 0.4 s."""
    from scipy.signal import sosfilt  # noqa: PLC0415 - takes a second to import, and live sound is not measured

    count = len(samples) // _HOP
    if count < _HOPS:
        return None
    weighted = sosfilt(_K_WEIGHTING, samples[: count * _HOP], axis=0)
    energy = np.einsum("hfc,hfc->h", *(weighted.reshape(count, _HOP, -1),) * 2) / _HOP
    blocks = np.convolve(energy, np.full(_HOPS, 1.0 / _HOPS), "valid")
    loud = blocks[_lufs(blocks) > _ABSOLUTE_LUFS]
    if not len(loud):
        return None
    gate = float(_lufs(loud.mean())) + _RELATIVE_LU
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def true_peak_db(samples: Samples, oversampling: int = _OVERSAMPLING) -> float:
    """Peak between the samples in dBTP; -inf for silence. Only what is near the highest sample is oversampled."""
    from scipy.signal import resample_poly  # noqa: PLC0415 - as above

    highest = float(np.abs(samples).max(initial=0.0))
    if highest == 0.0:
        return -np.inf
    padded = np.pad(samples, ((_MARGIN, _CHUNK + _MARGIN), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _CHUNK + 2 * _MARGIN, axis=0)[::_CHUNK]
    near = np.flatnonzero(np.abs(windows).max(axis=(1, 2)) >= _NEAR * highest)
    peak = highest
    for first in range(0, len(near), _AT_ONCE):
        dense = resample_poly(windows[near[first : first + _AT_ONCE]], oversampling, 1, axis=2)
        # what a window's own ends give rise to lies within the margins
        peak = max(peak, float(np.abs(dense[:, :, _MARGIN * oversampling : -_MARGIN * oversampling]).max()))
    return float(20.0 * np.log10(peak))


def peak_db(samples: Samples) -> float:
    """Peak of the samples in dBFS; -inf for silence."""
    highest = float(np.abs(samples).max(initial=0.0))
    return float(20.0 * np.log10(highest)) if highest else -np.inf


def _lufs(energy: npt.NDArray[np.float64] | np.floating) -> npt.NDArray[np.float64]:
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(energy, 1e-20)))
