"""Ears made of numbers: clicks, onsets, chroma, brightness."""

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
Samples = NDArray[np.float64]
MINOR = (0, 2, 3, 5, 7, 8, 10)
TONICS = {"C": 0, "Db": 1, "D": 2, "Eb": 3, "E": 4, "F": 5, "G": 7, "Ab": 8, "A": 9, "Bb": 10, "B": 11}
_MINOR_PROFILE = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_MAJOR_PROFILE = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)


def clicks(x: Samples) -> Samples:
    """|second difference| over its own root mean square in the 20 ms around, for each frame of a repeating loop.

    A hard cut stands far above 12; the loudest of both sides counts.
    """
    window = round(0.02 * RATE)
    worst = np.zeros(len(x))
    for side in x.T:
        round_about = np.concatenate([side[-window - 2 :], side, side[: window + 2]])
        bend = np.abs(np.diff(round_about, 2))
        power = np.concatenate([[0.0], np.cumsum(bend**2)])
        rms = np.sqrt((power[window:] - power[:-window]) / window)
        centred = rms[window // 2 :][: len(bend) - window]
        z = bend[window // 2 :][: len(centred)] / (centred + 1e-7)
        start = window + 1 - window // 2
        worst = np.maximum(worst, z[start : start + len(x)])
    return worst


def onsets(x: Samples, floor: float = 0.12) -> tuple[Samples, Samples]:
    """Times in seconds and strengths of the onsets of a repeating loop, by its spectral flux."""
    size, hop = 1024, 128
    middle = x.mean(axis=1)
    padded = np.concatenate([middle[-size // 2 :], middle, middle[: size // 2]])
    shots = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * np.hanning(size)
    bands = np.log1p(300.0 * np.abs(np.fft.rfft(shots, axis=1))[:, 1:] / size)
    flux = np.maximum(bands - np.roll(bands, 3, axis=0), 0.0).mean(axis=1)
    around = np.stack([np.roll(flux, k) for k in range(-8, 9)])
    calm = np.median(np.stack([np.roll(flux, k) for k in range(-40, 41, 4)]), axis=0)
    rise = flux - calm
    peaks = np.flatnonzero((flux >= around.max(axis=0)) & (rise > floor * rise.max()))
    # the flux is greatest when the attack has reached the middle of the window
    return peaks * hop / RATE, rise[peaks]


def gathered(times: Samples, strengths: Samples, seconds: float) -> float:
    """How well onsets gather at multiples of a time: 1 all at one phase, 0 anywhere."""
    turns = np.exp(2j * np.pi * times / seconds)
    return float(np.abs((strengths * turns).sum()) / strengths.sum())


def chroma(x: Samples) -> Samples:
    """Power of spectral peaks from 40 to 2,200 Hz in the twelve pitch classes, C first, together 1."""
    size = 16_384
    middle = x.mean(axis=1)
    middle = np.concatenate([middle, middle[:size]]) if len(middle) > 2 * size else np.pad(middle, (0, 2 * size))
    shots = np.lib.stride_tricks.sliding_window_view(middle, size)[::8192] * np.hanning(size)
    bin_hz = RATE / (2 * size)
    low, high = int(40 / bin_hz), int(2200 / bin_hz)
    spectrum = np.abs(np.fft.rfft(shots, 2 * size, axis=1))[:, low - 1 : high + 2]
    here = spectrum[:, 1:-1]
    loud = here > spectrum.max(axis=1, keepdims=True) * 10 ** (-30 / 20)
    row, column = np.nonzero((here > spectrum[:, :-2]) & (here >= spectrum[:, 2:]) & loud)
    left, top, right = (np.log(spectrum[row, column + k] + 1e-12) for k in range(3))
    hz = (column + low + 0.5 * (left - right) / (left - 2 * top + right)) * bin_hz
    pitch = np.round(12 * np.log2(hz / 440) + 69).astype(int) % 12
    power = np.bincount(pitch, spectrum[row, column + 1] ** 2, 12)
    return power / power.sum()


def best_key(power: Samples) -> tuple[int, str]:
    """The tonic and mode whose Krumhansl profile correlates best."""
    level = np.sqrt(power)
    scores = {
        (tonic, mode): float(np.corrcoef(np.roll(profile, tonic), level)[0, 1])
        for mode, profile in (("minor", _MINOR_PROFILE), ("major", _MAJOR_PROFILE))
        for tonic in range(12)
    }
    return max(scores, key=lambda key: scores[key])


def brightness(x: Samples) -> float:
    """Spectral centroid in Hz: the mean over frames weighted by their energy."""
    size = 2048
    shots = np.lib.stride_tricks.sliding_window_view(x.mean(axis=1), size)[:: size // 2] * np.hanning(size)
    spectrum = np.abs(np.fft.rfft(shots, axis=1))
    hz = np.fft.rfftfreq(size, 1 / RATE)
    centroids = (spectrum * hz).sum(axis=1) / (spectrum.sum(axis=1) + 1e-12)
    energy = (spectrum**2).sum(axis=1)
    return float((centroids * energy).sum() / energy.sum())
