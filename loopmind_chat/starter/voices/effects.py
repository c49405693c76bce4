"""Risers, impacts, crackle, rain and other sounds without a pitch."""

import numpy as np

from loopmind_chat.starter.sound.circle import driven, shaped, toned
from loopmind_chat.starter.sound.filters import band, biquad, low, swept
from loopmind_chat.starter.sound.signals import (
    RATE,
    Rng,
    Signal,
    curve,
    decay,
    frames,
    phase_of,
    ramped,
    sine,
    times,
    wave,
    white,
)  # fmt: skip


def riser(seconds: float, rng: Rng, top_hz: float = 9000.0, tone: float = 0.25) -> Signal:
    """Noise and a siren of saws that climb and swell, then stop."""
    t = times(seconds)
    place = t / seconds
    sweep = 250.0 * (top_hz / 250.0) ** place
    sides = [swept(white(rng, len(t)), sweep, 1.6, "band") for _ in range(2)]
    f = 110.0 * 8.0**place * 2.0 ** (0.3 / 12.0 * sine(7.0 * t))
    siren = wave("saw", phase_of(f), 900.0, 7000.0) + wave("saw", phase_of(f * 1.008), 900.0, 7000.0)
    both = np.stack(sides, axis=1) + tone * 0.5 * siren[:, None]
    return ramped(both * (place**1.7)[:, None], 0.02, 0.03)


def downlifter(seconds: float, rng: Rng) -> Signal:
    """Noise that falls away."""
    t = times(seconds)
    sweep = 9000.0 * (180.0 / 9000.0) ** (t / seconds) ** 0.8
    sides = [swept(white(rng, len(t)), sweep, 1.2, "band") for _ in range(2)]
    return ramped(np.stack(sides, axis=1) * decay(t, seconds * 1.3)[:, None], 0.004, 0.2)


def impact(rng: Rng, seconds: float = 2.5, hz: float = 48.0) -> Signal:
    """A sub boom under a crash of noise."""
    t = times(seconds)
    boom = sine(phase_of(curve(seconds, hz * 3.2, hz, 0.06))) * decay(t, seconds * 0.8)
    sides = [
        band(white(rng, len(t)), 900.0, 0.4) * decay(t, 0.7) + 0.7 * low(white(rng, len(t)), 300.0) * decay(t, 1.2)
        for _ in range(2)
    ]
    return ramped(driven(boom[:, None] + 0.5 * np.stack(sides, axis=1), 1.8), 0.001, 0.3)


def crackle(count: int, rng: Rng, pops_a_second: float = 14.0, hiss: float = 0.02) -> Signal:
    """A worn record: dust, a few scratches, surface noise and the motor, as a circle of ``count`` frames."""
    out = np.zeros((count, 2))
    for _ in range(round(pops_a_second * count / RATE)):
        hard = float(rng.pareto(2.2)) * 0.12
        pop = band(white(rng, frames(0.006)), float(rng.uniform(900.0, 5200.0)), 0.9) * decay(times(0.006), 0.005)
        where = (int(rng.integers(count)) + np.arange(len(pop))) % count
        side = float(rng.uniform(0.25, 0.75))
        out[where] += min(hard, 0.9) * ramped(pop, 0.0006)[:, None] * np.array([1.0 - side, side])
    surface = toned(rng.standard_normal((count, 2)), 500.0, 7000.0) * hiss
    rumble = toned(rng.standard_normal((count, 2)), 30.0, 90.0, 4) * hiss * 4.0
    return out + surface + rumble


def rain(count: int, rng: Rng) -> Signal:
    """Rain on a street: a hiss that breathes and thousands of drops, as a circle."""
    hiss = shaped(
        rng.standard_normal((count, 2)), biquad("high", 900.0), biquad("low", 7500.0), biquad("peak", 3200.0, 0.6, 4.0)
    )
    turn = 2.0 * np.pi * np.arange(count) / count
    breath = 1.0 + 0.25 * np.sin(2.0 * turn + 0.4) + 0.12 * np.sin(5.0 * turn)
    out = 0.1 * hiss * breath[:, None]
    t = times(0.02)
    for _ in range(round(55 * count / RATE)):
        f = float(rng.uniform(1400.0, 5200.0))
        drop = ramped(sine(phase_of(f * (1.0 + 0.5 * t / 0.02))) * decay(t, 0.012), 0.0008)
        where = (int(rng.integers(count)) + np.arange(len(drop))) % count
        side = float(rng.uniform())
        out[where] += 0.12 * float(rng.exponential(1.0)) * drop[:, None] * np.sqrt([1.0 - side, side])
    return out


def wind(count: int, rng: Rng, low_hz: float = 120.0, high_hz: float = 900.0) -> Signal:
    """Air in a large, dark place, as a circle: noise in bands that rise and fall on their own."""
    turn = 2.0 * np.pi * np.arange(count) / count
    out = np.zeros((count, 2))
    for hz in np.geomspace(low_hz, high_hz, 6):
        noise = shaped(rng.standard_normal((count, 2)), biquad("band", float(hz), 5.0))
        cycles = int(rng.integers(1, 5))
        out += noise * (0.55 + 0.45 * np.sin(cycles * turn + float(rng.uniform(0.0, 6.0))))[:, None]
    return out
