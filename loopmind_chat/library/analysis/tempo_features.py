"""What speaks for and against each reading of a loop: one row of numbers a reading.

Metre is judged the way a listener counts: how busy each beat is, which sixteenths of the bar the low, middle and high
registers strike, and after how many beats each of them comes again.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.tempo_onsets import REGISTERS, Doubles, Strikes
from loopmind_chat.library.analysis.tempo_readings import Readings, tempo_odds

GENRE_BPM: Final = {
    "trap": 140.0, "drill": 142.0, "lofi": 80.0, "house": 124.0, "techno": 130.0, "trance": 138.0, "dnb": 174.0,
    "dubstep": 140.0, "garage": 132.0, "boombap": 90.0, "hiphop": 92.0, "rnb": 85.0, "soul": 85.0, "reggaeton": 95.0,
    "phonk": 140.0, "ambient": 85.0, "disco": 120.0, "amapiano": 112.0, "triphop": 85.0, "downtempo": 90.0,
    "hardstyle": 150.0, "jersey club": 140.0, "afrobeat": 108.0, "plugg": 145.0, "synthwave": 105.0,
}  # fmt: skip
"""Where the tempos of a genre cluster, for loops that name their genre and not their tempo."""
_GENRE_OCTAVES: Final = 0.3
_POWERS: Final = (1, 2, 4, 8, 16, 32, 64, 128)
_GRIDS: Final = (1, 2, 3, 4, 6, 8)
"""Pulses a beat."""
_FINE: Final = [2, 4, 6, 8, 10]
"""Columns of the grids finer than a beat, of which the best tells lengths apart and not octaves."""
_LONG_GRIDS: Final = (0.25, 0.5, 1, 2)
_LAGS: Final = (0.25, 0.5, 1, 2, 3, 4, 6, 8)
"""Beats after which a rhythm may come again."""
_SIXTEENTHS: Final = 16
_WIDTH: Final = 0.28
"""How exactly a strike must stand on its sixteenth, in sixteenths."""
_TINY: Final = 1e-9
_RATE_CENTRES: Final = np.arange(-3.0, 4.1, 1.0)
_GAP_CENTRES: Final = np.arange(-4.0, 2.1, 1.0)


def features_of(readings: Readings, strikes: Strikes, duration_s: float, genres: list[str]) -> Doubles:
    """What speaks for each reading; shape (readings, features)."""
    beat = (strikes.times[None, :] - readings.start_s[:, None]) * (readings.bpm[:, None] / 60)
    inside = (beat > -0.2) & (beat < readings.beats[:, None] - 0.1)  # noqa: PLR2004 - a strike may be early
    weights = strikes.strengths[None] * inside[:, :, None]
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), _TINY)
    rhythm = [
        _rates(readings, strikes, inside),
        _gaps(readings, strikes),
        _bars(beat, shares),
        _repeats(readings, strikes),
    ]
    pulses = _pulses(beat, shares)
    plain = [
        pulses[:, _FINE].max(axis=1, keepdims=True),
        _length_columns(readings, duration_s, genres),
        _ending(readings, strikes, duration_s, weights),
    ]
    return np.concatenate([*plain, *(strikes.clarity * part for part in (pulses, *rhythm))], axis=1)


def _length_columns(readings: Readings, duration_s: float, genres: list[str]) -> Doubles:
    bpm, beats = readings.bpm, readings.beats
    powers = [beats == power for power in _POWERS]
    is_power = np.any(powers, axis=0)
    thirds = np.log2(beats / 3)
    triple = np.abs(thirds - np.round(thirds)) < _TINY
    whole = np.abs(beats - np.round(beats)) < _TINY
    columns = [
        np.maximum(readings.length_odds, -12.0) / 4,
        tempo_odds(bpm),
        genre_odds(bpm, genres),
        readings.whole,
        readings.whole & (bpm % 5 == 0),
        readings.whole & (bpm % 10 == 0),
        *powers,
        triple & ~is_power,
        triple & (beats >= 24),  # noqa: PLR2004 - eight bars of three
        ~triple & ~is_power & whole & (beats % 4 == 0),
        ~triple & ~is_power & whole & (beats % 4 != 0),
        ~whole,
        *(np.exp(-0.5 * ((np.log2(bpm) - centre) / 0.12) ** 2) for centre in np.log2([65, 75, 86, 99, 160, 174, 190])),
        _hat(np.full(len(bpm), np.log2(max(duration_s, 0.1))), np.arange(0.0, 6.0)) * (beats == 16)[:, None],  # noqa: PLR2004
        _hat(np.full(len(bpm), np.log2(max(duration_s, 0.1))), np.arange(0.0, 6.0)) * (beats == 32)[:, None],  # noqa: PLR2004
    ]
    return np.concatenate([np.asarray(c, np.float64).reshape(len(bpm), -1) for c in columns], axis=1)


def genre_odds(bpm: Doubles, genres: list[str]) -> Doubles:
    """Log odds of each tempo in the nearest of the genres that a name gives; 0 where it gives none."""
    centres = np.array([GENRE_BPM[genre] for genre in genres if genre in GENRE_BPM])
    if not len(centres):
        return np.zeros(len(bpm))
    away = np.log2(bpm[:, None] / centres) / _GENRE_OCTAVES
    return np.asarray(np.maximum(-0.5 * away**2, -12.0).max(axis=1), np.float64)


def _hat(values: Doubles, centres: Doubles) -> Doubles:
    """Each value's nearness to each centre, 1 at it and 0 a step away; the outermost reach on without end."""
    step = centres[1] - centres[0]
    clipped = np.clip(values, centres[0], centres[-1])
    return np.asarray(np.maximum(0.0, 1 - np.abs(clipped[:, None] - centres) / step), np.float64)


def _ending(readings: Readings, strikes: Strikes, duration_s: float, weights: Doubles) -> Doubles:
    """What sounds after the period and before the end: strikes speak against a tail, silence for it."""
    end = readings.start_s + 60 * readings.beats / readings.bpm
    total = max(float(strikes.strengths.sum()), _TINY)
    after = 1 - weights.sum(axis=(1, 2)) / total
    ends = np.clip((end / strikes.step_s).astype(int), 0, len(strikes.level))
    sums = np.concatenate([[0.0], np.cumsum(strikes.level)])
    before_mean = sums[ends] / np.maximum(ends, 1)
    after_mean = (sums[-1] - sums[ends]) / np.maximum(len(strikes.level) - ends, 1)
    ringing = end < duration_s - 0.03
    short = end > duration_s + 0.015
    loud = np.clip(np.log10((after_mean + 1e-7) / (before_mean + 1e-7)), -4, 0.5)
    spare = np.clip((duration_s - end) * readings.bpm / 60, 0, 8)
    columns = [after, ringing, short, ringing * loud, ringing * after, spare / 4, ringing * (spare > 4)]  # noqa: PLR2004
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _rates(readings: Readings, strikes: Strikes, inside: npt.NDArray[np.bool_]) -> Doubles:
    """Strikes a beat, of all and of each register, on a scale of octaves."""
    heard = strikes.in_register
    counts = np.stack([inside.sum(axis=1), *(inside @ heard[:, r] for r in range(REGISTERS))], axis=1)
    sounds = counts > 1
    # of long sounds only the beginning is looked at
    heard_beats = np.minimum(readings.beats, len(strikes.level) * strikes.step_s * readings.bpm / 60)
    rates = np.log2(np.maximum(counts, 0.5) / heard_beats[:, None])
    hats = [_hat(rates[:, c], _RATE_CENTRES) * sounds[:, c : c + 1] for c in range(REGISTERS + 1)]
    return np.concatenate(hats, axis=1)


def _gaps(readings: Readings, strikes: Strikes) -> Doubles:
    """The short and the usual time between strikes in beats, of all and of the low and middle registers."""
    heard = strikes.in_register
    hats = []
    for chosen in (strikes.times, strikes.times[heard[:, 0]], strikes.times[heard[:, 1]]):
        gaps = np.diff(chosen)
        if len(gaps) < 2:  # noqa: PLR2004 - no usual one
            hats += [np.zeros((len(readings), len(_GAP_CENTRES)))] * 2
            continue
        for part in (15, 50):
            seconds = max(float(np.percentile(gaps, part)), 0.01)
            hats.append(_hat(np.log2(seconds * readings.bpm / 60), _GAP_CENTRES))
    return np.concatenate(hats, axis=1)


def _pulses(beat: Doubles, shares: Doubles) -> Doubles:
    """How far the strikes go along with each pulse: 1 all together, 0 evenly spread; from the start, and at all."""
    turn = np.exp(2j * np.pi * beat * 0.25)
    every = shares.mean(axis=2)
    columns = []
    powers = {0.25: turn}
    for pulses in (0.5, 1.0, 2.0, 4.0, 8.0):
        powers[pulses] = powers[pulses / 2] ** 2
    powers[3.0] = powers[1.0] * powers[2.0]
    powers[6.0] = powers[2.0] * powers[4.0]
    for pulses in _GRIDS:
        along = (powers[float(pulses)] * every).sum(axis=1)
        columns += [np.abs(along), along.real]
    for pulses in _LONG_GRIDS:
        along = np.einsum("rs,rsk->rk", powers[float(pulses)], shares)
        columns += [*np.abs(along).T, *along.real.T]
    return np.stack(columns, axis=1)


def _bars(beat: Doubles, shares: Doubles) -> Doubles:
    """Share of each register's strength on each sixteenth of a bar of four beats; shape (readings, 48 + 3)."""
    place = np.round(beat * 4)
    close = np.exp(-0.5 * ((beat * 4 - place) / _WIDTH) ** 2)
    count = len(beat)
    slot = (place.astype(np.intp) % _SIXTEENTHS + _SIXTEENTHS * np.arange(count)[:, None]).ravel()
    parts = [
        np.bincount(slot, (shares[:, :, register] * close).ravel(), _SIXTEENTHS * count).reshape(count, _SIXTEENTHS)
        for register in range(REGISTERS)
    ]
    bars = np.stack(parts, axis=2)
    return np.concatenate([bars.reshape(count, -1), 1 - bars.sum(axis=1)], axis=1)


def _repeats(readings: Readings, strikes: Strikes) -> Doubles:
    """How like itself each register is some beats later; 0 where the loop is too short to tell."""
    count = strikes.repeats.shape[1]
    if not count:
        return np.zeros((len(readings), REGISTERS * len(_LAGS)))
    lag = np.round(np.outer(60 / readings.bpm / strikes.step_s, _LAGS)).astype(np.intp)
    known = lag < 0.8 * count
    beside = np.pad(strikes.repeats, ((0, 0), (1, 1)), mode="edge")
    around = np.maximum(np.maximum(beside[:, :-2], beside[:, 2:]), strikes.repeats)
    found = np.where(known, around[:, np.where(known, lag, 0)], 0.0)
    return np.asarray(np.moveaxis(found, 0, 2).reshape(len(readings), -1), np.float64)
