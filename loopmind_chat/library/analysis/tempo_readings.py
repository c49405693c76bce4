"""Every way to count a loop that its length bears: tempo and beats, with how well the length suits each.

The length is evidence by Bayes' rule: the chance of a file this long, given a tempo and a number of beats. Makers
choose whole tempos and cut on a sample; silence, delays of codecs and tails that ring on are each a cause of their own.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.tempo_onsets import Doubles, Strikes

LOWEST: Final = 59.5
HIGHEST: Final = 200.5
_WHOLE_TEMPO: Final = 0.97
_HALF_TEMPO: Final = 0.015
_OTHER_TEMPO: Final = 0.015
_MP3_S: Final = 1105 / 44_100
"""What LAME and the decoder together put before a sound (576 + 529 samples)."""
_AAC_S: Final = 2112 / 44_100
_BLOCK_S: Final = 1152 / 44_100
"""Files of codecs are filled up to whole blocks."""
_TAIL_SHARE: Final = 0.5
_EXACT_KEPT: Final = 40
_FREE_KEPT: Final = 16
_BEATS: Final = np.array([*range(1, 65), 72, 80, 96, 112, 128, 160, 192, 256, 2.5, 3.5, 4.5, 5.5, 7.5, 3.75, 4.75])
_BAR: Final = 4
_ROUNDING: Final = 1e-6
TEMPOS: Final = (
    # centre in BPM, width in octaves, share
    (75.0, 0.16, 0.05), (88.0, 0.13, 0.09), (100.0, 0.12, 0.09), (112.0, 0.12, 0.10), (124.0, 0.07, 0.27),
    (130.0, 0.08, 0.10), (140.0, 0.05, 0.14), (150.0, 0.08, 0.05), (174.0, 0.035, 0.07), (110.0, 0.6, 0.04),
)  # fmt: skip
"""Where the tempos of loops cluster: a mixture of bells over log tempo (365 labelled loops and the usual genres)."""


@dataclass(frozen=True, slots=True)
class Span:
    """One account of how long a loop goes before it repeats."""

    seconds: float
    start_s: float
    """Where its first beat lies in the file."""
    share: float
    """Prior belief in it."""
    doubt_s: float
    """Standard deviation of its length."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Ways to count a loop; all arrays have one entry a reading."""

    bpm: Doubles
    beats: Doubles
    start_s: Doubles
    length_odds: Doubles
    """Log likelihood of the file's length."""
    whole: npt.NDArray[np.bool_]
    """Whether the tempo is a whole number."""

    def __len__(self) -> int:
        return len(self.bpm)

    def taken(self, which: npt.NDArray[np.intp]) -> "Readings":
        """Some of them."""
        return Readings(
            self.bpm[which], self.beats[which], self.start_s[which], self.length_odds[which], self.whole[which]
        )


def spans_of(frames: int, first: int, last: int, rate: int) -> list[Span]:
    """Accounts of the period of a file whose sound reaches from frame ``first`` to ``last``: the whole file first."""
    whole, lead, tail = frames / rate, first / rate, (frames - last) / rate
    spans = [Span(whole, 0.0, 0.80, 1.2 / rate), Span(whole, 0.0, 0.06, 0.0015)]
    if whole > 3 * _AAC_S:
        spans.append(Span(whole - _MP3_S, _MP3_S, 0.02, 0.0008))
        spans.append(Span(whole - _MP3_S - _BLOCK_S / 2, _MP3_S, 0.03, _BLOCK_S / 3))
        spans.append(Span(whole - _AAC_S, _AAC_S, 0.002, 0.001))
    if lead > _MIN_SILENCE_S:
        spans.append(Span(whole - lead, lead, 0.02, 0.004))
    if tail > _MIN_SILENCE_S:
        spans.append(Span(whole - tail, 0.0, 0.02, 0.012))
    if lead > _MIN_SILENCE_S and tail > _MIN_SILENCE_S:
        spans.append(Span(whole - lead - tail, lead, 0.02, 0.012))
    return [span for span in spans if span.seconds > _MIN_SILENCE_S]


_MIN_SILENCE_S: Final = 0.01
_FREE: Final = 0.05
"""Share of loops whose length says nothing exact: a tail rings on, or the end is cut off."""


def readings_of(spans: list[Span], strikes: Strikes) -> Readings:
    """The likeliest readings by length alone, and the likeliest by the onsets where the length may say nothing."""
    whole = spans[0].seconds
    bpm, beats = _pairs(spans, whole)
    exact = _length_odds(spans, bpm, beats)
    start = _starts(spans, bpm, beats)
    prior = tempo_odds(bpm) + beats_odds(beats)
    kept = np.argsort(-(exact + prior), kind="stable")[:_EXACT_KEPT]
    is_whole = np.abs(bpm - np.round(bpm)) < _ROUNDING
    exact_ones = Readings(bpm, beats, start, exact, is_whole).taken(kept)
    return joined(exact_ones, _free(spans, whole, strikes))


def counted(tempos: list[float], spans: list[Span]) -> Readings:
    """Readings at given tempos, whatever the length: the nearest whole beats of each span, and the last whole bar."""
    pairs: set[tuple[float, float]] = set()
    for tempo in tempos:
        for span in spans:
            length = span.seconds * tempo / 60
            # odd metres end on an eighth or a sixteenth
            steps = [4, 2, 1] if abs(length * 4 - round(length * 4)) < 0.04 else [1]  # noqa: PLR2004 - of a sixteenth
            pairs |= {(tempo, round(length * step) / step) for step in steps}
        total = spans[0].seconds * tempo / 60 + _ROUNDING
        pairs |= {(tempo, float(int(total / _BAR) * _BAR)), (tempo, max(1.0, float(int(total))))}
    ordered = np.array(sorted(pair for pair in pairs if pair[1] > 0), np.float64).reshape(-1, 2)
    bpm, beats = ordered[:, 0], ordered[:, 1]
    odds = _length_odds(spans, bpm, beats, named=True)
    whole = np.abs(bpm - np.round(bpm)) < _ROUNDING
    return Readings(bpm, beats, _starts(spans, bpm, beats), odds, whole)


def joined(one: Readings, other: Readings) -> Readings:
    """Both, without what is in ``one`` already."""
    known = set(zip(one.bpm.tolist(), one.beats.tolist(), strict=True))
    pairs = zip(other.bpm.tolist(), other.beats.tolist(), strict=True)
    added = other.taken(np.array([at for at, pair in enumerate(pairs) if pair not in known], np.intp))
    both = [
        np.concatenate([getattr(one, column), getattr(added, column)])
        for column in ("bpm", "beats", "start_s", "length_odds", "whole")
    ]
    return Readings(*both)


def tempo_odds(bpm: Doubles) -> Doubles:
    """Log density of tempos, an octave the unit."""
    octaves = np.log2(bpm)
    parts = [
        share / width * np.exp(-0.5 * ((octaves - np.log2(centre)) / width) ** 2) for centre, width, share in TEMPOS
    ]
    return np.asarray(np.log(np.sum(parts, axis=0) + 1e-6), np.float64)


def beats_odds(beats: Doubles) -> Doubles:
    """Rough log chance of lengths in beats: 88 % a power of two, most often two to eight bars."""
    power = np.abs(np.log2(beats) - np.round(np.log2(beats))) < 1e-9  # noqa: PLR2004 - rounding
    usual = -0.5 * ((np.log2(beats) - 4.0) / 1.0) ** 2
    triple = np.abs(np.log2(beats / 3) - np.round(np.log2(beats / 3))) < 1e-9  # noqa: PLR2004 - rounding
    return np.asarray(usual + np.where(power, 0.0, np.where(triple, -3.0, -5.0)), np.float64)


def _pairs(spans: list[Span], whole: float) -> tuple[Doubles, Doubles]:
    """Tempo and beats of every span counted every way; near whole tempos, the whole tempo."""
    bpms, counts = [], []
    for span in spans:
        bpm = 60 * _BEATS / span.seconds
        inside = (bpm >= LOWEST) & (bpm <= HIGHEST)
        bpm, beats = bpm[inside], _BEATS[inside]
        near = np.round(bpm)
        close = np.abs(60 * beats / np.maximum(near, 1) - span.seconds) < np.maximum(4 * span.doubt_s, 1e-4)
        bpms += [near[close]]
        counts += [beats[close]]
        if span.seconds == whole or span.start_s == 0.0:
            bpms += [np.round(bpm[~close], 2)]
            counts += [beats[~close]]
    pairs = np.unique(np.stack([np.concatenate(bpms), np.concatenate(counts)]), axis=1)
    return pairs[0], pairs[1]


def _length_odds(spans: list[Span], bpm: Doubles, beats: Doubles, *, named: bool = False) -> Doubles:
    """Log likelihood of the file's length, a second the unit, at each reading."""
    period = 60 * beats / bpm
    density = np.zeros(len(bpm))
    whole = (np.abs(bpm - np.round(bpm)) < _ROUNDING) | named
    half = np.abs(2 * bpm - np.round(2 * bpm)) < _ROUNDING
    for span in spans:
        bell = np.exp(-0.5 * ((period - span.seconds) / span.doubt_s) ** 2) / (2.5066 * span.doubt_s)
        # any other tempo: as many as there are in a second of length
        near = np.abs(period - span.seconds) < np.maximum(2 * span.doubt_s, 0.005 * period / bpm * 1.01)
        anywhere = _OTHER_TEMPO * bpm / period * near
        density += span.share * np.where(whole, _WHOLE_TEMPO * bell, np.where(half, _HALF_TEMPO * bell, 0) + anywhere)
    cut = spans[0].seconds - period
    ringing = (cut > 0.02) & (cut < _TAIL_SHARE * spans[0].seconds)  # noqa: PLR2004 - s
    density += np.where(whole & ringing, _FREE * 0.8 / (_TAIL_SHARE * spans[0].seconds), 0.0)
    short = (cut < -0.02) & (cut > -60 / bpm)  # noqa: PLR2004 - s
    density += np.where(whole & short, _FREE * 0.2 * bpm / 60, 0.0)
    return np.log(density + 1e-9)


def _starts(spans: list[Span], bpm: Doubles, beats: Doubles) -> Doubles:
    """Where the first beat lies, by the span that suits each reading best."""
    period = 60 * beats / bpm
    fits = [np.log(span.share / span.doubt_s) - 0.5 * ((period - span.seconds) / span.doubt_s) ** 2 for span in spans]
    best = np.argmax(fits, axis=0)
    starts = np.array([span.start_s for span in spans])
    lead = max(span.start_s for span in spans)
    return np.where(np.max(fits, axis=0) > -8.0, starts[best], lead)  # noqa: PLR2004 - beyond four deviations


def _free(spans: list[Span], whole: float, strikes: Strikes) -> Readings:
    """Whole tempos whose grid the onsets stand on, with the last whole bar before the end or the first after it."""
    tempos = np.arange(60.0, 201.0)
    fit = grid(strikes, tempos)
    best = np.argsort(-(3.0 * fit + 0.5 * tempo_odds(tempos)), kind="stable")[: _FREE_KEPT // 2]
    bpm = np.repeat(tempos[best], 2)
    bars = np.floor(whole * tempos[best] / 60 / _BAR + 1e-9)
    beats = np.stack([np.maximum(bars, 0) * _BAR, (bars + 1) * _BAR], axis=1).ravel()
    usable = (beats > 0) & (beats * 60 / bpm < whole + 2 * 60 / bpm)
    bpm, beats = bpm[usable], beats[usable]
    odds = _length_odds(spans, bpm, beats)
    lead = max((span.start_s for span in spans if span.start_s not in {_MP3_S, _AAC_S}), default=0.0)
    return Readings(bpm, beats, np.full(len(bpm), lead), odds, np.ones(len(bpm), np.bool_))


def grid(strikes: Strikes, bpm: Doubles) -> Doubles:
    """0..1 for each tempo: how well the onsets, by their strength, stand on its sixteenths, or on eighths' triplets."""
    weights = strikes.strengths.sum(axis=1)
    if len(weights) < _BAR:
        return np.zeros(len(bpm))
    turns = np.exp(2j * np.pi * np.outer(bpm / 60, strikes.times))
    sixteenths, triplets = np.abs(turns**4 @ weights), np.abs(turns**3 @ weights)
    return np.asarray(np.maximum(sixteenths, triplets) / weights.sum(), np.float64)
