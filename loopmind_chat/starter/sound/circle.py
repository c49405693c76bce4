"""Effects that treat a loop as a circle: what rings on after the end sounds at the start, as when the loop repeats.

Filters have heard the loop's end before they hear its start, echoes and rooms are laid round it, and moving effects
move a whole number of times: the seam is as smooth as any other place. One-shots use them too, inside a buffer with
silence at its end.
"""

import math
from functools import lru_cache

import numpy as np
from scipy import fft, signal

from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import RATE, Signal, frames

_LEAD = RATE // 2
_INAUDIBLE = 0.002
_EARLY = ((0.0113, 0.5), (0.0171, -0.42), (0.0239, 0.36), (0.0317, -0.3), (0.0411, 0.22))


def shaped(x: Signal, *rows: Signal) -> Signal:
    """The loop through filters (rows of :func:`biquad`), in their steady state: the end has been heard already."""
    lead = x[-min(len(x), _LEAD) :]
    while len(lead) < _LEAD:
        lead = np.concatenate([x, lead])[-_LEAD:]
    heard = signal.sosfilt(np.stack(rows), np.concatenate([lead, x]), axis=0)
    return np.asarray(heard[len(lead) :], dtype=np.float64)


def toned(x: Signal, low_hz: float = 0.0, high_hz: float = 0.0, order: int = 2) -> Signal:
    """Only what lies between two frequencies (0: no limit); Butterworth of an even ``order``."""
    rows = []
    qs = [1.0 / (2.0 * np.cos(np.pi * (2 * k + 1) / (2 * order))) for k in range(order // 2)]
    if low_hz:
        rows += [biquad("high", low_hz, q) for q in qs]
    if high_hz:
        rows += [biquad("low", high_hz, q) for q in qs]
    return shaped(x, *rows) if rows else x


def dulled(x: Signal, low_hz: float, high_hz: float, air: float = 0.08) -> Signal:
    """A dark sound: its treble far back (``air``), not gone, as of an instrument in another room."""
    return toned(x, low_hz, high_hz) + air * toned(x, max(low_hz, 250.0), 6500.0)


def echoed(x: Signal, seconds: float, feedback: float = 0.4, mix: float = 0.3, dark_hz: float = 3500.0) -> Signal:
    """Echoes that go from side to side and lose their treble."""
    out = x.copy()
    tap = x.mean(axis=1)
    gain, side = mix, 0
    while gain > _INAUDIBLE * mix:
        tap = shaped(np.roll(tap, frames(seconds)), biquad("low", dark_hz))
        out[:, side] += gain * tap
        gain, side = gain * feedback, 1 - side
    return out


def roomed(x: Signal, t60: float = 1.6, mix: float = 0.25, dark_hz: float = 5000.0, seed: int = 1) -> Signal:
    """A room around the loop: decaying noise, denser and darker with time, unlike on both sides."""
    response = _room(t60, dark_hz, seed)
    whole = len(x) + len(response)
    # a loop's own length may be prime, where a transform is slow: convolve in a line and lay the rest round
    size = fft.next_fast_len(whole, real=True)
    dull = shaped(x, biquad("high", 180.0))
    wet = fft.irfft(fft.rfft(dull, size, axis=0) * fft.rfft(response, size, axis=0), size, axis=0)[:whole]
    turns = -(-whole // len(x))
    padded = np.zeros((turns * len(x), 2))
    padded[:whole] = wet
    return np.asarray(x + mix * padded.reshape(turns, len(x), 2).sum(axis=0), dtype=np.float64)


def wobbled(x: Signal, depth_s: float, cycles: int, flutter: float = 0.15) -> Signal:
    """Tape wow and flutter: the loop read at an uneven speed that comes round with it."""
    turn = 2.0 * np.pi * np.arange(len(x)) / len(x)
    shift = depth_s * (np.sin(cycles * turn) + flutter * np.sin(17 * cycles * turn + 1.0))
    return _read_round(x, shift)


def chorused(x: Signal, cycles: int, depth_s: float = 0.0025, mix: float = 0.5) -> Signal:
    """Two moving copies, one a side."""
    turn = 2.0 * np.pi * np.arange(len(x)) / len(x)
    left = _read_round(x[:, :1], 0.011 + depth_s * np.sin(cycles * turn))
    right = _read_round(x[:, 1:], 0.013 + depth_s * np.sin(cycles * turn + 1.9))
    return (x + mix * np.concatenate([left, right], axis=1)) / math.hypot(1.0, mix)


def swayed(x: Signal, cycles: int, depth: float = 0.3) -> Signal:
    """A slow tremolo from side to side."""
    turn = 2.0 * np.pi * np.arange(len(x)) / len(x)
    sway = depth * np.sin(cycles * turn)
    return x * np.stack([1.0 + sway, 1.0 - sway], axis=1)


def pumped(x: Signal, beats: float, depth: float = 0.8, recover: float = 0.55) -> Signal:
    """The loop ducked on every beat, as by a compressor that hears the kick."""
    place = (np.arange(len(x)) * beats / len(x)) % 1.0
    rise = np.clip(place / recover, 0.0, 1.0)
    gain = 1.0 - depth * (0.5 + 0.5 * np.cos(np.pi * rise)) ** 1.4
    # the fall into the next beat takes 6 ms: a step would click
    edge = 0.006 * RATE * beats / len(x)
    fall = np.clip((1.0 - place) / edge, 0.0, 1.0)
    gain = gain * fall + (1.0 - depth) * (1.0 - fall)
    return x * gain[:, None]


def driven(x: Signal, amount: float) -> Signal:
    """Soft clipping that leaves the level of quiet sounds roughly as it is (``amount`` 0.5 mild, 3 hard)."""
    peak = float(np.max(np.abs(x))) or 1.0
    return np.asarray(np.tanh(x / peak * amount) / np.tanh(amount) * peak, dtype=np.float64)


def widened(x: Signal, amount: float) -> Signal:
    """The sides raised against the middle (1: as it is, 0: mono)."""
    middle, side = x.mean(axis=1), 0.5 * (x[:, 0] - x[:, 1]) * amount
    return np.stack([middle + side, middle - side], axis=1)


def _read_round(x: Signal, shift_s: Signal) -> Signal:
    """The loop read ``shift_s`` seconds late at each frame, by cubic interpolation round the circle."""
    count = len(x)
    at = np.arange(count) - shift_s * RATE
    base = np.floor(at).astype(np.int64)
    f = (at - base)[:, None]
    before, here, after, beyond = (x[(base + k) % count] for k in (-1, 0, 1, 2))
    slope = 0.5 * (after - before)
    second = before - 2.5 * here + 2.0 * after - 0.5 * beyond
    third = 0.5 * (beyond - before) + 1.5 * (here - after)
    return np.asarray(((third * f + second) * f + slope) * f + here, dtype=np.float64)


@lru_cache(maxsize=32)
def _room(t60: float, dark_hz: float, seed: int) -> Signal:
    rng = np.random.default_rng(seed)
    count = fft.next_fast_len(frames(t60 * 1.15), real=True)
    t = np.arange(count)[:, None] / RATE
    spectrum = fft.rfft(rng.standard_normal((count, 2)), axis=0)
    hz = np.linspace(0.0, RATE / 2.0, len(spectrum))[:, None]
    out = np.zeros((count, 2))
    # treble dies first: each octave band has its own decay
    for centre in (200.0, 800.0, 2400.0, 6000.0, 12000.0):
        share = np.exp(-0.5 * (np.log2(np.maximum(hz, 20.0) / centre) / 0.8) ** 2)
        length = t60 / (1.0 + (centre / dark_hz) ** 1.2)
        out += fft.irfft(spectrum * share, count, axis=0) * 10.0 ** (-3.0 * t / length)
    out *= 1.0 - np.exp(-t / 0.012)
    for k, (delay, gain) in enumerate(_EARLY):
        out[frames(delay * (1.0 + 0.07 * (k % 2))), 0] += gain * 0.5
        out[frames(delay * (1.07 - 0.07 * (k % 2))), 1] += gain * 0.5
    out[-frames(0.02) :] *= np.linspace(1.0, 0.0, frames(0.02))[:, None]
    return np.asarray(out / np.sqrt((out**2).sum(axis=0)), dtype=np.float64)
