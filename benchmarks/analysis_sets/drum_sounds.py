"""Single strokes: recorded ones where a folder of them is at hand, else made here."""

import functools
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from analysis_sets.item import RATE

Wave = NDArray[np.float64]
DRUMS = ("kick", "snare", "clap", "hat", "open", "tom", "rim", "shaker", "conga", "bongo", "cowbell", "ride")
GM_DRUMS: Mapping[str, int] = {
    "kick": 36, "snare": 38, "clap": 39, "hat": 42, "open": 46, "tom": 45, "rim": 37, "shaker": 70,
    "conga": 63, "bongo": 60, "cowbell": 56, "ride": 51,
}  # fmt: skip
RECORDED: Mapping[str, tuple[str, ...]] = {
    "kick": ("bd_", "drum_heavy_kick", "drum_bass_", "elec_hollow_kick", "elec_soft_kick"),
    "snare": ("sn_", "drum_snare_", "elec_snare", "elec_mid_snare", "elec_lo_snare", "elec_hi_snare"),
    "clap": ("perc_snap", "elec_filt_snare"),
    "hat": ("drum_cymbal_closed", "drum_cymbal_pedal", "elec_tick"),
    "open": ("drum_cymbal_open", "elec_cymbal"),
    "tom": ("drum_tom_", "elec_fuzz_tom"),
    "rim": ("elec_wood", "elec_blip2", "elec_pop"),
    "shaker": ("elec_flip", "tabla_ke"),
    "conga": ("tabla_ghe", "tabla_te", "elec_bong"),
    "bongo": ("tabla_na", "tabla_tun", "tabla_tas"),
    "cowbell": ("drum_cowbell", "elec_triangle", "elec_plip"),
    "ride": ("drum_cymbal_soft", "elec_bell"),
}
"""Which files of Sonic Pi (CC0) stand for a drum, by the beginnings of their names."""


def recordings() -> Path | None:
    """The folder of recorded strokes: LOOPMIND_EVAL_HITS, or where Debian keeps Sonic Pi's samples."""
    folder = Path(os.environ.get("LOOPMIND_EVAL_HITS", "/usr/share/sonic-pi/samples"))
    return folder if folder.is_dir() else None


@functools.cache
def _recorded(path: Path) -> Wave:
    import soundfile  # noqa: PLC0415 - only where there are recordings

    samples, rate = soundfile.read(path, always_2d=True)
    mono = samples.mean(axis=1)[: int(1.5 * rate)]
    if rate != RATE:
        import soxr  # noqa: PLC0415 - only for another rate

        mono = soxr.resample(mono, rate, RATE)
    peak = np.abs(mono).max() or 1.0
    fade = np.minimum(1.0, (len(mono) - np.arange(len(mono))) / 2_000)
    return mono / peak * fade


@functools.cache
def stroke(kit: str, drum: str, seed: int) -> Wave:
    """One stroke of a kit: the same seed gives the same drum. Peak 1, mono at 44,100 Hz."""
    random = np.random.default_rng([seed, DRUMS.index(drum)])
    folder = recordings()
    if kit == "real" and folder is not None:
        files = sorted(p for start in RECORDED[drum] for p in folder.glob(f"{start}*.flac"))
        if files:
            return _recorded(files[int(random.integers(len(files)))])
    wave = _MADE[drum](random)
    return wave / (np.abs(wave).max() or 1.0)


def _decay(seconds: float, length: float) -> Wave:
    return np.exp(-np.arange(int(length * RATE)) / RATE / seconds)


def _band(wave: Wave, low: float, high: float) -> Wave:
    return np.asarray(sosfilt(butter(2, [low, high], "bandpass", fs=RATE, output="sos"), wave))


def _noise(random: np.random.Generator, seconds: float, low: float, high: float) -> Wave:
    envelope = _decay(seconds, seconds * 6)
    return _band(random.standard_normal(len(envelope)), low, high) * envelope


def _drop(start: float, end: float, fall: float, seconds: float) -> Wave:
    time = np.arange(int(seconds * 5 * RATE)) / RATE
    frequency = end + (start - end) * np.exp(-time / fall)
    return np.sin(2 * np.pi * np.cumsum(frequency) / RATE) * np.exp(-time / seconds)


def _added(*waves: Wave) -> Wave:
    total = np.zeros(max(map(len, waves)))
    for wave in waves:
        total[: len(wave)] += wave
    return total


def _kick(random: np.random.Generator) -> Wave:
    body = _drop(
        random.uniform(120, 320), random.uniform(42, 62), random.uniform(0.01, 0.04), random.uniform(0.06, 0.2)
    )
    return np.tanh(random.uniform(1, 3) * _added(body, random.uniform(0.02, 0.3) * _noise(random, 0.004, 1500, 9000)))


def _snare(random: np.random.Generator) -> Wave:
    body = _drop(random.uniform(220, 300), random.uniform(160, 210), 0.01, random.uniform(0.03, 0.08))
    return _added(0.6 * body, _noise(random, random.uniform(0.05, 0.12), random.uniform(700, 1800), 11_000))


def _clap(random: np.random.Generator) -> Wave:
    bursts = [np.pad(_noise(random, 0.006, 900, 6000), (int(i * 0.011 * RATE), 0)) for i in range(3)]
    return _added(*bursts, np.pad(_noise(random, random.uniform(0.06, 0.14), 900, 5000), (int(0.033 * RATE), 0)))


def _metal(random: np.random.Generator, seconds: float) -> Wave:
    envelope = _decay(seconds, seconds * 6)
    time = np.arange(len(envelope)) / RATE
    base = random.uniform(280, 420)
    tone = sum(np.sign(np.sin(2 * np.pi * base * r * time)) for r in (2.0, 3.0, 4.16, 5.43, 6.79, 8.21))
    return _band(0.3 * np.asarray(tone) + random.standard_normal(len(time)), 6500, 16_000) * envelope


def _drumhead(random: np.random.Generator, low: float, high: float, seconds: float) -> Wave:
    pitch = random.uniform(low, high)
    return _added(_drop(pitch * 1.5, pitch, 0.015, seconds), 0.15 * _noise(random, 0.01, 800, 6000))


def _bell(random: np.random.Generator) -> Wave:
    envelope = _decay(random.uniform(0.05, 0.12), 0.5)
    time = np.arange(len(envelope)) / RATE
    base = random.uniform(500, 620)
    return (np.sign(np.sin(2 * np.pi * base * time)) + np.sign(np.sin(2 * np.pi * base * 1.48 * time))) * envelope


_MADE = {
    "kick": _kick,
    "snare": _snare,
    "clap": _clap,
    "hat": lambda r: _metal(r, r.uniform(0.015, 0.04)),
    "open": lambda r: _metal(r, r.uniform(0.1, 0.25)),
    "tom": lambda r: _drumhead(r, 80, 160, 0.15),
    "rim": lambda r: _added(_drop(1700, 1650, 0.01, 0.012), 0.4 * _noise(r, 0.004, 2000, 9000)),
    "shaker": lambda r: _noise(r, r.uniform(0.02, 0.05), 5000, 14_000),
    "conga": lambda r: _drumhead(r, 170, 260, 0.09),
    "bongo": lambda r: _drumhead(r, 300, 480, 0.05),
    "cowbell": _bell,
    "ride": lambda r: _metal(r, r.uniform(0.3, 0.6)),
}
