"""Three made-up sounds of three seconds that the original network heard once; its answers are in the file beside."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

RATE: Final = 16_000
LENGTH: Final = 186 * 256
"""187 frames, the length the network was trained with."""


def chord() -> npt.NDArray[np.float32]:
    """A plucked chord of 20 partials a note, struck twice."""
    time = np.arange(LENGTH) / RATE
    sound = np.zeros(LENGTH)
    for start in (0.0, 1.5):
        since = np.maximum(time - start, 0)
        for note in (220.0, 277.18, 329.63):
            for partial in range(1, 21):
                sound += np.sin(2 * np.pi * note * partial * since) * np.exp(-since * (2 + partial)) / partial
    return (0.2 * sound).astype(np.float32)


def beat() -> npt.NDArray[np.float32]:
    """Falling sines on the beat and bursts of noise between them, 120 beats a minute."""
    time = np.arange(LENGTH) / RATE
    noise = np.random.default_rng(7).standard_normal(LENGTH)
    phase = time % 0.5
    kick = np.sin(2 * np.pi * (50 * phase + 8 * (1 - np.exp(-phase * 30)))) * np.exp(-phase * 12)
    hat = noise * np.exp(-((time + 0.25) % 0.5) * 60)
    return (0.5 * kick + 0.15 * hat).astype(np.float32)


def sweep() -> npt.NDArray[np.float32]:
    """A sine that climbs from 100 Hz to 6 kHz over a bed of noise."""
    time = np.arange(LENGTH) / RATE
    length = LENGTH / RATE
    rise = np.log(60.0)
    phase = 2 * np.pi * 100 * length / rise * (np.exp(rise * time / length) - 1)
    noise = np.random.default_rng(8).standard_normal(LENGTH)
    return (0.3 * np.sin(phase) + 0.01 * noise).astype(np.float32)


SIGNALS: Final[dict[str, Callable[[], npt.NDArray[np.float32]]]] = {"chord": chord, "beat": beat, "sweep": sweep}


def effect() -> npt.NDArray[np.float32]:
    """A dull thud and a ringing bell at 44.1 kHz: three seconds for the network of sound effects."""
    rate = 44_100
    time = np.arange(3 * rate) / rate
    thud = np.random.default_rng(9).standard_normal(len(time)) * np.exp(-time * 25)
    bell = sum(np.sin(2 * np.pi * hertz * time) * np.exp(-time * hertz / 900) for hertz in (523.0, 1_187.0, 2_630.0))
    return (0.3 * np.convolve(thud, np.ones(30) / 30, "same") + 0.1 * bell).astype(np.float32)
