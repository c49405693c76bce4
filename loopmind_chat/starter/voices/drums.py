"""Kicks, snares, claps, hats and cymbals."""

import numpy as np

from loopmind_chat.starter.sound.circle import driven
from loopmind_chat.starter.sound.filters import band, biquad, filtered, high, low
from loopmind_chat.starter.sound.signals import (
    Rng,
    Signal,
    curve,
    decay,
    mixed,
    phase_of,
    ramped,
    sine,
    times,
    wave,
    white,
)

_METAL = (205.3, 304.4, 369.6, 522.7, 540.0, 800.0)
"""The six oscillators of a well-known drum machine's cymbals, in Hz."""


def kick(  # noqa: PLR0913, PLR0917 - a kick is these six knobs
    top_hz: float = 220.0,
    low_hz: float = 52.0,
    drop_s: float = 0.028,
    length: float = 0.35,
    click: float = 0.4,
    drive: float = 1.4,
) -> Signal:
    """A sine that falls from ``top_hz`` to ``low_hz``, with a beater's click."""
    t = times(length)
    hz = curve(length, top_hz, low_hz, drop_s) + curve(length, top_hz * 2.2, 0.0, 0.0045)
    tail = 0.45 * decay(t, length * 0.8) + 0.55 * decay(t, length * 2.2)
    body = sine(phase_of(hz)) * tail * (1.0 - np.exp(-t / 0.001))
    snap = (
        low(high(white(np.random.default_rng(11), len(t)), 1600.0), 5000.0)
        * decay(t, 0.03)
        * (1.0 - np.exp(-t / 0.001))
    )
    return ramped(driven(body + click * 0.25 * snap, drive), 0.001, 0.4 * length)


def snare(tune_hz: float, tone: float, wires_s: float, rng: Rng, bright_hz: float = 9000.0) -> Signal:
    """Two modes of a head and the rattle of wires."""
    t = times(max(wires_s * 1.1, 0.2))
    head = sine(phase_of(tune_hz * (1.0 + 0.5 * np.exp(-t / 0.012)))) * decay(t, 0.16)
    head += 0.6 * sine(phase_of(1.59 * tune_hz * (1.0 + 0.3 * np.exp(-t / 0.01)))) * decay(t, 0.11)
    wires = filtered(
        white(rng, len(t)), biquad("high", 900.0), biquad("peak", 3800.0, 0.8, 5.0), biquad("low", bright_hz)
    )
    crack = high(white(rng, len(t)), 3000.0) * decay(t, 0.03)
    return ramped(driven(tone * head + 0.3 * wires * decay(t, wires_s) + 0.25 * crack, 1.6), 0.0007, 0.02)


def clap(rng: Rng, centre_hz: float = 1250.0, tail_s: float = 0.22, hands: int = 4) -> Signal:
    """Several hands a few milliseconds apart, and the room's answer."""
    t = times(tail_s + 0.08)
    noise = white(rng, len(t))
    skin = band(noise, centre_hz, 0.9) + 0.16 * low(high(noise, 3000.0), 9500.0)
    envelope = np.zeros_like(t)
    for hand in range(hands):
        start = 0.0105 * hand + float(rng.uniform(0.0, 0.002)) * (hand > 0)
        after = np.maximum(t - start, 0.0)
        last = hand == hands - 1
        envelope += (t >= start) * (1.0 - np.exp(-after / 0.0004)) * decay(after, tail_s if last else 0.022)
    return ramped(driven(skin * envelope * 0.6, 1.3), 0.0005, 0.02)


def snap(rng: Rng) -> Signal:
    """Fingers: a short, hollow click."""
    t = times(0.16)
    noise = white(rng, len(t))
    return ramped(band(noise, 2300.0, 2.2) * decay(t, 0.07) + 0.4 * band(noise, 1500.0, 4.0) * decay(t, 0.12), 0.001)


def rim(hz: float = 1720.0) -> Signal:
    """A stick across the rim."""
    t = times(0.09)
    wood = sine(hz * t) * decay(t, 0.035) + 0.7 * sine(hz * 0.293 * t + 0.1) * decay(t, 0.05)
    tick = high(white(np.random.default_rng(5), len(t)), 4000.0) * decay(t, 0.008)
    return ramped(driven(wood + 0.3 * tick, 2.0), 0.0005)


def hat(rng: Rng, length: float, pitch: float = 1.0, noise: float = 0.5, low_cut: float = 7000.0) -> Signal:
    """A hi-hat: six clashing squares and noise, above ``low_cut``; closed at 0.05 s, open at 0.4 s."""
    t = times(length * 1.1 + 0.01)
    phases = rng.uniform(0.0, 1.0, len(_METAL))
    metal = sum(np.sign(np.sin(2.0 * np.pi * (f * pitch * 4.1 * t + p))) for f, p in zip(_METAL, phases, strict=True))
    sound = (1.0 - noise) * 0.35 * np.asarray(metal, dtype=np.float64) + noise * white(rng, len(t))
    sound = filtered(sound, biquad("high", low_cut), biquad("high", low_cut * 0.8), biquad("low", 15000.0))
    shape = 0.75 * decay(t, length) + 0.25 * decay(t, length * 0.25)
    return ramped(sound * shape * 0.5, 0.0006, 0.008)


def crash(rng: Rng, length: float = 2.2, pitch: float = 1.0) -> Signal:
    """A cymbal struck at its edge: treble first, then a long shimmer."""
    t = times(length)
    hz = rng.uniform(380.0, 9000.0, 70) * pitch
    falls = length * rng.uniform(0.35, 1.0, 70) / (1.0 + hz / 9000.0)
    modes = sum(
        sine(f * t + p) * decay(t, float(fall)) for f, p, fall in zip(hz, rng.uniform(0, 1, 70), falls, strict=True)
    )
    wash = high(white(rng, len(t)), 4500.0) * decay(t, length * 0.8)
    sound = high(0.12 * np.asarray(modes, dtype=np.float64) + 0.5 * wash, 500.0) * (1.0 - np.exp(-t / 0.004))
    return ramped(sound * 0.4, 0.001, 0.2)


def ride(rng: Rng, length: float = 0.7) -> Signal:
    """A ride cymbal's ping over a quiet wash."""
    t = times(length)
    ping = sum(
        sine(f * t) * decay(t, length * s) for f, s in ((2960.0, 0.6), (4130.0, 0.45), (5870.0, 0.5), (7710.0, 0.3))
    )
    wash = high(white(rng, len(t)), 6000.0) * decay(t, length)
    return ramped(0.16 * np.asarray(ping, dtype=np.float64) + 0.16 * wash, 0.0008, 0.05)


def tom(hz: float, length: float, rng: Rng) -> Signal:
    """A tom or a floor drum."""
    t = times(length)
    body = sine(phase_of(hz * (1.0 + 0.7 * np.exp(-t / 0.03)))) * decay(t, length)
    skin = band(white(rng, len(t)), hz * 6.0, 0.8) * decay(t, 0.05)
    return ramped(driven(body + 0.2 * skin, 1.2), 0.001, 0.03)


def reverse(sound: Signal) -> Signal:
    """The sound backwards, its end softened."""
    return ramped(sound[::-1], 0.01, 0.006)


def metal_hit(hz: float, length: float, rng: Rng) -> Signal:
    """A pipe or an anvil: inharmonic modes and a scrape."""
    t = times(length)
    ratios = (1.0, 1.506, 1.994, 2.54, 3.96, 5.12, 7.3)
    modes = [sine(hz * r * t + float(rng.uniform())) * decay(t, length / r**0.6) / r**0.5 for r in ratios]
    scrape = band(white(rng, len(t)), hz * 4.0, 0.7) * decay(t, 0.03)
    return ramped(0.3 * mixed(*modes) + 0.4 * scrape, 0.0007, 0.03)


def cowbell(hz: float = 540.0) -> Signal:
    """Two squares a fifth and a bit apart."""
    t = times(0.3)
    both = wave("square", hz * t, hz) + wave("square", hz * 1.481 * t, hz * 1.481)
    return ramped(band(both, hz * 1.9, 0.8) * (0.6 * decay(t, 0.25) + 0.4 * decay(t, 0.03)), 0.0008, 0.02)
