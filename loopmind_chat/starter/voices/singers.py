"""Voices: harmonics of the throat weighted by the formants of vowels that move into one another."""

from collections.abc import Sequence

import numpy as np

from loopmind_chat.starter.sound.filters import band, high
from loopmind_chat.starter.sound.signals import Rng, Signal, adsr, phase_of, sine, times, white

_FORMANTS = {
    "a": ((730.0, 0.0), (1150.0, -5.0), (2650.0, -14.0), (3500.0, -17.0), (4600.0, -25.0)),
    "e": ((430.0, 0.0), (1850.0, -11.0), (2550.0, -14.0), (3550.0, -17.0), (4600.0, -25.0)),
    "i": ((300.0, 0.0), (2150.0, -14.0), (2900.0, -17.0), (3600.0, -20.0), (4700.0, -28.0)),
    "o": ((450.0, 0.0), (820.0, -6.0), (2600.0, -20.0), (3300.0, -22.0), (4500.0, -30.0)),
    "u": ((330.0, 0.0), (700.0, -13.0), (2500.0, -26.0), (3300.0, -28.0), (4400.0, -34.0)),
    "m": ((260.0, 0.0), (1000.0, -22.0), (2200.0, -30.0), (3200.0, -34.0), (4200.0, -40.0)),
}
"""Frequency in Hz and level in dB of five resonances of a tenor, rounded from phonetics tables."""
_WIDTHS = np.array([80.0, 95.0, 130.0, 150.0, 200.0])
_CONTROL = 256
_TOP_HZ = 7500.0
_HARMONICS = 44


def sing(  # noqa: PLR0913, PLR0917 - a singer needs words and a size
    hz: float, seconds: float, velocity: float, rng: Rng, vowels: str = "a", breath: float = 0.12, size: float = 1.0
) -> Signal:
    """One voice on one note, gliding through ``vowels``; ``size`` above 1 is a smaller, brighter head."""
    release = 0.12
    t = times(seconds + release)
    late = np.clip((t - 0.25) / 0.6, 0.0, 1.0)
    wander = 0.05 * np.interp(
        t, np.arange(0.0, t[-1] + 0.2, 0.1), rng.normal(0.0, 1.0, len(np.arange(0.0, t[-1] + 0.2, 0.1)))
    )
    scoop = -0.9 * np.exp(-t / 0.045)
    vibrato = 0.28 * late * sine(float(rng.uniform(5.0, 5.8)) * t + float(rng.uniform()))
    f = hz * 2.0 ** ((scoop + vibrato + wander) / 12.0)
    phase = phase_of(f)
    out = _throat(f, phase, vowels, size, 1.05 - 0.25 * velocity)
    air = breath * (0.12 * high(white(rng, len(t)), 4200.0) + band(white(rng, len(t)), 1700.0 * size, 1.0))
    loud = adsr(seconds, min(0.05, seconds * 0.3), 1.5, 0.85, release)
    tone = 0.5 * out / (float(np.sqrt(np.mean(out**2))) * 3.5 + 1e-9)
    return (tone + 0.1 * air * (1.0 + 2.0 * np.exp(-t / 0.06))) * loud


def choir(  # noqa: PLR0913, PLR0917 - as for one singer
    hz: float, seconds: float, velocity: float, rng: Rng, vowels: str = "a", size: float = 1.0
) -> Signal:
    """Four singers, slow to start, spread over the field."""
    attack, release = min(0.45, seconds * 0.35), 0.6
    count = len(times(seconds + release))
    out = np.zeros((count, 2))
    for pan in (0.2, 0.55, 0.8):
        cents = float(rng.normal(0.0, 8.0))
        one = sing(
            hz * 2.0 ** (cents / 1200.0),
            seconds + release - 0.12,
            velocity,
            rng,
            vowels,
            0.15,
            size * float(rng.uniform(0.97, 1.04)),
        )
        one = one[:count]
        out[: len(one)] += one[:, None] * np.sqrt([1.0 - pan, pan])
    return 0.6 * out * adsr(seconds, attack, 2.0, 0.9, release)[:, None]


def _throat(f: Signal, phase: Signal, vowels: str, size: float, tilt: float) -> Signal:
    """The harmonics of a gliding pitch, each as loud as the tract lets it be where it lies at that moment."""
    count = len(f)
    knots = -(-count // _CONTROL) + 1
    tract = _tract(vowels, np.linspace(0.0, 1.0, knots), size)
    pitch = f[np.minimum(np.arange(knots) * _CONTROL, count - 1)]
    ramp = np.arange(_CONTROL) / _CONTROL
    # sin n is 2 cos 1 sin (n - 1) - sin (n - 2): a sine a harmonic would cost five times as much
    here, before = sine(phase), np.zeros(count)
    twice = 2.0 * np.cos(2.0 * np.pi * phase)
    out = np.zeros(count)
    for n in range(1, min(int(_TOP_HZ / np.max(f)), _HARMONICS) + 1):
        level = _response(tract, n * pitch) * n**-tilt
        smooth = (level[:-1, None] + np.diff(level)[:, None] * ramp).reshape(-1)[:count]
        out += smooth * here
        here, before = twice * here - before, here
    return out


def _tract(vowels: str, places: Signal, size: float) -> tuple[Signal, Signal]:
    """Formant frequencies (knots, 5) and levels, linear from vowel to vowel with time held at each."""
    anchors = np.linspace(0.0, 1.0, len(vowels)) if len(vowels) > 1 else np.array([0.0])
    table = np.array([_FORMANTS[v] for v in vowels])
    hz = np.stack([np.interp(places, anchors, table[:, k, 0]) for k in range(5)], axis=1) * size
    db = np.stack([np.interp(places, anchors, table[:, k, 1]) for k in range(5)], axis=1)
    return hz, 10.0 ** (db / 20.0)


def _response(tract: tuple[Signal, Signal], hz: Signal) -> Signal:
    """The gain of the formants at a frequency for each knot."""
    centres, levels = tract
    off = (hz[:, None] - centres) / _WIDTHS
    return np.asarray((levels / np.sqrt(1.0 + off**2)).sum(axis=1), dtype=np.float64)


def shout(rng: Rng, hz: float, vowels: Sequence[str] = ("e", "i")) -> Signal:
    """A short crowd call: a falling pitch in six throats."""
    out = np.zeros((len(times(0.5)), 2))
    for k in range(6):
        one = sing(
            hz * float(rng.uniform(0.9, 1.12)), 0.3, 1.0, rng, "".join(vowels), 0.3, float(rng.uniform(0.9, 1.15))
        )
        start = int(rng.uniform(0.0, 900.0))
        one = one[: len(out) - start]
        pan = k / 5.0
        out[start : start + len(one)] += one[:, None] * np.sqrt([1.0 - pan, pan])
    return 0.5 * out
