"""808s, subs, reeses and played basses."""

import math

import numpy as np

from loopmind_chat.starter.sound.circle import driven
from loopmind_chat.starter.sound.filters import band, low, swept
from loopmind_chat.starter.sound.signals import (
    Rng,
    Signal,
    adsr,
    decay,
    frames,
    mixed,
    phase_of,
    ramped,
    released,
    sine,
    times,
    wave,
    white,
)  # fmt: skip
from loopmind_chat.starter.voices.strings import pluck


def sub_808(  # noqa: PLR0913, PLR0917 - the 808 is known by its knobs
    hz: float, seconds: float, velocity: float, rng: Rng, drive: float = 1.6, slide_to: float = 1.0
) -> Signal:
    """A long sine with a kick's start and a saturated edge; ``slide_to`` glides to that multiple half way."""
    del rng
    t = times(seconds + 0.08)
    f = hz * (1.0 + 1.7 * np.exp(-t / 0.011) + 0.12 * np.exp(-t / 0.04))
    if slide_to != 1.0:
        place = np.clip((t - 0.5 * seconds) / (0.18 * seconds), 0.0, 1.0)
        f = f * slide_to ** (place**2 * (3.0 - 2.0 * place))
    body = sine(phase_of(f)) * (0.3 * decay(t, 0.9) + 0.7 * decay(t, 3.2))
    knock = low(white(np.random.default_rng(3), len(t)), 2400.0) * decay(t, 0.03) * (1.0 - np.exp(-t / 0.001)) * 0.2
    edged = driven(body * (0.8 + 0.2 * velocity) + knock, drive)
    # what a small loudspeaker plays of it
    edged += 0.07 * drive * band(np.tanh(9.0 * body), 420.0, 0.4)
    gone = released(t, seconds, 0.07)
    return ramped(0.9 * edged * gone, 0.0025, 0.025)


def deep_sub(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A sine with a breath of its octave: for dark rooms."""
    t = times(seconds + 0.09)
    knock = low(white(rng, len(t)), 1800.0) * decay(t, 0.012) * 0.15
    tones = mixed(*(gain * sine(n * hz * t) for n, gain in ((1, 1.0), (2, 0.18), (3, 0.06), (4, 0.04), (6, 0.02))))
    return 0.9 * math.pow(velocity, 0.3) * (tones + knock) * adsr(seconds, 0.006, 2.0, 0.8, 0.09)


def reese(hz: float, seconds: float, velocity: float, rng: Rng, top_hz: float = 900.0) -> Signal:
    """Detuned saws that beat against each other under a moving filter; the sub stays in the middle."""
    t = times(seconds + 0.12)
    envelope = adsr(seconds, 0.01, 1.0, 0.85, 0.12)
    sides = [
        sum(
            wave("saw", phase_of(np.full(len(t), hz * 2.0 ** (c / 1200.0)), float(rng.uniform())), hz * 1.02, 6000.0)
            for c in cents
        )
        for cents in ((-14.0, 5.0, 11.0), (-10.0, -4.0, 16.0))
    ]
    growl = swept(np.stack([np.asarray(s) for s in sides], axis=1), top_hz * (0.55 + 0.45 * sine(1.7 * t - 0.2)), 1.4)
    sub = sine(hz * t)[:, None]
    return driven(0.3 * growl + 0.5 * sub, 1.5) * envelope[:, None] * math.pow(velocity, 0.4)


def acid(hz: float, seconds: float, velocity: float, rng: Rng, open_hz: float = 1600.0) -> Signal:
    """A saw through a squelching filter."""
    del rng
    t = times(seconds + 0.05)
    saw = wave("saw", phase_of(np.full(len(t), hz)), hz)
    cutoff = 160.0 + open_hz * velocity**1.5 * decay(t, 0.32)
    return driven(0.7 * swept(saw, cutoff, 3.2) * adsr(seconds, 0.002, 0.5, 0.6, 0.05), 1.6)


def saw_bass(hz: float, seconds: float, velocity: float, rng: Rng, open_hz: float = 2400.0) -> Signal:
    """Two saws, a square below, a filter that opens with the touch."""
    t = times(seconds + 0.07)
    pair = wave("saw", phase_of(np.full(len(t), hz * 1.004)), hz) + wave(
        "saw", phase_of(np.full(len(t), hz * 0.996), 0.37), hz
    )
    both = 0.4 * pair + 0.4 * wave("square", phase_of(np.full(len(t), hz / 2.0), float(rng.uniform())), hz / 2.0, 800.0)
    cutoff = 220.0 + open_hz * velocity * decay(t, 0.5)
    return swept(both, cutoff, 1.1) * adsr(seconds, 0.003, 0.8, 0.7, 0.07)


def upright(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A double bass plucked by a thick finger: a thump, a round string, a growl of wood."""
    string = pluck(hz, seconds, velocity, rng, 0.16, 1.9)
    t = np.arange(len(string)) / frames(1.0)
    thumb = band(white(rng, len(t)), 130.0, 1.2) * decay(t, 0.07) * 0.5
    round_tone = sine(hz * t) * decay(t, 1.8) * released(t, seconds, 0.11)
    return ramped(
        low(0.55 * string + thumb * velocity, 1500.0) + 0.5 * math.pow(velocity, 0.3) * round_tone, 0.003, 0.03
    )


def finger_bass(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """An electric bass by the neck, its tone half closed."""
    string = pluck(hz, seconds, velocity, rng, 0.3, 2.6)
    t = np.arange(len(string)) / frames(1.0)
    weight = 0.45 * sine(hz * t) * decay(t, 2.2) * released(t, seconds, 0.11)
    return ramped(driven(low(0.7 * string, 2600.0) + weight, 1.2), 0.002, 0.03)


def organ_bass(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """The hollow organ bass of garage and house: odd partials and a knock."""
    del rng
    t = times(seconds + 0.05)
    tone = sine(hz * t) + 0.5 * sine(2.0 * hz * t) * decay(t, 0.6) + 0.3 * sine(3.0 * hz * t) * decay(t, 0.3)
    tone += 0.16 * velocity * sine(6.0 * hz * t) * decay(t, 0.12) + 0.1 * velocity * sine(10.0 * hz * t) * decay(
        t, 0.05
    )
    return 0.6 * tone * adsr(seconds, 0.003, 0.5, 0.65, 0.05)
