"""What the role model looks at: about 130 plain numbers on how a sound is spread over pitch and time.

Everything is relative to the sound itself, so that neither gain nor length of silence matters. Made from the bands of
the shared spectrum and two dozen long frames, in a few milliseconds.
"""

import math
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.descriptors import Descriptors
from loopmind_chat.library.analysis.spectrum import Floats, Spectrum

Numbers = npt.NDArray[np.float64]

FRAMES_MAX: Final = 1_600
"""Longer sounds are looked at in this many frames, evenly spread (19 s at 44.1 kHz are looked at whole)."""
_FLOOR: Final = 1e-7
_QUIET: Final = 1e-12
_GROUPS: Final = (0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40)
"""Edges of the band groups: a little under an octave each, from 40 Hz to 16 kHz."""
_REGIONS: Final = ((0, 9), (9, 20), (20, 31), (31, 40))
"""Bands of kicks and basses (to 150 Hz), of bodies (to 800 Hz), of voices (to 4 kHz), and of hats."""
_CEPSTRA: Final = 13
_LONG_FRAME_S: Final = 0.18
_LONG_FRAMES: Final = 24
_PITCHES: Final = (24, 97)
"""MIDI pitches looked for: 33 Hz to 2.1 kHz."""
_HARMONICS: Final = 6
_LAGS_S: Final = (0.05, 0.2, 0.6)
_TENTH: Final = 0.1
_HARDLY: Final = 0.03
_FEW: Final = 4
"""Frames too few to tell where something goes."""
_SAME_NOTE: Final = 0.5
_STEP: Final = 4.5
"""Semitones: what a melody mostly moves by."""
_OCTAVE: Final = 0.7
"""Semitones off an octave."""
_MODULATION_HZ: Final = (0.5, 1.5, 3.0, 5.0, 9.0, 16.0, 30.0)


def role_features(signal: Floats, rate: int, spectrum: Spectrum, measured: Descriptors) -> Floats:
    """The numbers of one sound (mono), shape (about 130,)."""
    stride = -(-len(spectrum.bands) // FRAMES_MAX)
    bands = spectrum.bands[::stride].astype(np.float64)
    step_s = spectrum.step_s * stride
    energy = bands.sum(axis=1)
    level = np.log10(bands / (float(energy.max(initial=0.0)) + _QUIET) + _FLOOR)
    parts = (
        _plain(measured),
        _envelope(energy, step_s),
        _balance(bands, energy),
        _cepstra(level, energy),
        _strikes(level, step_s),
        _stability(bands, energy, step_s),
        _movement(bands, energy),
        _pitch(signal, rate),
    )
    return np.nan_to_num(np.concatenate(parts), nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32)


def seconds_of(features: Floats) -> float:
    """The length of a sound, from its features."""
    return float(2.0 ** np.float64(features[0]))


def onsets_of(features: Floats) -> float:
    """The number of onsets of a sound, from its features."""
    return float(2.0 ** np.float64(features[12])) - 1


def _plain(m: Descriptors) -> Numbers:
    return np.array((
        math.log2(max(m.duration_s, 0.03)),
        math.log2(max(m.brightness_hz, 30.0)),
        math.log2(max(m.spread_hz, 10.0)),
        m.low, m.warm, m.middle, m.top,
        math.log10(m.noise + 1e-4),
        m.loud_share,
        max(-40.0, min(10.0, m.second_half_db)) / 10,
        max(-60.0, min(0.0, m.end_db)) / 20,
        m.strike,
        math.log2(1 + m.onsets),
        m.density,
    ))  # fmt: skip


def _envelope(energy: Numbers, step_s: float) -> Numbers:
    """How loudness starts, goes on and ends, and how fast it moves."""
    amplitude = np.sqrt(energy / (energy.max(initial=0.0) + _QUIET))
    peak = int(np.argmax(amplitude))
    after = amplitude[peak:]
    falls = [float(np.argmax(after < at)) if (after < at).any() else float(len(after)) for at in (0.5, 0.1, 0.01)]
    before = amplitude[: peak + 1]
    rise = peak - int(np.argmax(before > _TENTH))
    times = np.arange(len(amplitude)) / max(1, len(amplitude) - 1)
    centre = float(times @ amplitude / (amplitude.sum() + _QUIET))
    slope = float(np.polyfit(times, amplitude, 1)[0]) if len(amplitude) > _FEW else 0.0
    shape = [math.log10(value * step_s + 1e-3) for value in (*falls, float(rise))]
    quiet = float((amplitude < _HARDLY).mean())
    crest = float(amplitude.mean())
    return np.array((*shape, centre, slope, quiet, crest, peak / len(amplitude), *_modulation(amplitude, step_s)))


def _modulation(amplitude: Numbers, step_s: float) -> list[float]:
    size = max(256, 1 << (len(amplitude) - 1).bit_length())
    spectrum = np.abs(np.fft.rfft(amplitude - amplitude.mean(), size)) ** 2
    frequencies = np.fft.rfftfreq(size, step_s)
    total = float(spectrum[frequencies > _MODULATION_HZ[0]].sum()) + _QUIET
    edges = np.searchsorted(frequencies, _MODULATION_HZ)
    return [float(spectrum[a:b].sum()) / total for a, b in pairwise(edges)]


def _balance(bands: Numbers, energy: Numbers) -> Numbers:
    """Level of each band group, and how unevenly it is spread over time."""
    groups = np.add.reduceat(bands, _GROUPS[:-1], axis=1)
    share = groups.sum(axis=0) / (energy.sum() + _QUIET)
    strongest = groups.max(axis=0) / (energy.max(initial=0.0) + _QUIET)
    even = groups.mean(axis=0) / (groups.max(axis=0) + _QUIET)
    return np.concatenate((np.log10(share + 1e-5), np.log10(strongest + 1e-5), np.log10(even + 1e-3)))


@lru_cache(maxsize=1)
def _cosines() -> Numbers:
    bands = np.arange(40) + 0.5
    return np.cos(np.pi / 40 * np.outer(bands, np.arange(_CEPSTRA)))


def _cepstra(level: Numbers, energy: Numbers) -> Numbers:
    """The outline of the spectrum and how much it changes, over the frames that are heard."""
    heard = energy > energy.max(initial=0.0) * 1e-3
    cepstra = level[heard] @ _cosines() / 40 if heard.any() else np.zeros((1, _CEPSTRA))
    return np.concatenate((cepstra.mean(axis=0), cepstra.std(axis=0)))


def _strikes(level: Numbers, step_s: float) -> Numbers:
    """Onsets by region: how hard, how many, how regular; kicks, snares and hats apart."""
    rises = np.maximum(np.diff(level, axis=0, prepend=math.log10(_FLOOR)), 0.0)
    flux = np.stack([rises[:, first:last].mean(axis=1) for first, last in _REGIONS], axis=1)
    hard = np.percentile(flux, 98, axis=0)
    mean = flux.mean(axis=0)
    struck = flux > np.maximum(0.35 * flux.max(axis=0), 0.25)
    starts = struck & ~np.vstack((np.zeros((1, 4), bool), struck[:-1]))
    seconds = max(len(level) * step_s, 0.2)
    rate = starts.sum(axis=0) / seconds
    around = np.maximum.reduce([np.roll(starts, shift, axis=0) for shift in (-2, -1, 0, 1, 2)])
    low, body, voice, high = around.T
    kinds = [low & ~high, low & high, body & voice & high & ~low, high & ~body, voice & ~low & ~high]
    counts = [np.count_nonzero(kind & ~np.roll(kind, 1)) / seconds for kind in kinds]
    return np.concatenate((hard, mean, rate, counts, _regularity(flux, step_s)))


def _regularity(flux: Numbers, step_s: float) -> Numbers:
    """The highest autocorrelation of the whole flux and of its top, from 0.1 to 1 s, and where."""
    found = []
    for line in (flux.mean(axis=1), flux[:, 3]):
        centred = line - line.mean()
        size = 1 << (2 * len(line) - 1).bit_length()
        correlation = np.fft.irfft(np.abs(np.fft.rfft(centred, size)) ** 2)[: len(line)]
        first, last = round(0.1 / step_s), min(round(1.0 / step_s), len(line) // 2)
        if last <= first or correlation[0] <= 0:
            found += [0.0, 0.0]
            continue
        best = int(np.argmax(correlation[first:last]))
        found += [float(correlation[first + best] / correlation[0]), (first + best) * step_s]
    return np.array(found)


def _stability(bands: Numbers, energy: Numbers, step_s: float) -> Numbers:
    """How alike the spectrum is a little later; how much of it stands still and how much is struck."""
    root = np.sqrt(bands)
    shape = root / (np.sqrt(energy)[:, None] + _QUIET)
    alike = []
    for lag_s in _LAGS_S:
        lag = max(1, round(lag_s / step_s))
        if lag >= len(shape):
            alike.append(0.0)
            continue
        weight = np.sqrt(energy[:-lag] * energy[lag:])
        alike.append(float((shape[:-lag] * shape[lag:]).sum(axis=1) @ weight / (weight.sum() + _QUIET)))
    held = np.minimum.reduce([root, np.roll(root, 4, axis=0), np.roll(root, -4, axis=0)])
    harmonic = held.sum() / (root.sum() + _QUIET)
    flat = np.exp(np.log(bands + _QUIET).mean(axis=1)) / (bands.mean(axis=1) + _QUIET)
    return np.array((*alike, float(harmonic), float(flat @ energy / (energy.sum() + _QUIET))))


def _movement(bands: Numbers, energy: Numbers) -> Numbers:
    """Where the centre of the spectrum lies, in bands, and how it travels from start to end."""
    positions = np.arange(bands.shape[1])
    centre = bands @ positions / (energy + _QUIET)
    width = np.sqrt(np.maximum(bands @ positions**2 / (energy + _QUIET) - centre**2, 0.0))
    heard = energy > energy.max(initial=0.0) * 1e-3
    if np.count_nonzero(heard) < _FEW:
        return np.array((float(centre.mean()), float(width.mean()), *(0.0,) * 5))
    heard_centre = centre[heard]
    times = np.linspace(-1, 1, len(heard_centre))
    slope, _ = np.polyfit(times, heard_centre, 1)
    quarter = max(1, len(heard_centre) // 4)
    last_first = float(heard_centre[-quarter:].mean() - heard_centre[:quarter].mean())
    jitter = float(np.abs(np.diff(heard_centre)).mean())
    low, high = np.percentile(heard_centre, (10, 90))
    return np.array((
        float(np.median(heard_centre)), float(width[heard].mean()), float(high - low), float(slope), last_first, jitter,
        float(np.corrcoef(times, heard_centre)[0, 1]) if heard_centre.std() > 0 else 0.0,
    ))  # fmt: skip


@lru_cache(maxsize=8)
def _pitch_bins(size: int, rate: int) -> npt.NDArray[np.intp]:
    """The bin of each harmonic of each third of a semitone; shape (pitches, harmonics)."""
    pitches = np.arange(_PITCHES[0], _PITCHES[1], 1 / 3)
    hertz = 440 * 2 ** ((pitches - 69) / 12)
    bins = np.rint(np.outer(hertz, np.arange(1, _HARMONICS + 1)) * size / rate).astype(np.intp)
    return np.minimum(bins, size // 2)


def _pitch(signal: Floats, rate: int) -> Numbers:
    """How tonal the loud moments are, which notes sound, how many at once, and how they change."""
    size = 1 << math.ceil(math.log2(rate * _LONG_FRAME_S))
    signal = signal[: 30 * rate]
    if len(signal) < size:
        signal = np.pad(signal, (0, size - len(signal)))
    starts = np.linspace(0, len(signal) - size, _LONG_FRAMES if len(signal) > size else 1).astype(int)
    frames = np.stack([signal[start : start + size] for start in starts]) * _window(size)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    total = power.sum(axis=1)
    heard = total > total.max(initial=0.0) * 1e-2
    power = power[heard] / (total[heard][:, None] + _QUIET)
    if not len(power):
        return np.zeros(22)
    smooth = np.maximum.reduce([power, np.roll(power, 1, axis=1), np.roll(power, -1, axis=1)])
    return np.concatenate((_tones(power, size, rate), _notes(np.sqrt(smooth), size, rate)))


@lru_cache(maxsize=4)
def _window(size: int) -> Floats:
    return np.hanning(size).astype(np.float32)


def _tones(power: Numbers, size: int, rate: int) -> Numbers:
    """Shares of energy that stands in sharp peaks, by region, and how many peaks there are."""
    top = min(size // 2, int(5_000 * size / rate))
    part = power[:, 2:top]
    peak = (part[:, 1:-1] > part[:, :-2]) & (part[:, 1:-1] > part[:, 2:])
    around = np.cumsum(np.pad(part, ((0, 0), (13, 12))), axis=1)
    mean = (around[:, 25:] - around[:, :-25])[:, 1 : part.shape[1] - 1] / 25
    mean = mean[:, : peak.shape[1]]
    sharp = peak[:, : mean.shape[1]] & (part[:, 1 : 1 + mean.shape[1]] > 4 * mean)
    strong = sharp & (part[:, 1 : 1 + mean.shape[1]] > part.max(axis=1, keepdims=True) * 1e-2)
    held = np.where(sharp, part[:, 1 : 1 + mean.shape[1]], 0.0).sum(axis=1) * 3
    lowest = np.where(strong.any(axis=1), np.argmax(strong, axis=1) + 3, 1) * rate / size
    highest = part.argmax(axis=1) * rate / size + 1
    return np.array((
        float(np.median(held)), float(strong.sum(axis=1).mean()), float(np.log2(np.median(lowest) + 20)),
        float(np.log2(np.median(highest) + 20)), float(np.log2(highest + 20).std()),
    ))  # fmt: skip


def _notes(amplitude: Numbers, size: int, rate: int) -> Numbers:
    """Salience of pitches by their harmonics."""
    harmonics = amplitude[:, _pitch_bins(size, rate)]
    weights = 0.8 ** np.arange(_HARMONICS)
    salience = harmonics @ weights
    at = np.arange(len(salience))
    best = salience.argmax(axis=1)
    strength = salience[at, best] / (salience.mean(axis=1) + _QUIET)
    pitches = best / 3 + _PITCHES[0]
    chosen = harmonics[at, best]
    explained = (chosen**2).sum(axis=1)
    first = chosen[:, 0] / (chosen.sum(axis=1) + _QUIET)
    odd = chosen[:, 0::2].sum(axis=1) / (chosen.sum(axis=1) + _QUIET)
    chroma = np.maximum.reduceat(salience, np.arange(0, salience.shape[1], 3), axis=1)
    folded = np.stack([chroma[:, note::12].max(axis=1) for note in range(12)], axis=1)
    folded /= folded.sum(axis=1, keepdims=True) + _QUIET
    whole = folded.mean(axis=0)
    entropy = -(folded * np.log(folded + _QUIET)).sum(axis=1).mean()
    several = (salience > 0.6 * salience.max(axis=1, keepdims=True)).sum(axis=1)
    moves = np.abs(np.diff(pitches)) if len(pitches) > 1 else np.zeros(1)
    return np.array((
        float(np.median(strength)), float(strength.std()), float(np.median(pitches)), float(pitches.std()),
        float(np.percentile(pitches, 10)), float(np.percentile(pitches, 90)), float(np.median(explained)),
        float(first.mean()), float(odd.mean()), float(entropy), float(-(whole * np.log(whole + _QUIET)).sum()),
        float(folded.max(axis=1).mean()), float(several.mean()), float((moves < _SAME_NOTE).mean()),
        float(((moves > _SAME_NOTE) & (moves < _STEP)).mean()), float((np.abs(moves - 12) < _OCTAVE).mean()),
        float(len(np.unique(np.rint(pitches)))),
    ))  # fmt: skip
