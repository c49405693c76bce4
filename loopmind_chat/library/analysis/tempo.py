"""The tempo of a loop: every way to count it that its length bears, weighed by its onsets and by what its names say.

Of loops with a known tempo 92 % last a whole number of beats, so length beats every tracker of onsets by itself; which
of its readings is meant (half or double, four beats or three) the rhythm says, with weights fitted on loops of known
tempo. What is left of doubt is given as a probability and as other readings, for the loops beside it to settle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from loopmind_chat.library.analysis.names import NameFacts
from loopmind_chat.library.analysis.spectrum import Spectrum
from loopmind_chat.library.analysis.tempo_names import TempoWords, tempo_words
from loopmind_chat.library.analysis.tempo_onsets import Doubles, strikes_of
from loopmind_chat.library.analysis.tempo_ranking import likely, sure
from loopmind_chat.library.analysis.tempo_readings import HIGHEST, LOWEST, Readings, Span, counted, joined, readings_of
from loopmind_chat.song.loops import TempoReading
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.soundfiles.chunks import Acid

LONG_S: Final = 128.0
"""From here on no usual number of beats suits a length."""
_BARE_WHOLE: Final = 0.012
"""A length is whole beats when it is off by no more than this part of a beat, and by no more than a sixteenth."""
_ROUND_WITHIN: Final = 0.015
_ACID_WHOLE: Final = 0.001
_ACID_SURE: Final = 0.95
_NAME_SURE: Final = 0.98
_SOUND_SURE: Final = 0.97
_READINGS: Final = 6
_SAME: Final = 0.006
"""Tempos nearer than this part are one."""
_EXACT: Final = 2.0
"""Log likelihood of a length, a second the unit, from which on the length bears a reading."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo, how sure it is, and other readings of it."""

    bpm: float
    confidence: float
    """Chance that ``bpm`` is right to the whole number."""
    alternates: tuple[float, ...]
    beats: float
    """Length of the period at ``bpm``."""
    source: str
    """"name", "acid", "folder", "length" or "beats"."""
    readings: tuple[TempoReading, ...] = ()
    """The likeliest ways to count it by its sound alone, the likeliest first."""


def find_tempo(
    spans: list[Span], spectrum: Spectrum, name: NameFacts, acid: Acid | None, genres: list[str]
) -> Tempo | None:
    """The tempo of a loop of which ``spans`` are accounts of its period, the whole length first; None where unknown."""
    duration = spans[0].seconds if spans else 0.0
    if duration <= 0 or not len(spectrum.bands):
        return None
    said = tempo_words(name)
    if duration > LONG_S:
        return _unheard(said, duration)
    strikes = strikes_of(spectrum)
    readings = readings_of(spans, strikes)
    if hinted := counted([hint.bpm for hint in said.hints], spans):
        readings = joined(readings, hinted)
    if not len(readings):
        return _unheard(said, duration)
    heard = likely(readings, strikes, duration, genres)
    ways = _ways(readings, heard)
    if acid is not None and (agreed := _acid_tempo(acid, duration, ways)) is not None and not said.explicit:
        return agreed
    odds = heard + said.odds(readings.bpm, readings.length_odds > _EXACT)
    return _chosen(readings, odds, said, ways)


def bare_fit(numbers: Iterable[float], spans: list[Span]) -> float | None:
    """The first number of a name that is a tempo, because the length is whole beats at it."""
    for number in numbers:
        for span in spans:
            beats = span.seconds * number / 60
            allowed = min(_BARE_WHOLE * max(1.0, beats / 8), 0.06) + min(span.doubt_s, 0.004) * number / 60
            if round(beats) >= 1 and abs(beats - round(beats)) <= allowed:
                return number
    return None


def gives_whole_bpm(seconds: float) -> bool:
    """Whether some power of two of beats fills ``seconds`` at a whole BPM: of lengths by chance one in thirty does."""
    tempos = (60 * 2**power / seconds for power in range(8))
    return any(abs(bpm - round(bpm)) <= _ROUND_WITHIN for bpm in tempos if LOWEST <= bpm <= HIGHEST)


def octaves(bpm: float) -> tuple[float, ...]:
    """Half and double of a tempo, within the limits of a song."""
    return tuple(round(other, 2) for other in (bpm / 2, bpm * 2) if TEMPO_MIN <= other <= TEMPO_MAX)


def _acid_tempo(acid: Acid, seconds: float, ways: tuple[TempoReading, ...]) -> Tempo | None:
    """ACID data of a loop whose beats and tempo agree with its length; programs leave defaults in the others."""
    if acid.one_shot or acid.beats < 1 or not TEMPO_MIN <= acid.tempo <= TEMPO_MAX:
        return None
    if abs(acid.beats * 60 / acid.tempo - seconds) > _ACID_WHOLE * seconds:
        return None
    bpm = round(float(acid.tempo), 2)
    return Tempo(bpm, _ACID_SURE, octaves(bpm), float(acid.beats), "acid", ways)


def _unheard(said: TempoWords, seconds: float) -> Tempo | None:
    """What the name says of a sound that cannot be counted."""
    if not said.explicit:
        return None
    bpm = said.hints[0].bpm
    beats = seconds * bpm / 60
    return Tempo(bpm, 0.7, octaves(bpm), float(int(beats / 4 + 0.01) * 4 or round(beats, 2)), said.hints[0].source)


def _ways(readings: Readings, odds: Doubles) -> tuple[TempoReading, ...]:
    """The likeliest readings, one for each tempo, with their log probabilities."""
    total = float(np.logaddexp.reduce(odds))
    found: list[TempoReading] = []
    for at in np.argsort(-odds, kind="stable"):
        bpm = float(readings.bpm[at])
        if all(abs(other.bpm / bpm - 1) > _SAME for other in found):
            same = np.abs(readings.bpm / bpm - 1) <= _SAME
            log_share = float(np.logaddexp.reduce(odds[same])) - total
            found.append(TempoReading(bpm, float(readings.beats[at]), round(log_share, 3)))
        if len(found) == _READINGS:
            break
    return tuple(found)


def _chosen(readings: Readings, odds: Doubles, said: TempoWords, ways: tuple[TempoReading, ...]) -> Tempo:
    ranked = _ways(readings, odds)
    best = ranked[0]
    chance = float(np.exp(best.log_odds))
    source = said.source(best.bpm)
    if not source:
        at = int(np.argmax(np.where(readings.bpm == best.bpm, odds, -np.inf)))
        source = "length" if readings.length_odds[at] > _EXACT else "beats"
    confidence = min(sure(chance), _SOUND_SURE) if source in {"length", "beats"} else min(chance, _NAME_SURE)
    others = (round(other.bpm, 2) for other in ranked[1:4] if other.log_odds > best.log_odds - 4)
    three = tuple(round(best.bpm * ratio, 2) for ratio in (2 / 3, 3 / 2) if LOWEST <= best.bpm * ratio <= HIGHEST)
    alternates = dict.fromkeys((*others, *octaves(best.bpm), *three))
    stale = [hint.bpm for hint in said.hints if said.explicit and abs(hint.bpm / best.bpm - 1) > _SAME]
    names = dict.fromkeys((*stale[:1], *alternates))
    names.pop(round(best.bpm, 2), None)
    return Tempo(best.bpm, round(confidence, 3), tuple(names), best.beats, source, ways)
