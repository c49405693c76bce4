"""Saw stacks, plucks, leads and pads."""

import math

import numpy as np

from loopmind_chat.starter.sound.filters import band, high, swept
from loopmind_chat.starter.sound.signals import Rng, Signal, adsr, decay, phase_of, sine, times, wave, white

_CENTS = (-19.0, -11.5, -5.0, 0.0, 4.5, 12.0, 18.0)


def _stack(hz: float, t: Signal, rng: Rng, top_hz: float, detune: float = 1.0) -> Signal:
    """Seven saws spread over the stereo field."""
    out = np.zeros((len(t), 2))
    for k, cents in enumerate(_CENTS):
        f = hz * 2.0 ** (detune * cents / 1200.0)
        saw = wave("saw", f * t + float(rng.uniform()), f, top_hz)
        right = 0.5 + 0.42 * (1 if k % 2 else -1) * (k / 6.0)
        out += saw[:, None] * np.array([1.0 - right, right])
    return 0.32 * out


def supersaw(hz: float, seconds: float, velocity: float, rng: Rng, top_hz: float = 9000.0) -> Signal:
    """A bright stack held as long as the note."""
    release = 0.18
    t = times(seconds + release)
    return _stack(hz, t, rng, top_hz * (0.6 + 0.4 * velocity)) * adsr(seconds, 0.006, 0.8, 0.8, release)[:, None]


def saw_pluck(hz: float, seconds: float, velocity: float, rng: Rng, open_hz: float = 6000.0) -> Signal:
    """A stack whose filter closes at once."""
    t = times(seconds + 0.35)
    cutoff = 250.0 + open_hz * velocity * decay(t, 0.5)
    return swept(_stack(hz, t, rng, 12000.0, 0.7), cutoff, 1.0) * adsr(seconds, 0.002, 0.5, 0.35, 0.35)[:, None]


def soft_pluck(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A triangle with a short bright start."""
    t = times(seconds + 0.3)
    tone = wave("triangle", hz * t + float(rng.uniform()), hz) + 0.3 * velocity * sine(3.0 * hz * t) * decay(t, 0.12)
    return 0.7 * tone * adsr(seconds, 0.002, 0.5, 0.3, 0.3)


def square_lead(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A hollow lead with a glide into each note."""
    t = times(seconds + 0.1)
    f = hz * 2.0 ** ((-1.2 * np.exp(-t / 0.02) + 0.12 * np.clip(t - 0.25, 0.0, 1.0) * sine(5.6 * t)) / 12.0)
    phase = phase_of(f, float(rng.uniform()))
    both = wave("square", phase, hz * 1.03, 8000.0) + 0.5 * wave("saw", phase * 1.0 + 0.25, hz * 1.03, 8000.0)
    return (
        0.4
        * swept(both, 900.0 + 4200.0 * velocity * (0.4 + 0.6 * decay(t, 0.8)), 0.9)
        * adsr(seconds, 0.008, 0.8, 0.75, 0.1)
    )


def whistle(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A sine lead that slides, as on west-coast records."""
    t = times(seconds + 0.12)
    f = hz * 2.0 ** ((-2.0 * np.exp(-t / 0.03) + 0.18 * np.clip((t - 0.2) * 3.0, 0.0, 1.0) * sine(6.0 * t)) / 12.0)
    phase = phase_of(f)
    air = 0.04 * band(white(rng, len(t)), hz, 5.0)
    return (
        0.55
        * math.pow(velocity, 0.3)
        * (sine(phase) + 0.12 * sine(2.0 * phase) + air)
        * adsr(seconds, 0.012, 1.0, 0.85, 0.12)
    )


def warm_pad(hz: float, seconds: float, velocity: float, rng: Rng, top_hz: float = 1400.0) -> Signal:
    """A stack with a slow start and a filter that opens and closes once."""
    attack, release = min(0.6, seconds * 0.35), 0.7
    t = times(seconds + release)
    swell = np.sin(np.pi * np.clip(t / (seconds + release), 0.0, 1.0))
    body = swept(_stack(hz, t, rng, top_hz * 4.0, 0.8), top_hz * (0.5 + 0.7 * velocity * swell), 0.8)
    return body * adsr(seconds, attack, 2.0, 0.85, release)[:, None]


def air_pad(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """Sines an octave apart with noise at the pitch: a pad of breath."""
    attack, release = min(0.8, seconds * 0.4), 0.9
    t = times(seconds + release)
    out = []
    for side in (-0.6, 0.7):
        f = hz * (1.0 + 0.0012 * side)
        tones = sine(f * t + float(rng.uniform())) + 0.4 * sine(2.0 * f * t) + 0.3 * sine(4.001 * f * t + 0.2)
        breath = band(white(rng, len(t)), hz * 4.0, 8.0) + 0.5 * band(white(rng, len(t)), hz * 8.0, 10.0)
        out.append(0.55 * tones + 0.8 * breath + 0.012 * high(white(rng, len(t)), 5000.0))
    return 0.5 * np.stack(out, axis=1) * velocity * adsr(seconds, attack, 2.0, 0.9, release)[:, None]


def drone(hz: float, seconds: float, velocity: float, rng: Rng) -> Signal:
    """A low, slow beating of saws and a growl."""
    t = times(seconds + 1.0)
    body = swept(_stack(hz, t, rng, 3000.0, 0.5), 260.0 + 180.0 * sine(0.23 * t + float(rng.uniform())), 1.3)
    return body * velocity * adsr(seconds, min(0.7, seconds * 0.3), 3.0, 0.9, 1.0)[:, None]
