"""The key of a pitched sound: a pitch-class profile from spectral peaks, against the profiles of the keys.

The profile follows Gómez's HPCP (2006): tuned peaks, each counted for the notes it may be a partial of. Keys are told
by templates in the manner of Krumhansl and Kessler (1982), but with the natural minor that loops are written in, which
they confuse with its fifth. Producers' loops are mostly in minor; the prior that says so is explicit: ``MINOR_BIAS``.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.names import NamedKey
from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.song.keys import Key

Profile = npt.NDArray[np.float64]
"""Strength of the twelve pitch classes from C, sum 1."""

MINOR_BIAS: Final = 0.15
"""Added to the correlation of every minor key: 94 % of labelled loops are minor."""
_RATE: Final = 11_025
_SIZE: Final = 4_096
_STEP: Final = 1_024
_LOW_HZ: Final = 55.0
_HIGH_HZ: Final = 2_500.0
_A4: Final = 440.0
_SECONDS_MAX: Final = 60.0
_MAJOR: Final = (5.0, 0.5, 3.5, 0.5, 4.5, 3.5, 0.5, 4.5, 0.5, 3.5, 0.5, 3.0)
_MINOR: Final = (5.0, 1.0, 3.0, 4.5, 0.5, 3.5, 0.5, 4.5, 3.2, 0.5, 3.2, 1.0)
"""How much each step above the tonic belongs to a key."""
_HARMONIC: Final = 0.8
"""A peak may be the second, third or fourth partial of a note: how much less each counts for that note."""
_BASS_HZ: Final = 200.0
_BASS_WEIGHT: Final = 0.25
"""Added to the correlation for a tonic that is all of the bass."""
_PEAKED_MIN: Final = 0.15
"""How uneven a profile must be (0 flat, 1 a single pitch) to have a key at all."""
_SINGLE_PITCH: Final = 0.5
"""A profile with this share in one class is a single note."""
_ONE_NOTE: Final = 0.25
_LIKENESS_MIN: Final = 0.7
_ABSTAIN: Final = 0.35


@dataclass(frozen=True, slots=True)
class PitchClasses:
    """How strongly each pitch class sounds, in all and in the bass."""

    all: Profile
    bass: Profile

    @property
    def peakedness(self) -> float:
        """0 for twelve equal classes, 1 where five hold everything."""
        return float((np.sort(self.all)[::-1][:5].sum() - 5 / 12) / (1 - 5 / 12))


@dataclass(frozen=True, slots=True)
class KeyGuess:
    """A key and how sure it is, 0..1."""

    key: Key
    confidence: float


def find_key(signal: Floats, rate: int, named: NamedKey | None, *, one_note: bool = False) -> KeyGuess | None:
    """The key of mono audio; the name's wins, and settles the tonic where it tells no mode. None: cannot be told.

    ``one_note``: the sound is a single note, so that its root is all there is to find.
    """
    if named is not None and named.key is not None:
        return KeyGuess(named.key, named.sure)
    heard = pitch_classes(signal, rate)
    if heard is None or heard.peakedness < _PEAKED_MIN:
        return KeyGuess(Key(named.tonic, "minor"), 0.3) if named is not None else None
    scores = key_scores(heard)
    if named is not None:
        mode = int(np.argmax(scores[:, named.tonic]))
        return KeyGuess(_key(mode, named.tonic), round(named.sure * 0.9, 3))
    if heard.all.max() > (_ONE_NOTE if one_note else _SINGLE_PITCH):
        # one note has no mode; minor, so that its root goes where the roots of other loops go
        return KeyGuess(_key(1, int(np.argmax(heard.all))), 0.5)
    mode, tonic = divmod(int(np.argmax(scores)), 12)
    confidence = _confidence(scores, mode, tonic)
    if confidence < _ABSTAIN or scores[mode, tonic] < _LIKENESS_MIN:
        return None
    return KeyGuess(_key(mode, tonic), confidence)


def pitch_classes(signal: Floats, rate: int) -> PitchClasses | None:
    """The pitch classes of mono audio, tuned to itself; None where it is too short or silent."""
    from loopmind_chat.soundfiles.read import resampled  # noqa: PLC0415 - drums never come here

    low = resampled(signal[: int(_SECONDS_MAX * rate)], rate, _RATE)
    if len(low) < _SIZE // 2:
        return None
    padded = np.pad(low, _SIZE // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _SIZE)[::_STEP]
    magnitude = np.abs(np.fft.rfft(frames * np.hanning(_SIZE).astype(np.float32), axis=1))
    frequency, weight = _peaks(magnitude)
    if not len(frequency):
        return None
    pitch = 12 * np.log2(frequency / _A4)
    detuned = np.angle(np.sum(weight * np.exp(2j * np.pi * pitch))) / (2 * np.pi)
    pitch -= detuned
    profile = sum(_folded(pitch - 12 * np.log2(h), weight * _HARMONIC ** (h - 1)) for h in range(1, 5))
    below = frequency < _BASS_HZ
    return PitchClasses(_normal(np.asarray(profile)), _normal(_folded(pitch[below], weight[below])))


def key_scores(heard: PitchClasses) -> Profile:
    """Correlation with each key, minor and the bass note favoured; shape (2, 12): major and minor by tonic from C."""
    centred = heard.all - heard.all.mean()
    scores = np.empty((2, 12))
    for mode, template in enumerate((_MAJOR, _MINOR)):
        shape = np.array(template) - np.mean(template)
        for tonic in range(12):
            rolled = np.roll(shape, tonic)
            scores[mode, tonic] = centred @ rolled / (np.linalg.norm(centred) * np.linalg.norm(rolled) + 1e-12)
    scores[1] += MINOR_BIAS
    scores += _BASS_WEIGHT * heard.bass
    return scores


def _peaks(magnitude: npt.NDArray[np.floating]) -> tuple[Profile, Profile]:
    """Frequency (Hz, interpolated) and weight of the spectral peaks that stand out in their frame."""
    width = _RATE / _SIZE
    first, last = int(_LOW_HZ / width), int(_HIGH_HZ / width)
    part = magnitude[:, first - 1 : last + 2]
    middle, left, right = part[:, 1:-1], part[:, :-2], part[:, 2:]
    loud = middle.max(axis=1, keepdims=True, initial=0.0)
    top = float(loud.max(initial=0.0))
    if top <= 0.0:
        return np.zeros(0), np.zeros(0)
    is_peak = (middle > left) & (middle >= right) & (middle > 0.03 * loud) & (middle > 0.003 * top)
    row, column = np.nonzero(is_peak)
    m, a, b = (np.log(x[row, column] + 1e-12) for x in (middle, left, right))
    shift = 0.5 * (a - b) / (a - 2 * m + b - 1e-12)
    frequency = (column + first + shift) * width
    # sustained and loud counts, but the loudest partial must not be all; high partials say less of the harmony
    weight = np.sqrt(middle[row, column] / top) * np.exp(-((np.log2(frequency / 350.0) / 2.0) ** 2))
    return frequency.astype(np.float64), weight.astype(np.float64)


def _folded(pitch: Profile, weight: Profile) -> Profile:
    """Pitch (semitones from A4) into twelve classes from C; what lies between two keys of the piano counts little."""
    nearest = np.round(pitch)
    off = pitch - nearest
    closeness = np.cos(np.pi * np.clip(off, -0.5, 0.5)) ** 2
    classes = (nearest.astype(np.int64) + 9) % 12
    return np.bincount(classes, weights=weight * closeness, minlength=12).astype(np.float64)


def _normal(profile: Profile) -> Profile:
    total = float(profile.sum())
    return profile / total if total > 0 else np.full(12, 1 / 12)


def _confidence(scores: Profile, mode: int, tonic: int) -> float:
    best = float(scores[mode, tonic])
    relative = (1 - mode, (tonic + (9 if mode == 0 else 3)) % 12)
    others = [float(scores[m, t]) for m in range(2) for t in range(12) if (m, t) not in {(mode, tonic), relative}]
    margin = best - max(others)
    return round(float(np.clip(0.25 + 2.0 * margin + 0.35 * (best - 0.6), 0.0, 0.85)), 3)


def _key(mode: int, tonic: int) -> Key:
    return Key(tonic, "minor" if mode else "major")
