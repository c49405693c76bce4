"""Pitched sounds made here: what stands in for instruments where there is no sound font, and synthesisers anywhere."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

from analysis_sets.item import RATE

Wave = NDArray[np.float64]
_NYQUIST = RATE / 2


def tone(voice: str, pitch: float, seconds: float, seed: int) -> Wave:
    """One note of a voice: mono at 44,100 Hz, longer than ``seconds`` by its release. ``pitch`` is a MIDI number."""
    return VOICES[voice](440.0 * 2 ** ((pitch - 69) / 12), seconds, np.random.default_rng(seed))


def _time(seconds: float) -> Wave:
    return np.arange(int(seconds * RATE)) / RATE


def _envelope(seconds: float, attack: float, decay: float, sustain: float, release: float) -> Wave:
    time = _time(seconds + release)
    rise = np.minimum(1.0, time / attack)
    fall = sustain + (1 - sustain) * np.exp(-np.maximum(0, time - attack) / decay)
    end = np.clip(1 - (time - seconds) / release, 0, 1)
    return np.asarray(rise * fall * end)


def _partials(frequency: float, time: Wave, weight: Callable[[int], float], most: int = 40) -> Wave:
    wave = np.zeros(len(time))
    for number in range(1, most + 1):
        if frequency * number > 0.9 * _NYQUIST:
            break
        if gain := weight(number):
            wave += gain * np.sin(2 * np.pi * frequency * number * time + number * number)
    return wave


def _low(wave: Wave, cutoff: float) -> Wave:
    return np.asarray(sosfilt(butter(2, min(cutoff, 0.9 * _NYQUIST), fs=RATE, output="sos"), wave))


def _saw(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.01, 0.4, 0.6, 0.15)
    time = np.arange(len(envelope)) / RATE
    spread = random.uniform(0.002, 0.006)
    waves = [_partials(frequency * (1 + d * spread), time, lambda n: 1 / n) for d in (-1, 0, 1)]
    return _low(sum(waves, np.zeros(len(time))), random.uniform(1200, 7000)) * envelope


def _square(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.004, random.uniform(0.1, 0.4), 0.3, 0.06)
    time = np.arange(len(envelope)) / RATE
    return _low(_partials(frequency, time, lambda n: 1 / n if n % 2 else 0.0), random.uniform(1500, 6000)) * envelope


def _organ(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.008, 1.0, 0.95, 0.05)
    bars = {1: 1.0, 2: random.uniform(0.3, 0.9), 3: random.uniform(0.1, 0.5), 4: random.uniform(0.1, 0.5), 8: 0.15}
    return _partials(frequency, np.arange(len(envelope)) / RATE, lambda n: bars.get(n, 0.0)) * envelope


def _keys(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.003, random.uniform(0.5, 1.2), 0.0, 0.2)
    time = np.arange(len(envelope)) / RATE
    bark = random.uniform(0.5, 2.0) * np.exp(-time / 0.25)
    return np.sin(2 * np.pi * frequency * time + bark * np.sin(2 * np.pi * frequency * time)) * envelope


def _bell(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.002, random.uniform(0.3, 0.8), 0.0, 0.5)
    time = np.arange(len(envelope)) / RATE
    ratio = float(random.choice([2.0, 3.0, 3.5, 1.41]))
    index = random.uniform(0.5, 1.5) * np.exp(-time / 0.3)
    return np.sin(2 * np.pi * frequency * time + index * np.sin(2 * np.pi * frequency * ratio * time)) * envelope


def _pluck(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    period = max(2, round(RATE / frequency))
    length = int((seconds + 0.3) * RATE)
    burst = np.zeros(length)
    burst[: min(period, length)] = random.uniform(-1, 1, min(period, length))
    loss = random.uniform(0.985, 0.997)
    feedback = np.zeros(period + 2)
    feedback[0], feedback[period], feedback[period + 1] = 1.0, -loss / 2, -loss / 2
    wave = np.asarray(lfilter([1.0], feedback, burst))
    return wave * np.clip((seconds + 0.3 - np.arange(length) / RATE) / 0.3, 0, 1)


def _sub(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.005, random.uniform(0.4, 1.5), 0.3, 0.08)
    time = np.arange(len(envelope)) / RATE
    return np.tanh(random.uniform(1.2, 4) * np.sin(2 * np.pi * frequency * time) * envelope)


def _reese(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, 0.02, 1.0, 0.9, 0.08)
    time = np.arange(len(envelope)) / RATE
    waves = [_partials(frequency * ratio, time, lambda n: 1 / n) for ratio in (0.994, 1.006)]
    return _low(waves[0] + waves[1], random.uniform(500, 1500)) * envelope


def _pad(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    envelope = _envelope(seconds, min(0.5, seconds / 3), 2.0, 0.9, 0.6)
    time = np.arange(len(envelope)) / RATE
    drift = [1 + 0.003 * d + 0.001 * np.sin(2 * np.pi * random.uniform(0.1, 0.4) * time) for d in (-1, 0, 1)]
    waves = [_partials(frequency, time * d, lambda n: 1 / n**1.3, most=16) for d in drift]
    return _low(sum(waves, np.zeros(len(time))), random.uniform(700, 3000)) * envelope


_VOWELS = ((700, 1220, 2600), (530, 1840, 2480), (390, 1990, 2550), (570, 840, 2410), (440, 1020, 2240))


def _sung(frequency: float, seconds: float, random: np.random.Generator) -> Wave:
    """A glottal buzz through three formants, with vibrato and breath."""
    envelope = _envelope(seconds, 0.05, 1.0, 0.8, 0.1)
    time = np.arange(len(envelope)) / RATE
    swing = 0.006 * np.minimum(1, time / 0.3) * np.sin(2 * np.pi * random.uniform(4.5, 6) * time)
    source = _partials(frequency, time + np.cumsum(swing) / RATE, lambda n: 1 / n, most=60)
    source += 0.05 * random.standard_normal(len(time))
    vowel = _VOWELS[int(random.integers(len(_VOWELS)))]
    heard = np.zeros(len(time))
    for gain, formant in zip((1.0, 0.6, 0.3), vowel, strict=True):
        band = butter(2, [formant * 0.9, formant * 1.1], "bandpass", fs=RATE, output="sos")
        heard += gain * np.asarray(sosfilt(band, source))
    return heard * envelope


VOICES: dict[str, Callable[[float, float, np.random.Generator], Wave]] = {
    "saw": _saw,
    "square": _square,
    "organ": _organ,
    "keys": _keys,
    "bell": _bell,
    "pluck": _pluck,
    "sub": _sub,
    "reese": _reese,
    "pad": _pad,
    "sung": _sung,
}
