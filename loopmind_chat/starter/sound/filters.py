"""Second-order filters after R. Bristow-Johnson's "Cookbook formulae for audio EQ biquad filter coefficients"."""

import math
from typing import Literal

import numpy as np
from scipy import signal

from loopmind_chat.starter.sound.signals import RATE, Signal

Kind = Literal["low", "high", "band", "notch", "peak", "lowshelf", "highshelf"]
_BLOCK = 128


def biquad(kind: Kind, hz: float, q: float = 0.7071, gain_db: float = 0.0) -> Signal:
    """One row (b0 b1 b2 1 a1 a2) of second-order sections."""
    w = 2.0 * math.pi * min(max(hz, 5.0), 0.47 * RATE) / RATE
    c, alpha, a = math.cos(w), math.sin(w) / (2.0 * q), math.pow(10.0, gain_db / 40.0)
    root = 2.0 * math.sqrt(a) * alpha
    match kind:
        case "low":
            b, d = ((1 - c) / 2, 1 - c, (1 - c) / 2), (1 + alpha, -2 * c, 1 - alpha)
        case "high":
            b, d = ((1 + c) / 2, -(1 + c), (1 + c) / 2), (1 + alpha, -2 * c, 1 - alpha)
        case "band":
            b, d = (alpha, 0.0, -alpha), (1 + alpha, -2 * c, 1 - alpha)
        case "notch":
            b, d = (1.0, -2 * c, 1.0), (1 + alpha, -2 * c, 1 - alpha)
        case "peak":
            b, d = (1 + alpha * a, -2 * c, 1 - alpha * a), (1 + alpha / a, -2 * c, 1 - alpha / a)
        case "lowshelf":
            b = (a * (a + 1 - (a - 1) * c + root), 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root))
            d = (a + 1 + (a - 1) * c + root, -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root)
        case "highshelf":
            b = (a * (a + 1 + (a - 1) * c + root), -2 * a * (a - 1 + (a + 1) * c), a * (a + 1 + (a - 1) * c - root))
            d = (a + 1 - (a - 1) * c + root, 2 * (a - 1 - (a + 1) * c), a + 1 - (a - 1) * c - root)
    return np.array([*b, *d], dtype=np.float64) / d[0]


def filtered(x: Signal, *rows: Signal) -> Signal:
    """The sound through the filters, from silence: for single notes."""
    return np.asarray(signal.sosfilt(np.stack(rows), x, axis=0), dtype=np.float64)


def low(x: Signal, hz: float, q: float = 0.7071) -> Signal:
    """A low-pass."""
    return filtered(x, biquad("low", hz, q))


def high(x: Signal, hz: float, q: float = 0.7071) -> Signal:
    """A high-pass."""
    return filtered(x, biquad("high", hz, q))


def band(x: Signal, hz: float, q: float = 1.0) -> Signal:
    """A band-pass with unit gain at its centre."""
    return filtered(x, biquad("band", hz, q))


def swept(x: Signal, hz: Signal, q: float = 0.9, kind: Kind = "low") -> Signal:
    """A filter whose frequency moves: new coefficients each 128 frames, the state carried over."""
    out = np.empty_like(x)
    state = np.zeros((2, *x.shape[1:]))
    for start in range(0, len(x), _BLOCK):
        stop = start + _BLOCK
        row = biquad(kind, float(hz[start]), q)
        # a block is short: lfilter has a third of the overhead of sosfilt
        out[start:stop], state = signal.lfilter(row[:3], row[3:], x[start:stop], axis=0, zi=state)
    return out
