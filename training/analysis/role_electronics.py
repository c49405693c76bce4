"""A small synthesizer to train the role model with: what electronic packs hold and no soundfont has."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, fftconvolve, sosfilt

from training.analysis.role_phrases import Phrase, Rng

RATE: Final = 44_100
Floats = npt.NDArray[np.float64]


def noise(rng: Rng, count: int) -> Floats:
    """White noise."""
    return rng.standard_normal(count)


def filtered(signal: Floats, kind: str, hz: float | tuple[float, float], order: int = 2) -> Floats:
    """Butterworth-filtered."""
    limits = np.clip(np.atleast_1d(hz), 20, RATE * 0.47)
    if len(limits) == 2 and limits[1] <= limits[0] * 1.05:
        limits[1] = limits[0] * 1.3
    out: Floats = sosfilt(butter(order, limits if len(limits) > 1 else limits[0], kind, fs=RATE, output="sos"), signal)
    return out


def swept(signal: Floats, hz: Floats, kind: str = "lowpass") -> Floats:
    """Filtered in 40 overlapping steps along ``hz``."""
    blocks = np.array_split(np.arange(len(signal)), 40)
    out = np.zeros(len(signal))
    for block in blocks:
        if not len(block):
            continue
        first, last = max(0, block[0] - 2000), min(len(signal), block[-1] + 400)
        part = filtered(signal[first:last], kind, float(hz[block[0]]))
        fade = np.ones(last - first)
        ramp = min(400, len(fade))
        fade[: block[0] - first] = 0
        rise = min(ramp, last - block[0])
        fade[block[0] - first : block[0] - first + rise] *= np.linspace(0, 1, rise)
        if last > block[-1] + 1:
            fade[-(last - block[-1] - 1) :] = np.linspace(1, 0, last - block[-1] - 1)
        out[first:last] += part * fade
    return out


def decay(count: int, seconds: float) -> Floats:
    """Falls by 60 dB in ``seconds``."""
    return np.exp(-6.9 * np.arange(count) / (RATE * max(seconds, 1e-3)))


def tone(hz: Floats, shape: str) -> Floats:
    """An oscillator along ``hz``, one value a sample."""
    phase = np.cumsum(hz) / RATE
    if shape == "sine":
        return np.sin(2 * np.pi * phase)
    partials = np.arange(1, 24)
    partials = partials[partials * float(hz.max()) < RATE / 2.2]
    weights = {
        "saw": 1.0 / partials,
        "square": (partials % 2) / partials,
        "triangle": (partials % 2) / partials**2.0,
    }[shape]
    out: Floats = np.zeros(len(hz))
    for partial, weight in zip(partials, weights, strict=True):
        if weight:
            out += weight * np.sin(2 * np.pi * partial * phase)
    return out


def play(phrase: Phrase, rng: Rng) -> Floats:
    """A pitched phrase with a random patch; shape (frames,). Loops wrap their tails around."""
    patch = _patch(phrase.role, rng)
    count = round(phrase.seconds * RATE)
    out = np.zeros(count + 3 * RATE)
    for note in phrase.notes:
        sound = patch(440 * 2 ** ((note.pitch - 69) / 12), note.length) * note.velocity / 127
        start = round(note.start * RATE)
        sound = sound[: max(0, len(out) - start)]
        out[start : start + len(sound)] += sound
    if phrase.is_loop:
        tail = out[count:][:count]
        out[: len(tail)] += tail
    return out[:count]


def _patch(role: str, rng: Rng) -> Callable[[float, float], Floats]:
    shape = str(rng.choice(("saw", "saw", "square", "triangle", "sine")))
    voices = int(rng.choice((1, 1, 2, 3, 5))) if role != "bass" else int(rng.choice((1, 1, 1, 2, 3)))
    detune = rng.uniform(0.003, 0.02)
    fm = rng.uniform(0.5, 6) if rng.random() < 0.25 else 0.0
    ratio = float(rng.choice((0.5, 1, 2, 3, 1.41, 3.5, 7)))
    pluck = rng.random() < (0.5 if role != "chords" else 0.3)
    attack = rng.uniform(0.002, 0.02) if pluck or role == "bass" else float(rng.choice((0.005, 0.05, 0.3)))
    fall = rng.uniform(0.2, 1.5) if pluck else rng.uniform(2, 12)
    release = rng.uniform(0.03, 0.15) if role == "bass" else rng.uniform(0.05, 0.8)
    cut = rng.uniform(150, 2500) if role == "bass" else rng.uniform(500, 9000)
    amount = rng.uniform(0, 4)
    slide = rng.uniform(0, 2.5) if role == "bass" and rng.random() < 0.4 else 0.0
    drive = rng.uniform(1, 6) if rng.random() < 0.35 else 0.0
    vibrato = rng.uniform(0, 0.006) if rng.random() < 0.3 else 0.0

    def voice(hz: float, length: float) -> Floats:
        count = round((max(0.03, length) + release) * RATE)
        time = np.arange(count) / RATE
        bend = (1 + slide * np.exp(-time / 0.025)) * (1 + vibrato * np.sin(2 * np.pi * 5.5 * time))
        out = np.zeros(count)
        for number in range(voices):
            factor = 1 + detune * (number - (voices - 1) / 2)
            line = np.full(count, hz * factor) * bend
            if fm:
                line = line * (1 + fm * ratio * 0.2 * np.sin(2 * np.pi * hz * ratio * time) * np.exp(-time / 0.4))
            out += tone(line, "sine" if fm else shape)
        if shape != "sine":
            moving = cut * (1 + amount * np.exp(-time / rng.uniform(0.05, 0.4)))
            out = swept(out, moving) if amount > 1.5 and count > RATE // 4 else filtered(out, "lowpass", cut)
        level = np.minimum(1, time / attack) * np.exp(-time / fall)
        level *= np.clip((count / RATE - time) / release, 0, 1)
        out *= level / max(1, voices) ** 0.5
        return np.tanh(out * drive) if drive else out

    return voice


def kick(rng: Rng) -> Floats:
    """A sine that falls, with a click."""
    count = round(rng.uniform(0.2, 1.0) * RATE)
    time = np.arange(count) / RATE
    hz = rng.uniform(38, 65) * (1 + rng.uniform(2, 9) * np.exp(-time / rng.uniform(0.01, 0.05)))
    body = tone(hz, "sine") * decay(count, rng.uniform(0.2, 0.9))
    click = filtered(noise(rng, count), "highpass", 1500) * decay(count, 0.02) * rng.uniform(0, 0.5)
    return np.tanh((body + click) * rng.uniform(1, 4))


def snare(rng: Rng) -> Floats:
    """A drum head under noise."""
    count = round(rng.uniform(0.15, 0.6) * RATE)
    hz = rng.uniform(150, 260)
    body = tone(np.full(count, hz), "triangle") * decay(count, rng.uniform(0.08, 0.25)) * rng.uniform(0.2, 1)
    hiss = filtered(noise(rng, count), "highpass", rng.uniform(600, 3000)) * decay(count, rng.uniform(0.1, 0.5))
    return np.tanh(body + hiss * rng.uniform(0.3, 1))


def clap(rng: Rng) -> Floats:
    """Some bursts of noise in the middle."""
    count = round(0.5 * RATE)
    time = np.arange(count) / RATE
    bursts = sum(np.where(time >= at, np.exp(-(time - at) / 0.006), 0) for at in (0, 0.011, 0.023))
    envelope = bursts + np.where(time > 0.03, np.exp(-(time - 0.03) / rng.uniform(0.04, 0.15)), 0)
    centre = rng.uniform(800, 1800)
    return filtered(noise(rng, count) * envelope, "bandpass", (centre * 0.6, centre * 2))


def hat(rng: Rng) -> Floats:
    """Noise or metal, high up."""
    length = float(rng.choice((0.05, 0.1, 0.3, 0.8))) * rng.uniform(0.7, 1.5)
    count = round((length + 0.05) * RATE)
    metal = np.sign(sum(tone(np.full(count, hz), "sine") for hz in rng.uniform(2000, 7000, 6)))
    source = noise(rng, count) if rng.random() < 0.5 else metal
    return filtered(source, "highpass", rng.uniform(4000, 9000), 4) * decay(count, length)


def tom(rng: Rng) -> Floats:
    """A higher, longer kick."""
    count = round(rng.uniform(0.3, 0.8) * RATE)
    hz = rng.uniform(80, 220) * (1 + rng.uniform(0.2, 1) * np.exp(-np.arange(count) / RATE / 0.06))
    return tone(hz, "sine") * decay(count, rng.uniform(0.3, 0.7))


def blip(rng: Rng) -> Floats:
    """A small percussive sound: wood, metal, a drop, a tick."""
    count = round(rng.uniform(0.05, 0.5) * RATE)
    time = np.arange(count) / RATE
    length = rng.uniform(0.03, 0.3)
    kind = rng.random()
    if kind < 0.3:
        out = sum(tone(np.full(count, hz), "sine") * rng.uniform(0.2, 1) for hz in rng.uniform(400, 5000, 4))
    elif kind < 0.55:
        out = tone(rng.uniform(300, 1800) * (1 + rng.uniform(-0.4, 1.5) * np.exp(-time / 0.03)), "sine")
    elif kind < 0.8:
        centre = rng.uniform(800, 7000)
        out = filtered(noise(rng, count), "bandpass", (centre * 0.8, centre * 1.3))
        out = out * np.minimum(1, time / rng.uniform(0.001, 0.04))
    else:
        hz = rng.uniform(500, 900)
        out = tone(np.full(count, hz), "square") + tone(np.full(count, hz * 1.48), "square")
    return np.asarray(out) * decay(count, length)


HITS: Final = (kick, snare, clap, hat, hat, tom)


def beat(phrase: Phrase, rng: Rng) -> Floats:
    """A struck phrase on electronic drums; General MIDI numbers choose the sound."""
    made = {note.pitch: (blip if phrase.role == "percussion" else _drum(note.pitch))(rng) for note in phrase.notes}
    count = round(phrase.seconds * RATE)
    out = np.zeros(count)
    for note in phrase.notes:
        start = round(note.start * RATE) % max(1, count)
        sound = made[note.pitch] * note.velocity / 127
        end = min(count, start + len(sound))
        out[start:end] += sound[: end - start]
    return out


def _drum(number: int) -> Callable[[Rng], Floats]:
    if number in {35, 36}:
        return kick
    if number in {38, 40}:
        return snare
    if number in {37, 39}:
        return clap
    return tom if number in {41, 43, 45, 47, 48, 50} else hat


def effect(rng: Rng) -> Floats:
    """A riser, a fall, an impact, a zap, a siren, a texture, a glitch or a scratch."""
    return _EFFECTS[int(rng.integers(len(_EFFECTS)))](rng)


def _sweep(rng: Rng) -> Floats:
    count = round(rng.uniform(0.6, 8.0) * RATE)
    ramp = np.linspace(0, 1, count)
    if rng.random() < 0.5:
        ramp = ramp[::-1]
    hz = 150 * (rng.uniform(20, 80)) ** ramp
    out = swept(noise(rng, count), hz, str(rng.choice(("lowpass", "highpass")))) * (0.1 + ramp) ** rng.uniform(0.5, 3)
    if rng.random() < 0.4:
        out += 0.4 * tone(rng.uniform(60, 300) * rng.uniform(2, 12) ** ramp, "saw") * ramp
    return out


def _impact(rng: Rng) -> Floats:
    count = round(rng.uniform(1.5, 6.0) * RATE)
    time = np.arange(count) / RATE
    low = tone(rng.uniform(30, 60) * (1 + 2 * np.exp(-time / 0.1)), "sine") * decay(count, rng.uniform(1, 5))
    crash = filtered(noise(rng, count), "lowpass", rng.uniform(800, 9000)) * decay(count, rng.uniform(0.8, 5))
    return np.tanh(low * rng.uniform(0.3, 2) + crash * rng.uniform(0.2, 1))


def _zap(rng: Rng) -> Floats:
    count = round(rng.uniform(0.1, 1.2) * RATE)
    time = np.arange(count) / RATE
    start, end = rng.uniform(1500, 9000), rng.uniform(50, 600)
    hz = end + (start - end) * np.exp(-time / rng.uniform(0.02, 0.3))
    if rng.random() < 0.3:
        hz = hz[::-1].copy()
    return tone(hz, str(rng.choice(("sine", "saw", "square")))) * decay(count, rng.uniform(0.3, 2))


def _siren(rng: Rng) -> Floats:
    count = round(rng.uniform(1, 5) * RATE)
    time = np.arange(count) / RATE
    wobble = np.sin(2 * np.pi * rng.uniform(0.3, 12) * time)
    hz = rng.uniform(200, 1500) * 2 ** (wobble * rng.uniform(0.1, 1.2) + time * rng.uniform(-0.3, 0.3))
    return tone(hz, str(rng.choice(("sine", "saw", "square"))))


def _texture(rng: Rng) -> Floats:
    count = round(rng.uniform(1.5, 8) * RATE)
    slow = np.interp(np.arange(count), np.linspace(0, count, 24), rng.uniform(0.1, 1, 24))
    centre = rng.uniform(150, 6000)
    out = filtered(noise(rng, count), "bandpass", (centre * 0.4, centre * 2)) * slow
    crackle = (rng.random(count) < rng.uniform(1e-5, 1e-3)) * noise(rng, count) * rng.uniform(0, 6)
    return out + filtered(crackle, "highpass", 1000)


def _glitch(rng: Rng) -> Floats:
    pieces = []
    for _ in range(int(rng.integers(3, 24))):
        piece = (_zap, blip, _siren)[int(rng.integers(3))](rng)[: round(rng.uniform(0.01, 0.12) * RATE)]
        pieces += [piece] * int(rng.choice((1, 1, 2, 4)))
    return np.concatenate(pieces)


def _scratch(rng: Rng) -> Floats:
    count = round(rng.uniform(0.2, 2) * RATE)
    time = np.arange(count) / RATE
    speed = np.abs(np.sin(2 * np.pi * rng.uniform(1, 6) * time))
    source = filtered(noise(rng, 4 * RATE), "bandpass", (300, 4000)) + tone(
        np.full(4 * RATE, rng.uniform(150, 500)), "saw"
    )
    return source[np.clip(np.cumsum(speed).astype(int), 0, 4 * RATE - 1)] * speed


_EFFECTS: Final = (_sweep, _sweep, _impact, _zap, _siren, _texture, _glitch, _scratch)


def treated(signal: Floats, rng: Rng) -> Floats:
    """Processed as producers do: equalised, driven, echoed, put in a room, sometimes made coarse. Shape (frames, 2)."""
    out = np.asarray(signal, np.float64)
    out = out if out.ndim == 2 else np.stack((out, out), axis=1)
    if rng.random() < 0.4:
        out = sosfilt(butter(1, rng.uniform(60, 400), "highpass", fs=RATE, output="sos"), out, axis=0)
    if rng.random() < 0.5:
        out = sosfilt(butter(1, rng.uniform(1500, 14000), "lowpass", fs=RATE, output="sos"), out, axis=0)
    peak = float(np.abs(out).max()) + 1e-9
    out = out / peak
    if rng.random() < 0.3:
        out = np.tanh(out * rng.uniform(1.5, 8))
    if rng.random() < 0.5:
        length = round(rng.uniform(0.2, 2.5) * RATE)
        room = rng.standard_normal((length, 2)) * decay(length, length / RATE)[:, None]
        wet = np.stack([fftconvolve(out[:, c], room[:, c])[: len(out)] for c in (0, 1)], axis=1)
        out = out + rng.uniform(0.05, 0.6) * wet / (float(np.abs(wet).max()) + 1e-9)
    if rng.random() < 0.08:
        step = int(rng.integers(2, 6))
        out = np.repeat(out[::step], step, axis=0)[: len(out)]
    return np.asarray(out / (float(np.abs(out).max()) + 1e-9) * rng.uniform(0.2, 1))
