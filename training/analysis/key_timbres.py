"""Instruments, rooms, drums and damage for the pieces the key model is fitted on.

Everything is made at the rate the key is read at, from tables of one period: thousands of loops in minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.fft import next_fast_len

from training.analysis.key_music import Note, Piece, Rng, chance

Signal = npt.NDArray[np.float64]

RATE: Final = 11_025
_TABLE: Final = 2_048
_PARTIALS: Final = 40


@dataclass(frozen=True, slots=True)
class Voice:
    """One instrument: what a note of it is made of."""

    partials: Signal
    """Strength of the harmonics, from the first."""
    tilt: float
    """How much faster high harmonics die away, 0 for none."""
    attack_s: float
    decay_s: float
    """Time to 1/e; long for sustained sounds."""
    release_s: float
    cents: tuple[float, ...]
    """Detuning of each oscillator in unison."""
    vibrato: float
    """Cents."""
    glide_s: float
    """Length of a fall from above into the pitch, as of an 808."""
    inharmonic: tuple[tuple[float, float], ...]
    """Partials off the harmonic row: ratio, strength."""
    noise: float
    modulation: tuple[float, float] | None
    """FM: ratio and index at the start of the note."""


def draw_voice(rng: Rng, half: int) -> Voice:
    """An instrument by chance from one half of the families (0 or 1), so that the other half can test."""
    families = _FAMILIES[half]
    return _embodied(families[int(rng.integers(len(families)))](rng), rng)


def _embodied(voice: Voice, rng: Rng) -> Voice:
    """The voice in a body of its own: each partial some decibels stronger or weaker."""
    return replace(voice, partials=voice.partials * np.exp(rng.normal(0, float(rng.uniform(0, 0.9)), _PARTIALS)))


def render(piece: Piece, rng: Rng, half: int) -> npt.NDArray[np.float32]:
    """A piece as audio at ``RATE``: detuned as a whole, with effects and, in every third piece, with drums."""
    off = float(np.clip(rng.normal(0, 14), -45, 45)) if chance(rng, 0.7) else 0.0  # packs off pitch
    frames = int(next_fast_len(round(piece.seconds * RATE), real=True))
    mix = np.zeros(frames)
    for role, notes in piece.parts.items():
        gain = 10 ** (float(rng.uniform(-8, 3)) / 20)
        voice = draw_bass(rng, half) if role == "bass" else draw_voice(rng, half)
        mix += gain * _normal(_part(notes, voice, off, frames, rng))
    for effect in (_filtered, _driven, _echoed, _reverberated):
        mix = effect(mix, piece, rng)
    if chance(rng, 0.35):  # melodic loops with drums in them
        mix = _normal(mix) + 10 ** (float(rng.uniform(-20, 3)) / 20) * _normal(_drums(piece.beat_s, frames, rng))
    if chance(rng, 0.2):  # vinyl, tape
        mix = _normal(mix) + 10 ** (float(rng.uniform(-50, -24)) / 20) * rng.standard_normal(frames)
    peak = float(np.max(np.abs(mix), initial=1e-9))
    return (mix / peak * float(rng.uniform(0.3, 1.0))).astype(np.float32)


def keyless(rng: Rng) -> npt.NDArray[np.float32]:
    """A sound without a key: drums, noise that opens and closes, a siren, or notes of no scale."""
    frames = int(next_fast_len(int(float(rng.uniform(1, 8)) * RATE), real=True))
    t = np.arange(frames) / RATE
    kind = int(rng.integers(4))
    if kind == 0:
        made = _drums(60.0 / float(rng.uniform(65, 165)), frames, rng)
    elif kind == 1:
        rise = np.exp(-float(rng.uniform(-1, 1)) * t) * (1 + np.cos(2 * np.pi * float(rng.uniform(0, 2)) * t))
        hertz = np.fft.rfftfreq(frames, 1 / RATE)
        band = np.exp(-((np.log2(hertz / float(rng.uniform(200, 4000)) + 1e-3) / float(rng.uniform(0.2, 2))) ** 2))
        made = rise * np.fft.irfft(np.fft.rfft(rng.standard_normal(frames)) * band, frames)
    elif kind == 2:
        octaves = float(rng.uniform(-3, 3)) * t / t[-1] + 0.3 * np.sin(2 * np.pi * float(rng.uniform(0, 3)) * t)
        made = np.sin(2 * np.pi * np.cumsum(float(rng.uniform(80, 800)) * 2**octaves) / RATE)
    else:
        count = int(rng.integers(6, 24))
        notes = [Note(float(rng.uniform(0, t[-1])), 0.3, int(p), 1.0) for p in rng.integers(36, 84, count)]
        made = _part(notes, draw_voice(rng, int(rng.integers(2))), 0.0, frames, rng)
    if chance(rng, 0.4):
        made = _normal(made) + 10 ** (float(rng.uniform(-20, 0)) / 20) * rng.standard_normal(frames)
    return (made / float(np.max(np.abs(made), initial=1e-9))).astype(np.float32)


def _row(strength: Callable[[Signal], Signal]) -> Signal:
    return strength(np.arange(1, _PARTIALS + 1, dtype=np.float64))


def _saws(rng: Rng) -> Voice:
    order = float(rng.uniform(3, 40))
    count = int(rng.choice([1, 2, 3, 5, 7]))
    width = float(rng.uniform(4, 24))
    return Voice(
        _row(lambda n: 1 / n / (1 + (n / order) ** 4)), float(rng.uniform(0, 0.2)), _attack(rng), _decay(rng),
        float(rng.uniform(0.02, 0.4)), tuple(np.linspace(-width, width, count)) if count > 1 else (0.0,),
        _vibrato(rng), 0.0, (), 0.0, None,
    )  # fmt: skip


def _pulses(rng: Rng) -> Voice:
    duty = float(rng.uniform(0.1, 0.5))
    order = float(rng.uniform(4, 40))
    return Voice(
        _row(lambda n: np.abs(np.sin(np.pi * n * duty)) / n / (1 + (n / order) ** 4)), 0.0, _attack(rng), _decay(rng),
        float(rng.uniform(0.02, 0.2)), (0.0, float(rng.uniform(2, 18))) if chance(rng, 0.5) else (0.0,),
        _vibrato(rng), 0.0, (), 0.0, None,
    )  # fmt: skip


def _plucked(rng: Rng) -> Voice:
    where = float(rng.uniform(0.08, 0.4))
    fall = float(rng.uniform(1.0, 1.8))
    return Voice(
        _row(lambda n: np.abs(np.sin(np.pi * n * where)) / n**fall), float(rng.uniform(0.05, 0.5)), 0.003,
        float(rng.uniform(0.15, 1.5)), float(rng.uniform(0.05, 0.5)), (0.0,), 0.0, 0.0, (),
        float(rng.uniform(0, 0.1)), None,
    )  # fmt: skip


def _keys(rng: Rng) -> Voice:
    fall = float(rng.uniform(1.2, 3.0))
    return Voice(
        _row(lambda n: n**-fall), float(rng.uniform(0.1, 0.6)), 0.004, float(rng.uniform(0.3, 2.5)),
        float(rng.uniform(0.05, 0.6)), (-1.0, 1.0), 0.0, 0.0, ((float(rng.uniform(6, 14)), 0.05),), 0.0, None,
    )  # fmt: skip


def _organ(rng: Rng) -> Voice:
    bars = np.zeros(_PARTIALS)
    for harmonic in (1, 2, 3, 4, 6, 8):
        bars[harmonic - 1] = rng.random()
    return Voice(bars, 0.0, 0.01, 60.0, 0.05, (0.0,), _vibrato(rng), 0.0, (), 0.0, None)


def _fm(rng: Rng) -> Voice:
    ratio = float(rng.choice([0.5, 1, 1, 1, 2, 2, 3, 4, 1.414, 3.5, 7]))
    index = float(rng.uniform(0.2, 3.0)) * (0.4 if ratio % 0.5 else 1.0)
    return Voice(
        _row(lambda n: (n == 1).astype(float)), 0.0, _attack(rng), float(rng.uniform(0.2, 3)),
        float(rng.uniform(0.05, 0.5)), (0.0,), 0.0, 0.0, (), 0.0, (ratio, index),
    )  # fmt: skip


def _bell(rng: Rng) -> Voice:
    ratios = rng.choice([2.76, 5.4, 8.93, 2.4, 3.0, 4.2, 2.0, 5.0], 3, replace=False)
    return Voice(
        _row(lambda n: n**-4.0), 0.3, 0.002, float(rng.uniform(0.3, 2.0)), float(rng.uniform(0.2, 1.0)), (0.0,), 0.0,
        0.0, tuple((float(r), float(rng.uniform(0.05, 0.5))) for r in ratios), 0.0, None,
    )  # fmt: skip


def _voiced(rng: Rng) -> Voice:
    formants = rng.uniform(2, 12, 2)
    return Voice(
        _row(lambda n: (1 / n) * (0.2 + sum(np.exp(-((n - f) ** 2) / 3) * 3 for f in formants))), 0.0,
        float(rng.uniform(0.03, 0.3)), 60.0, float(rng.uniform(0.1, 0.5)), tuple(rng.normal(0, 8, 3)),
        float(rng.uniform(0, 40)), 0.0, (), float(rng.uniform(0, 0.15)), None,
    )  # fmt: skip


_FAMILIES: Final = ((_saws, _plucked, _organ, _bell), (_pulses, _keys, _fm, _voiced))


def draw_bass(rng: Rng, half: int) -> Voice:
    """A bass by chance: sub and 808 as well as what melodies are played on."""
    if chance(rng, 0.45):  # the rest are ordinary voices played low
        return draw_voice(rng, half)
    fall = float(rng.uniform(0.7, 5))
    plain = Voice(
        _row(lambda n: n**-fall), 0.0, 0.004, float(rng.choice([0.3, 0.8, 60.0])), float(rng.uniform(0.02, 0.2)),
        (0.0,), 0.0, float(rng.choice([0.0, 0.02, 0.05])), (), 0.0, None,
    )  # fmt: skip
    return _embodied(plain, rng)


def _attack(rng: Rng) -> float:
    return float(10 ** rng.uniform(-2.5, -0.7))


def _decay(rng: Rng) -> float:
    return float(rng.choice([0.15, 0.4, 1.0, 60.0, 60.0]))


def _vibrato(rng: Rng) -> float:
    return float(rng.uniform(5, 35)) if chance(rng, 0.2) else 0.0  # seldom


def _part(notes: list[Note], voice: Voice, cents: float, frames: int, rng: Rng) -> Signal:
    out = np.zeros(frames)
    made: dict[tuple[int, int], Signal] = {}
    for note in notes:
        length = round((note.length + voice.release_s) * RATE)
        if (note.pitch, length) not in made:
            made[note.pitch, length] = _tone(voice, note, cents, length, rng)
        tone = made[note.pitch, length] * note.level
        start = int(note.start * RATE) % frames
        tone = tone[:frames]
        first = min(len(tone), frames - start)
        out[start : start + first] += tone[:first]
        out[: len(tone) - first] += tone[first:]  # what rings on comes round again, as in a cut loop
    return out


def _tone(voice: Voice, note: Note, cents: float, length: int, rng: Rng) -> Signal:
    t = np.arange(length) / RATE
    hertz = 440.0 * 2 ** ((note.pitch - 69 + cents / 100) / 12)
    bend = np.zeros(length)
    if voice.vibrato:
        bend += voice.vibrato / 1200 * np.sin(2 * np.pi * float(rng.uniform(4, 7)) * t) * np.minimum(1, t / 0.3)
    if voice.glide_s:
        bend += np.exp(-t / voice.glide_s)
    count = int(np.clip(0.45 * RATE / hertz, 1, _PARTIALS))
    dull = voice.partials[:count] * np.exp(-voice.tilt * np.arange(count) * 2)
    bright = voice.partials[:count]
    fade = np.exp(-t / 0.15) if voice.tilt else None
    out = np.zeros(length)
    for off in voice.cents:
        step = hertz * 2 ** (off / 1200) * 2**bend / RATE
        phase = np.cumsum(step) + rng.random()
        if voice.modulation is not None:
            ratio, index = voice.modulation
            phase += index / (2 * np.pi) * np.exp(-t / 0.5) * np.sin(2 * np.pi * ratio * phase)
        if fade is None:
            out += _period(bright)[(phase * _TABLE).astype(np.int64) % _TABLE]
        else:
            at = (phase * _TABLE).astype(np.int64) % _TABLE
            out += fade * _period(bright)[at] + (1 - fade) * _period(dull)[at]
    for ratio, strength in voice.inharmonic:
        if hertz * ratio < 0.45 * RATE:
            out += strength * np.sin(2 * np.pi * hertz * ratio * t) * np.exp(-t * ratio)
    if voice.noise:
        out += voice.noise * rng.standard_normal(length)
    envelope = np.minimum(1, t / voice.attack_s) * np.exp(-t / voice.decay_s)
    envelope *= np.clip((note.length + voice.release_s - t) / voice.release_s, 0, 1) ** 2
    return out * envelope / len(voice.cents)


def _period(partials: Signal) -> Signal:
    spectrum = np.zeros(_TABLE // 2 + 1, np.complex128)
    spectrum[1 : len(partials) + 1] = -1j * partials * _TABLE / 2
    return np.fft.irfft(spectrum)


def _normal(signal: Signal) -> Signal:
    return signal / (float(np.sqrt(np.mean(signal**2))) + 1e-9)


def _filtered(mix: Signal, _: Piece, rng: Rng) -> Signal:
    """A low- or high-pass, sometimes sweeping by the half."""
    if chance(rng, 0.5):  # as often as not
        return mix
    spectrum = np.fft.rfft(mix)
    hertz = np.fft.rfftfreq(len(mix), 1 / RATE) + 1e-9
    if chance(rng, 0.6):  # mostly low-pass
        gain = 1 / np.sqrt(1 + (hertz / 10 ** rng.uniform(2.4, 3.6)) ** 4)
    else:
        gain = 1 / np.sqrt(1 + (10 ** rng.uniform(1.7, 2.7) / hertz) ** 4)
    return np.fft.irfft(spectrum * gain, len(mix))


def _driven(mix: Signal, _: Piece, rng: Rng) -> Signal:
    if chance(rng, 0.7):  # most are clean
        return mix
    return np.tanh(_normal(mix) * float(rng.uniform(0.4, 4)))


def _echoed(mix: Signal, piece: Piece, rng: Rng) -> Signal:
    if chance(rng, 0.75):  # most have none
        return mix
    delay = int(piece.beat_s * float(rng.choice([0.5, 0.75, 1.0])) * RATE)
    return mix + sum(float(rng.uniform(0.2, 0.5)) ** k * np.roll(mix, k * delay) for k in (1, 2, 3))


def _reverberated(mix: Signal, _: Piece, rng: Rng) -> Signal:
    if chance(rng, 0.5):  # as often as not
        return mix
    seconds = float(rng.uniform(0.3, 3.0))
    t = np.arange(min(len(mix), int(seconds * RATE))) / RATE
    room = np.zeros(len(mix))
    room[: len(t)] = rng.standard_normal(len(t)) * np.exp(-t * 5 / seconds)
    room /= np.sqrt(np.sum(room**2)) + 1e-9
    wet = np.fft.irfft(np.fft.rfft(mix) * np.fft.rfft(room), len(mix))
    return mix + float(rng.uniform(0.1, 1.0)) * wet


def _drums(beat_s: float, frames: int, rng: Rng) -> Signal:
    """Kick, snare or clap, hats and a tuned tom on sixteenths."""
    out = np.zeros(frames)
    hits = [_kick(rng), _snare(rng), _hat(rng), _tom(rng)]
    step = beat_s / 4
    rows = [np.tile(row, 4) for row in ([0.9, 0.1, 0.15, 0.1], [0.05, 0.05, 0.1, 0.05], [0.7, 0.3, 0.8, 0.3])]
    rows[1][[4, 12]] = 0.95
    toms = np.full(16, 0.06 if chance(rng, 0.4) else 0.0)
    patterns = [rng.random(16) < likely for likely in (*rows, toms)]
    for index in range(int(frames / RATE / step)):
        for hit, pattern in zip(hits, patterns, strict=True):
            if pattern[index % 16]:
                start = int(index * step * RATE)
                piece_of = hit[: frames - start]
                out[start : start + len(piece_of)] += piece_of
    return out


def _kick(rng: Rng) -> Signal:
    t = np.arange(int(0.35 * RATE)) / RATE
    floor = float(rng.uniform(40, 65))
    return np.sin(2 * np.pi * (floor * t + 5 * (1 - np.exp(-t * 35)))) * np.exp(-t * float(rng.uniform(6, 20)))


def _snare(rng: Rng) -> Signal:
    t = np.arange(int(0.2 * RATE)) / RATE
    body = np.sin(2 * np.pi * float(rng.uniform(150, 240)) * t) * np.exp(-t * 30)
    return 0.5 * body + 0.5 * rng.standard_normal(len(t)) * np.exp(-t * 20)


def _hat(rng: Rng) -> Signal:
    t = np.arange(int(0.08 * RATE)) / RATE
    return 0.3 * np.diff(rng.standard_normal(len(t)), prepend=0) * np.exp(-t * float(rng.uniform(30, 90)))


def _tom(rng: Rng) -> Signal:
    t = np.arange(int(0.3 * RATE)) / RATE
    return 0.7 * np.sin(2 * np.pi * (float(rng.uniform(80, 300)) * t + 2 * (1 - np.exp(-t * 12)))) * np.exp(-t * 10)
