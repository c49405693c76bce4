"""The tempo of a loop: what its name says, checked by its length; its ACID chunk; its length alone.

Of loops with a known tempo 92 % last a whole number of beats, so length beats every tracker of onsets; onsets only
decide between lengths (with or without a tail). Octaves stay in doubt and are given as alternates.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.names import NameFacts
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.soundfiles.chunks import Acid

PRIOR_BPM: Final = 127.0
"""Where tempos cluster when nothing else is known (measured over 365 labelled loops)."""
_PRIOR_OCTAVES: Final = 0.55
_GENRE_OCTAVES: Final = 0.3
GENRE_BPM: Final = {
    "trap": 140.0, "drill": 142.0, "lofi": 80.0, "house": 124.0, "techno": 130.0, "trance": 138.0, "dnb": 174.0,
    "dubstep": 140.0, "garage": 132.0, "boombap": 90.0, "hiphop": 92.0, "rnb": 85.0, "soul": 85.0, "reggaeton": 95.0,
    "phonk": 140.0, "ambient": 85.0, "disco": 120.0, "amapiano": 112.0, "triphop": 85.0, "downtempo": 90.0,
    "hardstyle": 150.0, "jersey club": 140.0, "afrobeat": 108.0, "plugg": 145.0, "synthwave": 105.0,
}  # fmt: skip
"""Where the tempos of a genre cluster, for loops that name their genre and not their tempo."""

_WHOLE: Final = 0.02
"""A length is whole beats when it is off by no more than this part of a beat, and a four-hundredth of the whole."""
_BARE_WHOLE: Final = 0.012
_LOWEST: Final = 60.0
_HIGHEST: Final = 195.0
_BEATS: Final = {1: -2.5, 2: -1.2, 4: -0.3, 8: 0.0, 16: 0.0, 32: 0.0, 64: -0.3, 128: -1.0}
_ODD_BEATS: Final = {3: -4.5, 6: -4.0, 12: -3.2, 24: -3.2, 48: -3.5, 5: -5.5, 10: -5.0, 20: -5.0, 7: -5.5, 14: -5.5}
"""Log odds of lengths in beats: 88 % of labelled loops last a power of two, 4 % another whole number."""
_ROUND_BPM: Final = 3.5
"""Log odds for a length that gives a whole BPM: makers choose whole numbers, chance seldom does."""
_ROUND_WITHIN: Final = 0.015
_GRID: Final = 5.0
"""How much the onsets' agreement with a grid counts, in log odds from none to full."""
_TAIL_ONSETS: Final = 8
_TAIL_FIT: Final = 0.6
_TAIL_SHARE: Final = 0.6
"""A tail is shorter than what goes before it."""
_HEARD_S: Final = 0.01
"""Silence shorter than this is no padding."""
_GRID_ONSETS: Final = 4
_STALE_GAIN: Final = 0.35
_STALE_SURE: Final = 0.5
"""A named tempo that no length bears out is stale where onsets stand this much better on the length's own grid."""
_METRE_BEATS: Final = 4
_SAME: Final = 0.04
_ACID_WHOLE: Final = 0.001


@dataclass(frozen=True, slots=True)
class Span:
    """One reading of how long a loop goes before it repeats."""

    seconds: float
    log_odds: float
    """Prior belief in it, against the file's whole length."""
    doubt_s: float
    """How exactly its ends are known."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo, how sure it is, and other readings of it."""

    bpm: float
    confidence: float
    alternates: tuple[float, ...]
    beats: float
    """Length of the period at ``bpm``."""
    source: str
    """"name", "acid", "length" or "beats"."""


def find_tempo(
    spans: list[Span], onsets: npt.NDArray[np.float64], name: NameFacts, acid: Acid | None, genres: list[str]
) -> Tempo | None:
    """The tempo of a loop of which ``spans`` are the possible periods, the whole length first."""
    if spans[0].seconds <= 0:
        return None
    if name.explicit_bpm is not None:
        return _named(name.explicit_bpm, spans, onsets)
    if (found := bare_fit(name.bare_numbers, spans)) is not None:
        return found
    if acid is not None and (tempo := _acid_tempo(acid, spans[0].seconds)) is not None:
        return tempo
    return _by_length(spans, onsets, genres)


def bare_fit(numbers: Iterable[float], spans: list[Span]) -> Tempo | None:
    """The first number of a name that is a tempo, because the length is whole beats at it."""
    for number in numbers:
        if (span := _fitting(number, spans, _BARE_WHOLE)) is not None:
            return _tempo(number, span, 0.93, "name")
    return None


def spans_of(frames: int, first: int, last: int, rate: int) -> list[Span]:
    """The whole length, and it without the silence before and after, where there is some."""
    whole = frames / rate
    lead, tail = first / rate, (frames - last) / rate
    spans = [Span(whole, 0.0, 0.5 / rate + 1e-5)]
    if tail > _HEARD_S:
        spans.append(Span(whole - tail, -2.5, 0.004))
    if lead > _HEARD_S:
        spans.append(Span(whole - lead, -2.0, 0.004))
    return spans


def gives_whole_bpm(seconds: float) -> bool:
    """Whether some power of two of beats fills ``seconds`` at a whole BPM: of lengths by chance one in thirty does."""
    tempos = (60 * 2**power / seconds for power in range(8))
    return any(abs(bpm - round(bpm)) <= _ROUND_WITHIN for bpm in tempos if _LOWEST <= bpm <= _HIGHEST)


def grid_fit(onsets: npt.NDArray[np.float64], bpm: float) -> float:
    """0..1: how well onsets (seconds, from the first) stand on sixteenths or triplets at ``bpm``, chance removed."""
    count = len(onsets)
    if count < _GRID_ONSETS:
        return 0.0
    beats = (onsets - onsets[0]) * bpm / 60
    length = max(abs(np.exp(2j * np.pi * division * beats).mean()) for division in (2, 3, 4))
    chance = 1.2 / math.sqrt(count)
    return float(max(0.0, (length - chance) / (1 - chance)))


def _named(bpm: float, spans: list[Span], onsets: npt.NDArray[np.float64]) -> Tempo:
    """The tempo in the name; where no length bears it out, the onsets say whether it is stale."""
    span = _fitting(bpm, spans, _WHOLE * 2)
    if span is not None:
        return _tempo(bpm, span, 0.98, "name")
    by_length = _by_length(spans, onsets, [])
    if by_length is not None:
        gain = grid_fit(onsets, by_length.bpm) - grid_fit(onsets, bpm)
        if gain > _STALE_GAIN and by_length.confidence >= _STALE_SURE:
            return Tempo(by_length.bpm, 0.5, (bpm, *by_length.alternates), by_length.beats, "length")
    beats = spans[0].seconds * bpm / 60
    # a loop with a tail: its period is the last whole bar before the end
    whole = math.floor(beats / 4 + 0.01) * 4 or math.floor(beats + 0.01) or beats
    return Tempo(bpm, 0.7, octaves(bpm), float(whole), "name")


def _fitting(bpm: float, spans: list[Span], tolerance: float) -> Span | None:
    """The first span that lasts whole beats at ``bpm``."""
    for span in spans:
        beats = span.seconds * bpm / 60
        allowed = min(tolerance * max(1.0, beats / 8), 0.06) + span.doubt_s * bpm / 60
        if round(beats) >= 1 and abs(beats - round(beats)) <= allowed:
            return span
        # odd metres last a whole number of eighths or sixteenths
        if span is spans[0] and beats > _METRE_BEATS and abs(beats * 4 - round(beats * 4)) <= tolerance * 0.5:
            return span
    return None


def _acid_tempo(acid: Acid, seconds: float) -> Tempo | None:
    """ACID data of a loop whose beats and tempo agree with its length; programs leave defaults in the others."""
    if acid.one_shot or acid.beats < 1 or not TEMPO_MIN <= acid.tempo <= TEMPO_MAX:
        return None
    if abs(acid.beats * 60 / acid.tempo - seconds) > _ACID_WHOLE * seconds:
        return None
    return Tempo(round(acid.tempo, 2), 0.95, octaves(acid.tempo), float(acid.beats), "acid")


def _by_length(spans: list[Span], onsets: npt.NDArray[np.float64], genres: list[str]) -> Tempo | None:
    readings = list(_candidates(spans, onsets, genres))
    if max((grid_fit(onsets, bpm) for _, bpm, _ in readings), default=0.0) < _TAIL_FIT / 2:
        readings += _candidates(_spans_before_tail(spans[0].seconds, onsets), onsets, genres)
    scored = sorted(readings, reverse=True)
    if not scored:
        return None
    best, bpm, beats = scored[0]
    rivals = [(score, other) for score, other, _ in scored[1:] if abs(other / bpm - 1) > _SAME]
    weight = sum(math.exp(score - best) for score, _ in rivals)
    confidence = min(0.85, 0.9 / (1 + weight))
    others = [other for score, other in rivals if score > best - 4][:3]
    alternates = dict.fromkeys((*octaves(bpm), *(round(other, 2) for other in others)))
    return Tempo(bpm, round(confidence, 3), tuple(alternates), float(beats), "length")


def _candidates(
    spans: list[Span], onsets: npt.NDArray[np.float64], genres: list[str]
) -> Iterator[tuple[float, float, int]]:
    """(log odds, BPM, beats) of every reading of every span."""
    for span in spans:
        for beats, odds in (_BEATS | _ODD_BEATS).items():
            bpm = beats * 60 / span.seconds
            if not _LOWEST <= bpm <= _HIGHEST:
                continue
            near = round(bpm)
            doubt = bpm * span.doubt_s / span.seconds
            is_round = abs(bpm - near) <= max(_ROUND_WITHIN, doubt)
            # the finest grid of the octaves: onsets tell lengths apart, not octaves
            fit = max(grid_fit(onsets, bpm * octave) for octave in (0.5, 1.0, 2.0))
            odds_here = odds + span.log_odds + _tempo_odds(bpm, genres) + _GRID * fit
            yield odds_here + _ROUND_BPM * is_round, float(near) if is_round else round(bpm, 2), beats


def _spans_before_tail(seconds: float, onsets: npt.NDArray[np.float64]) -> list[Span]:
    """Periods after which only a tail rings on: whole BPMs whose grid the onsets stand on, their last before the end.

    Tried only where no whole length suits the onsets.
    """
    if len(onsets) < _TAIL_ONSETS:
        return []
    found = []
    for bpm in range(int(_LOWEST), int(_HIGHEST) + 1):
        fit = grid_fit(onsets, bpm)
        if fit < _TAIL_FIT:
            continue
        for beats in (8, 16, 32, 64):
            period = beats * 60 / bpm
            if max(float(onsets[-1]) + 0.02, _TAIL_SHARE * seconds) < period < seconds - 0.02:
                found.append((fit, Span(period, -3.0, 1e-5)))
    best = max((fit for fit, _ in found), default=0.0)
    return [span for fit, span in found if fit > best - 0.1]


def _tempo_odds(bpm: float, genres: list[str]) -> float:
    centres = [GENRE_BPM[genre] for genre in genres if genre in GENRE_BPM]
    if not centres:
        return -0.5 * (math.log2(bpm / PRIOR_BPM) / _PRIOR_OCTAVES) ** 2
    return max(-0.5 * (math.log2(bpm / centre) / _GENRE_OCTAVES) ** 2 for centre in centres)


def _tempo(bpm: float, span: Span, confidence: float, source: str) -> Tempo:
    beats = span.seconds * bpm / 60
    nearest = round(beats * 4) / 4  # odd metres end on a sixteenth
    return Tempo(bpm, confidence, octaves(bpm), nearest, source)


def octaves(bpm: float) -> tuple[float, ...]:
    """Half and double of a tempo, within the limits of a song."""
    return tuple(round(other, 2) for other in (bpm / 2, bpm * 2) if TEMPO_MIN <= other <= TEMPO_MAX)
