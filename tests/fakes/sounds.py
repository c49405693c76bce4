"""Sounds of which everything is known, made in the test."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE = 44_100
MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10)


def sine(seconds: float, hertz: float = 220.0, rate: int = RATE, level: float = 0.5) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def noise(seconds: float, rate: int = RATE, level: float = 0.1, seed: int = 0) -> Samples:
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * rate))).astype(np.float32)


def place(out: Samples, sound: Samples, at: int) -> None:
    """Mix ``sound`` in, wrapping round the end as in a loop."""
    index = (at + np.arange(len(sound))) % len(out)
    np.add.at(out, index, sound)


def kick(rate: int = RATE) -> Samples:
    t = np.arange(int(0.25 * rate)) / rate
    return (0.8 * np.sin(2 * np.pi * (50 * t + 6 * (1 - np.exp(-t * 40)))) * np.exp(-t * 16)).astype(np.float32)


def hat(rate: int = RATE, seed: int = 1) -> Samples:
    length = int(0.05 * rate)
    hiss = np.diff(noise(0.05, rate, 0.3, seed), prepend=np.float32(0))
    return (hiss * np.exp(-np.arange(length) / rate * 80)).astype(np.float32)


def note(midi: float, seconds: float, rate: int = RATE, level: float = 0.3, partials: int = 6) -> Samples:
    t = np.arange(round(seconds * rate)) / rate
    hertz = 440.0 * 2 ** ((midi - 69) / 12)
    tone = sum(np.sin(2 * np.pi * hertz * h * t) / h**1.5 for h in range(1, partials + 1) if hertz * h < rate / 2)
    fade = np.minimum(1, t / 0.005) * np.minimum(1, (t[-1] - t) / 0.03)
    return (level * tone * fade * np.exp(-t * 1.5)).astype(np.float32)


def drum_loop(bpm: float, beats: int, rate: int = RATE) -> Samples:
    """Kick on one and three, louder hats on every eighth."""
    out = np.zeros(round(beats * 60 / bpm * rate), np.float32)
    for eighth in range(beats * 2):
        place(out, hat(rate, eighth % 4), round(eighth * 30 / bpm * rate))
        if eighth % 4 == 0:
            place(out, kick(rate), round(eighth * 30 / bpm * rate))
    return out


def melody_loop(bpm: float, beats: int, tonic: int, rate: int = RATE, detune: float = 0.0) -> Samples:
    """A melody in natural minor over its tonic, starting and ending there; ``tonic`` is a pitch class from C."""
    out = np.zeros(round(beats * 60 / bpm * rate), np.float32)
    steps = (0, 2, 4, 2, 0, 4, 6, 5, 3, 2, 1, 4, 0, 2, 1, 0)
    for beat in range(beats):
        midi = 60 + tonic + MINOR_SCALE[steps[beat % 16]] + detune
        place(out, note(midi, 60 / bpm, rate), round(beat * 60 / bpm * rate))
        if beat % 4 == 0:
            place(out, note(36 + tonic + detune, 200 / bpm, rate), round(beat * 60 / bpm * rate))
    return out
