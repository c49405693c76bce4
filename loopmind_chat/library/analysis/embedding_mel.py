"""The spectrogram that the tagging network hears: 96 mel bands, 62.5 frames a second, compressed by a logarithm.

The same as ``log10(10000 * librosa.feature.melspectrogram(y, sr=16000, n_fft=512, hop_length=256, n_mels=96) + 1)``,
which the network was trained with, without librosa's import (bands after Slaney's Auditory Toolbox, area 1).
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE: Final = 16_000
HOP: Final = 256
WINDOW: Final = 512
BANDS: Final = 96
_COMPRESSION: Final = 10_000.0
_LINEAR_HZ: Final = 200.0 / 3
"""Width of a mel below 1 kHz, where the scale is a straight line."""
_BEND_HZ: Final = 1_000.0
_BEND_MEL: Final = _BEND_HZ / _LINEAR_HZ
_LOG_STEP: Final = np.log(6.4) / 27


def log_mel(signal: Floats) -> Floats:
    """Frames x 96 bands of a signal at 16 kHz; frame n is centred on sample 256 n."""
    padded = np.pad(signal, WINDOW // 2, mode="reflect" if len(signal) > WINDOW // 2 else "constant")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    spectrum = np.fft.rfft(frames * _hann())
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    mel = power.astype(np.float32) @ _bands()
    compressed: Floats = np.log10(_COMPRESSION * mel + 1).astype(np.float32)
    return compressed


@cache
def _hann() -> Floats:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


@cache
def _bands() -> Floats:
    """Triangles of equal area: (257 frequencies, 96 bands)."""
    edges = _hz(np.linspace(0.0, _mel(RATE / 2), BANDS + 2))
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)[:, None]
    low, peak, high = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.minimum((frequencies - low) / (peak - low), (high - frequencies) / (high - peak))
    return (np.maximum(triangles, 0.0) * (2 / (high - low))).astype(np.float32)


def _mel(hz: float) -> float:
    return float(_BEND_MEL + np.log(hz / _BEND_HZ) / _LOG_STEP)


def _hz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(mel < _BEND_MEL, mel * _LINEAR_HZ, _BEND_HZ * np.exp(_LOG_STEP * (mel - _BEND_MEL)))
