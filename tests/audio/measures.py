"""What is measured on audio in tests."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
RATE = 48_000


def pitch(samples: Samples, rate: int = RATE) -> float:
    """Frequency in Hz of a steady sine, by its phase's slope."""
    mono = samples[:, 0].astype(np.float64)
    window = np.hanning(len(mono))
    spectrum = np.fft.rfft(mono * window)
    coarse = np.argmax(np.abs(spectrum)) * rate / len(mono)
    turning = np.exp(-2j * np.pi * coarse * np.arange(len(mono)) / rate)
    smooth = np.convolve(mono * turning, np.hanning(2_049)[1:-1], "valid")[::256]
    slope = np.polyfit(np.arange(len(smooth)) * 256 / rate, np.unwrap(np.angle(smooth)), 1)[0]
    return float(coarse + slope / (2 * np.pi))


def onsets(samples: Samples, expected: list[int], reach: int = 2_400) -> npt.NDArray[np.float64]:
    """For each expected position, how many frames late the steepest rise of energy around it is."""
    energy = np.convolve(np.square(samples.mean(axis=1)), np.ones(24) / 24, "same")
    late = []
    for position in expected:
        first = max(0, position - reach)
        part = energy[first : position + reach]
        late.append(first + int(np.argmax(part > 0.2 * part.max())) - position)
    return np.array(late, float)


def click_z(samples: Samples, position: int) -> float:
    """Arrangement measure 12: the largest second difference within 5 ms, in times its RMS over the 20 ms around."""
    bends = np.diff(samples[position - 480 : position + 480].mean(axis=1).astype(np.float64), 2)
    near = bends[480 - 240 - 1 : 480 + 240 - 1]
    return float(np.abs(near).max() / max(np.sqrt(np.mean(np.square(bends))), 1e-12))


def decibels(amplitude: float) -> float:
    return float(20 * np.log10(max(amplitude, 1e-12)))
