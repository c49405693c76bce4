"""How a sound's colour is heard: sharpness, warmth and roughness, each independent of the level."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.spectrum import BAND_EDGES, SPECTRUM_SECONDS, Floats, frequencies, hann

_BARK_HZ: Final = (
    20, 100, 200, 300, 400, 510, 630, 770, 920, 1_080, 1_270, 1_480, 1_720, 2_000, 2_320, 2_700, 3_150, 3_700, 4_400,
    5_300, 6_400, 7_700, 9_500, 12_000, 15_500,
)  # fmt: skip
"""Edges of the 24 critical bands (Zwicker 1961)."""
_SPECIFIC: Final = 0.23
"""Power law from the intensity in a critical band to its share of the loudness (Zwicker and Fastl)."""
_HEARD: Final = 1e-8
"""Intensity, of the loudest moment, that is not heard any more: 80 dB under it."""
_ACUM: Final = 1 / 8.5
"""So that a tone of 1 kHz, in the middle of its band, has 1 acum."""
_SHARP_FROM: Final = 15.0
_WARM_BARKS: Final = slice(1, 5)
"""100 to 510 Hz."""

_FRAME_S: Final = 0.15
"""Long enough to part partials 25 Hz apart."""
_FRAMES: Final = 12
_FEWEST: Final = 256
_ROUGH_HZ: Final = (50.0, 8_000.0)
_PEAK: Final = 0.04
"""Amplitude, of the loudest in its frame, under which a peak may be but a side lobe of Hann's window."""
_NEIGHBOURS: Final = 12
_SLOW, _FAST = 3.5, 5.75
_WORST: Final = 0.1809
"""Greatest difference of the two slopes of ``_roughness_of``."""


def sharpness_and_warmth(bands: Floats) -> tuple[float, float] | None:
    """Sharpness in acum (von Bismarck 1974), and the share of the loudness from 100 to 510 Hz; None for silence.

    ``bands`` are those of the short-time spectrum, shape (frames, bands); sharpness is the mean over the moments that
    are heard, the quiet ones too: a sound that rings on in hiss is sharper than its loudest moments.
    """
    barks = bands @ _barks_of_bands()
    energy = barks.sum(axis=1)
    floor = np.float32(energy.max(initial=0.0) * _HEARD)
    if floor <= 0.0:
        return None
    power = np.float32(_SPECIFIC)
    specific = (barks[energy > floor] + floor) ** power - floor**power
    loudness = specific.sum(axis=1)
    sharp = (specific @ _sharpness_weights()) / loudness
    return float(sharp.mean()), float(specific[:, _WARM_BARKS].sum() / loudness.sum())


@lru_cache(maxsize=1)
def _sharpness_weights() -> Floats:
    """Acum for loudness in each critical band alone; shape (24,)."""
    place = np.arange(24) + 0.5
    weights: Floats = np.where(place <= _SHARP_FROM, 1.0, 0.2 * np.exp(0.308 * (place - _SHARP_FROM)) + 0.8) * place
    return (_ACUM * weights).astype(np.float32)


@lru_cache(maxsize=1)
def _barks_of_bands() -> Floats:
    """How much of each band of the spectrum lies in each critical band; shape (bands, 24)."""
    low, high = np.log(BAND_EDGES[:-1])[:, None], np.log(BAND_EDGES[1:])[:, None]
    edges = np.log(_BARK_HZ)[None, :]
    shared = np.minimum(high, edges[:, 1:]) - np.maximum(low, edges[:, :-1])
    shares: Floats = (np.maximum(shared, 0.0) / (high - low)).astype(np.float32)
    return shares


def roughness(signal: Floats, rate: int) -> float | None:
    """Beating of neighbouring partials in mono audio, 0 for a pure tone; None for silence and what is too short.

    Pairs of spectral peaks are summed by the curve of Plomp and Levelt in Sethares' form (1993), over the sum of their
    powers: x. Told is x / (1 + x), which is 0.5 for two equal partials at the worst interval and near 1 for noise.
    """
    signal = signal[: int(SPECTRUM_SECONDS * rate)]
    size = 1 << int(rate * _FRAME_S - 1).bit_length()
    while size > len(signal):
        size //= 2
    if size < _FEWEST:
        return None
    row, hertz, amplitude = _peaks(signal, rate, size)
    power = float(np.square(amplitude).sum())
    if power <= 0.0:
        return None
    beating = sum(_roughness_of(row, hertz, amplitude, apart) for apart in range(1, min(_NEIGHBOURS + 1, len(row))))
    return round(2 * beating / (power + 2 * beating), 3)


def _peaks(signal: Floats, rate: int, size: int) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """Frame, Hz and amplitude of the peaks in frames spread over the sound, by frame and then by Hz."""
    from scipy.fft import rfft  # noqa: PLC0415 - as in short_time_power

    starts = np.unique(np.linspace(0, len(signal) - size, min(_FRAMES, 1 + 2 * (len(signal) - size) // size))).astype(
        int
    )
    frames = np.lib.stride_tricks.sliding_window_view(signal, size)[starts] * hann(size)
    amplitude = np.abs(rfft(frames, axis=1))
    first, last = (int(hertz * size / rate) for hertz in _ROUGH_HZ)
    part = amplitude[:, max(first, 1) - 1 : min(last, amplitude.shape[1] - 2) + 2]
    middle = part[:, 1:-1]
    stands_out = middle > _PEAK * middle.max(axis=1, initial=0.0, keepdims=True)
    row, column = np.nonzero(stands_out & (middle > part[:, :-2]) & (middle >= part[:, 2:]))
    at, left, right = (np.log(x[row, column] + np.float32(1e-20)) for x in (middle, part[:, :-2], part[:, 2:]))
    between = (left - right) / (2 * (left - 2 * at + right) - np.float32(1e-9))
    hertz = (frequencies(size, rate)[column + max(first, 1)] + between * np.float32(rate / size)).astype(np.float32)
    return row, hertz, middle[row, column]


def _roughness_of(row: npt.NDArray[np.int64], hertz: Floats, amplitude: Floats, apart: int) -> float:
    """Sum over the pairs of peaks of one frame with ``apart`` - 1 peaks between them."""
    lower, upper = slice(None, -apart), slice(apart, None)
    scaled = np.float32(0.24) * (hertz[upper] - hertz[lower]) / (np.float32(0.0207) * hertz[lower] + np.float32(18.96))
    scaled = np.where(row[lower] == row[upper], scaled, np.float32(100.0))
    beating = np.exp(np.float32(-_SLOW) * scaled) - np.exp(np.float32(-_FAST) * scaled)
    return float(beating @ (amplitude[lower] * amplitude[upper])) / _WORST
