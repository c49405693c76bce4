"""Keyboards, bells and mallets."""

import numpy as np

from loopmind_chat.starter.sound.filters import band, low
from loopmind_chat.starter.sound.signals import (
    Rng,
    Signal,
    adsr,
    decay,
    mixed,
    phase_of,
    ramped,
    released,
    sine,
    times,
    white,
)

_FOUNDATION = 2.0
"""The drawbars up to here make the body of an organ, the others its edge."""
_AUDIBLE_HZ = 15_000.0
"""Partials above are left out: they would fold back."""
_TINES_BELOW_HZ = 480.0
"""Higher notes have no tine: fourteen times their pitch is only hiss."""


def rhodes(hz: float, seconds: float, velocity: float, rng: Rng, bark: float = 1.0) -> Signal:
    """An electric piano by frequency modulation: a warm pair and a tine that rings at first."""
    release = 0.35
    t = times(seconds + release)
    drift = float(rng.uniform(-0.0006, 0.0006))
    phase = phase_of(np.full(len(t), hz * (1.0 + drift)))
    index = bark * (0.35 + 1.5 * velocity**2) * (330.0 / max(hz, 110.0)) ** 0.35
    warm = sine(phase + index * decay(t, 2.2) * sine(phase) / (2.0 * np.pi))
    tine = sine(phase + 0.9 * bark * decay(t, 0.28) * sine(14.0 * phase) / (2.0 * np.pi) * (hz < _TINES_BELOW_HZ))
    body = adsr(seconds, 0.003, 3.0, 0.25, release)
    return 0.7 * (0.75 * warm + 0.35 * tine * decay(t, 1.6)) * body


def piano(hz: float, seconds: float, velocity: float, rng: Rng, hard: float = 1.0) -> Signal:
    """A piano of stiff strings: stretched partials, the high ones dying first, two strings slightly apart.

    ``hard`` is the hammer: 0.3 felt, 1 concert, 1.6 bright house.
    """
    release = 0.25
    t = times(min(seconds + release, 5.0))
    stiffness = 0.00012 * (hz / 220.0) ** 1.2
    top = min(9000.0, 15000.0)
    slope = 1.9 / (hard * (0.55 + 0.6 * velocity))
    out = np.zeros_like(t)
    long = 5.5 * (220.0 / hz) ** 0.55
    for n in range(1, 25):
        f = n * hz * np.sqrt(1.0 + stiffness * n * n)
        level = np.exp(-slope * (n - 1) * 0.28) * abs(np.sin(np.pi * n / 7.9)) / n**0.35
        if f > top or level < 0.002:  # noqa: PLR2004 - below -54 dB nothing is heard
            continue
        fall = long / (1.0 + 0.22 * n + f / 3500.0)
        for side in (-0.00025, 0.00031):
            out += (
                0.5
                * level
                * sine(f * (1.0 + side) * t + float(rng.uniform()))
                * (0.8 * decay(t, fall) + 0.2 * decay(t, fall * 2.6))
            )
    knock = low(band(white(rng, len(t)), 420.0, 0.7), 1800.0) * decay(t, 0.06) * 0.25 * velocity
    gone = released(t, seconds, release)
    return ramped((0.55 * out + knock) * gone, 0.002, 0.05)


def bell(hz: float, seconds: float, velocity: float, rng: Rng, bright: float = 1.0) -> Signal:
    """A synthetic bell: modulated at 3.5 times its pitch, with a hum and a prime that stay in tune."""
    length = max(1.2, seconds + 0.9)
    t = times(length)
    phase = phase_of(np.full(len(t), hz), float(rng.uniform()))
    index = bright * (0.6 + 1.6 * velocity) * decay(t, length * 0.55)
    strike = sine(phase + index * sine(3.5 * phase) / (2.0 * np.pi)) * decay(t, length * 0.7)
    ring = 0.8 * sine(phase) * decay(t, length) + 0.3 * sine(2.001 * phase) * decay(t, length * 0.8)
    ring += bright * 0.2 * sine(4.003 * phase) * decay(t, length * 0.45)
    return ramped(0.42 * (0.7 * strike + ring), 0.0015, 0.15)


def music_box(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A comb of steel: a clear pitch with a short, high overtone."""
    length = max(0.9, seconds + 0.7)
    t = times(length)
    modes = ((1.0, 1.0, 1.0), (2.0, 0.25, 0.6), (3.99, 0.3 * velocity, 0.4), (6.27, 0.22 * velocity, 0.18))
    tones = mixed(
        *(
            g * sine(hz * r * t + float(rng.uniform())) * decay(t, length * s)
            for r, g, s in modes
            if hz * r < _AUDIBLE_HZ
        )
    )
    pin = band(white(rng, len(t)), 5200.0, 1.0) * decay(t, 0.012) * 0.35
    return ramped(0.5 * tones + pin * velocity, 0.001, 0.1)


def kalimba(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A thumb piano: a round tone, a buzz of the tongue, a knock of the box."""
    length = max(0.7, seconds + 0.4)
    t = times(length)
    tongue = sine(hz * t) * decay(t, length * 0.9) + 0.3 * velocity * sine(hz * 5.6 * t) * decay(t, 0.16)
    octave = 0.4 * sine(hz * 2.0 * t) * decay(t, length * 0.4)
    box = band(white(rng, len(t)), 300.0, 1.2) * decay(t, 0.05) * 0.5
    return ramped(0.6 * (tongue + octave) + box * velocity, 0.002, 0.08)


def marimba(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A bar of wood tuned so that its second mode is two octaves up."""
    length = max(0.5, seconds * 0.6 + 0.3)
    t = times(length)
    bar = sine(hz * t) * decay(t, length) + 0.35 * velocity * sine(hz * 3.99 * t) * decay(t, length * 0.25)
    bar += 0.14 * velocity * sine(hz * 9.2 * t) * decay(t, 0.05) * (hz < 1500.0)  # noqa: PLR2004 - else it aliases
    mallet = band(white(rng, len(t)), hz * 1.5, 0.8) * decay(t, 0.02) * 0.3
    return ramped(0.6 * bar + mallet, 0.0015, 0.05)


def organ(hz: float, seconds: float, velocity: float, rng: Rng, bright: float = 1.0) -> Signal:
    """Drawbars with a percussive third harmonic, as on house records."""
    bars = ((0.5, 0.5), (1.0, 1.0), (1.5, 0.25), (2.0, 0.6), (3.0, 0.35), (4.0, 0.35), (6.0, 0.2), (8.0, 0.22))
    t = times(seconds + 0.06)
    tone = mixed(
        *(
            g * (bright if r > _FOUNDATION else 1.0) * sine(hz * r * t + float(rng.uniform()))
            for r, g in bars
            if hz * r < _AUDIBLE_HZ
        )
    )
    chiff = 0.6 * velocity * bright * sine(hz * 3.0 * t) * decay(t, 0.25)
    return 0.28 * (tone + chiff) * adsr(seconds, 0.004, 0.3, 0.75, 0.06)


def glass(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A rubbed glass: slow, pure, with a little air."""
    t = times(seconds + 1.0)
    shimmer = 1.0 + 0.15 * sine(4.3 * t + float(rng.uniform()))
    tone = sine(hz * t) + 0.2 * sine(2.76 * hz * t) * decay(t, 2.0) + 0.25 * sine(2.0 * hz * t)
    air = band(white(rng, len(t)), hz * 2.0, 6.0) * 0.12
    return 0.45 * velocity * (tone + air) * shimmer * adsr(seconds, 0.12, 1.0, 0.7, 1.0)
