"""The second pair of ears: aisfx (Ma and Lerch, 2022), taught to tell the categories of sound effect libraries apart.

It hears timbre where the music tagger hears style: one-shots, voices, noises. Its convolutions run with 8-bit weights.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

EFFECTS_DIMENSIONS: Final = 512
_RATE: Final = 44_100
_WINDOW: Final = 2_048
_HOP: Final = 1_024
_BANDS: Final = 96
_FRAMES: Final = 100
"""2.3 seconds, the length the network was trained with."""
_COMPRESSION: Final = 10_000.0
_LOUDEST: Final = 9.457798957824707
"""The highest value in the spectrograms it was trained with."""
_PEAK: Final = 0.9
_QUIET: Final = 1e-9


class EffectsNetwork:
    """The network in onnxruntime, on one thread: what runs beside it is another worker, or music."""

    def __init__(self, path: Path) -> None:
        """Load the network; raises OSError where the file is not there."""
        import onnxruntime  # noqa: PLC0415 - only where sounds are heard

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        content = path.read_bytes()
        self._session: Any = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def hear(self, signal: Floats, rate: int) -> Floats:
        """(512,): what the network makes of the first 2.3 seconds of a sound; silence follows a shorter one."""
        embedding: Floats = self._session.run(["embedding"], {"picture": picture(signal, rate)[None, None]})[0][0]
        return embedding


def picture(signal: Floats, rate: int) -> Floats:
    """Spectrogram (100 frames, 96 bands) in 0..1, the same as Essentia's in the network's training."""
    seconds = (_FRAMES * _HOP + _WINDOW) / _RATE
    part = signal[: int(seconds * rate) + 1]
    if rate != _RATE:
        import soxr  # noqa: PLC0415 - only where sounds are heard

        part = soxr.resample(part, rate, _RATE, quality="HQ")
    part = part * np.float32(_PEAK / max(float(np.max(np.abs(part), initial=0.0)), _QUIET))
    needed = (_FRAMES - 1) * _HOP + _WINDOW // 2
    padded = np.pad(part[:needed], (_WINDOW // 2, max(0, needed - len(part))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    spectrum = np.fft.rfft(frames * _window())
    power = (np.square(spectrum.real) + np.square(spectrum.imag)).astype(np.float32)
    compressed: Floats = (np.log10(_COMPRESSION * (power @ _bands()) + 1) / _LOUDEST).astype(np.float32)
    return compressed


@cache
def _window() -> Floats:
    return np.hanning(_WINDOW).astype(np.float32)


@cache
def _bands() -> Floats:
    """Triangles on the HTK mel scale whose weights add up to one: (1025 frequencies, 96 bands)."""
    mels = _mel(np.fft.rfftfreq(_WINDOW, 1 / _RATE))[:, None]
    edges = np.linspace(0.0, float(mels[-1, 0]), _BANDS + 2)
    low, peak, high = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.maximum(0, np.minimum((mels - low) / (peak - low), (high - mels) / (high - peak)))
    bands: Floats = (triangles / triangles.sum(axis=0)).astype(np.float32)
    return bands


def _mel(hz: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    mels: npt.NDArray[np.float64] = 1127.01048 * np.log1p(hz / 700)
    return mels
