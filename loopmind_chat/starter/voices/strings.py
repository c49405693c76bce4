"""Plucked and bowed strings, and the flute that doubles them."""

import math

import numpy as np
from scipy import signal

from loopmind_chat.starter.sound.filters import band, biquad, filtered, high, low, swept
from loopmind_chat.starter.sound.signals import (
    RATE,
    Rng,
    Signal,
    adsr,
    decay,
    phase_of,
    ramped,
    released,
    sine,
    times,
    wave,
    white,
)


def pluck(  # noqa: PLR0913, PLR0917 - the player's hand has two more knobs
    hz: float, seconds: float, velocity: float, rng: Rng, bright: float = 0.5, ring: float = 2.5
) -> Signal:
    """A plucked string after Karplus and Strong (1983), tuned by a fractional delay.

    ``bright`` is the plectrum (0 thumb, 1 steel) and ``ring`` the seconds to -60 dB.
    """
    release = 0.12
    t = times(min(seconds + release, ring + 0.2))
    burst = np.zeros(len(t))
    length = min(int(RATE / hz), len(t))
    burst[:length] = white(rng, length)
    # plucked an eighth along the string, by a finger of some softness
    notch = max(1, round(RATE / hz / 8.0))
    burst[notch:] -= 0.7 * burst[:-notch]
    burst = low(burst, 900.0 + 9000.0 * bright**1.5 * (0.5 + 0.5 * velocity))
    gain = 10.0 ** (-3.0 / (ring * hz))
    damping = 0.5 - 0.32 * bright
    # the damping filter delays too: by its weight on the older frame
    whole, part = divmod(RATE / hz - damping, 1.0)
    kernel = np.convolve([1.0 - damping, damping], [1.0 - part, part])
    feedback = np.zeros(int(whole) + 3)
    feedback[0] = 1.0
    feedback[int(whole) :] -= gain * kernel
    string = np.asarray(signal.lfilter([1.0], feedback, burst), dtype=np.float64)
    body = filtered(string, biquad("high", 70.0), biquad("peak", 210.0, 1.2, 4.0), biquad("peak", 430.0, 1.5, 2.5))
    body /= np.max(np.abs(body)) + 1e-9
    gone = released(t, seconds, release)
    return ramped(0.7 * math.pow(velocity, 0.3) * body * gone, 0.001, 0.03)


def bowed(hz: float, seconds: float, velocity: float, rng: Rng, dark_hz: float = 2600.0) -> Signal:
    """A section of strings: five detuned saws a side, each with its own vibrato, through a body."""
    release = 0.5
    t = times(seconds + release)
    sides = []
    for _ in range(2):
        total = np.zeros_like(t)
        for _ in range(3):
            cents = float(rng.normal(0.0, 6.0))
            vibrato = 5.0 * sine(float(rng.uniform(4.6, 5.8)) * t + float(rng.uniform())) * np.clip(t / 0.6, 0.0, 1.0)
            f = hz * 2.0 ** ((cents + vibrato) / 1200.0)
            total += wave("saw", phase_of(f, float(rng.uniform())), hz * 1.02, 9000.0)
        sides.append(total)
    section = np.stack(sides, axis=1) / 3.0
    rosin = (0.02 * high(white(rng, len(t)), 2500.0))[:, None]
    body = filtered(
        section + rosin,
        biquad("low", dark_hz * (0.6 + 0.5 * velocity)),
        biquad("peak", 480.0, 1.3, 3.0),
        biquad("peak", 1150.0, 1.6, 2.5),
        biquad("high", 90.0),
    )
    return 0.55 * body * adsr(seconds, min(0.18, seconds * 0.4), 1.0, 0.85, release)[:, None]


def stab(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A short stroke of the section."""
    t = times(seconds + 0.3)
    return bowed(hz, seconds, velocity, rng, 3600.0)[: len(t)] * adsr(seconds, 0.02, 0.35, 0.3, 0.3)[:, None]


def flute(hz: float, seconds: float, velocity: float, rng: Rng, air: float = 0.25) -> Signal:
    """A wooden flute: few harmonics, late vibrato, breath at the pitch."""
    release = 0.14
    t = times(seconds + release)
    late = np.clip((t - 0.2) / 0.5, 0.0, 1.0)
    scoop = -0.35 * np.exp(-t / 0.035)
    f = hz * 2.0 ** ((scoop + 0.16 * late * sine(5.1 * t + float(rng.uniform()))) / 12.0)
    phase = phase_of(f)
    tone = (
        sine(phase) + (0.28 + 0.2 * velocity) * sine(2.0 * phase) + 0.12 * sine(3.0 * phase) + 0.05 * sine(4.0 * phase)
    )
    breath = band(white(rng, len(t)), hz * 2.0, 1.6) + 0.3 * high(white(rng, len(t)), 5000.0)
    chiff = 1.0 + 1.5 * np.exp(-t / 0.05)
    return 0.5 * (tone + air * 0.5 * breath * chiff) * adsr(seconds, 0.045, 1.0, 0.85, release)


def harp(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A string left ringing."""
    return pluck(hz, max(seconds, 1.2), velocity, rng, 0.45, 3.0)


def muted(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A guitar string stopped by the palm."""
    note = pluck(hz, min(seconds, 0.3), velocity, rng, 0.35, 0.5)
    t = np.arange(len(note)) / RATE
    return swept(note, 700.0 + 2600.0 * velocity * decay(t, 0.4), 0.8)
