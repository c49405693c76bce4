"""Hand drums, shakers and small wooden and metal things."""

import numpy as np

from loopmind_chat.starter.sound.filters import band, biquad, filtered, high
from loopmind_chat.starter.sound.signals import Rng, Signal, decay, mixed, phase_of, ramped, sine, times, white


def shaker(rng: Rng, length: float = 0.11, bright_hz: float = 6500.0) -> Signal:
    """Seeds: a swell and a stop."""
    t = times(length)
    swell = np.sin(np.pi * np.clip(t / length, 0.0, 1.0) ** 0.6) ** 1.5
    return ramped(filtered(white(rng, len(t)), biquad("band", bright_hz, 1.1), biquad("high", 2500.0)) * swell, 0.004)


def tambourine(rng: Rng, length: float = 0.22) -> Signal:
    """Jingles: many small, high plates that do not start together."""
    t = times(length)
    out = 0.3 * high(white(rng, len(t)), 7000.0) * decay(t, 0.08)
    for _ in range(14):
        after = np.maximum(t - float(rng.exponential(0.006)), 0.0)
        out += 0.12 * sine(float(rng.uniform(4200.0, 11000.0)) * after) * decay(after, length) * (after > 0)
    return ramped(out, 0.0008, 0.02)


def conga(hz: float, rng: Rng, length: float = 0.32, slap: float = 0.25) -> Signal:
    """A membrane on a long body: (1, 1.59, 2.14, 2.65) are the modes of an ideal drum head."""
    t = times(length)
    bend = 1.0 + 0.12 * np.exp(-t / 0.02)
    modes = ((1.0, 1.0, 1.0), (1.59, 0.35, 0.5), (2.14, 0.2, 0.35), (2.65, 0.12, 0.25))
    head = mixed(*(gain * sine(phase_of(hz * r * bend)) * decay(t, length * s) for r, gain, s in modes))
    hand = band(white(rng, len(t)), 2600.0, 0.8) * decay(t, 0.025)
    return ramped(head + slap * hand, 0.0008, 0.02)


def block(hz: float = 880.0) -> Signal:
    """A hollow block of wood."""
    t = times(0.14)
    return ramped(sine(hz * t) * decay(t, 0.09) + 0.5 * sine(hz * 2.43 * t) * decay(t, 0.04), 0.0008)


def triangle(length: float = 0.9) -> Signal:
    """A steel bar, bent."""
    t = times(length)
    modes = ((4012.0, 1.0), (6270.0, 0.7), (7810.0, 0.5), (9930.0, 0.4), (12110.0, 0.3))
    return ramped(0.25 * mixed(*(g * sine(f * t) * decay(t, length * g) for f, g in modes)), 0.001, 0.05)


def click(rng: Rng, hz: float) -> Signal:
    """A tiny sound picked up with a close microphone: a key, a switch, a lighter."""
    t = times(0.07)
    first = band(white(rng, len(t)), hz, 1.6) * decay(t, 0.02)
    after = np.maximum(t - 0.024, 0.0)
    second = band(white(rng, len(t)), hz * 1.4, 2.0) * decay(after, 0.03) * (after > 0)
    return ramped(first + 0.5 * second, 0.0006, 0.01)
