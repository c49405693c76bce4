"""How a loop is made to fit a song: stretched to its tempo, moved to its key, counted in its beats."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from loopmind_chat.song.keys import Key, semitones_between, wrap_semitones
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role

STRETCH_MAX: Final = 1.4
"""Length out over length in stays within 1/1.4..1.4; beyond, artefacts are plain to hear."""
DRUM_STRETCH_MAX: Final = 1.25
"""Attacks suffer first."""
SHIFT_MAX: Final = 5
TEXTURES: Final = frozenset({Role.PAD, Role.FX})
"""Roles that a sound without a tempo can take."""
SUSTAINED_SECONDS: Final = 2.5
"""A one-shot this long can be laid under the song as a texture."""

_BEATS_PER_BAR: Final = 4
_LONGEST_USUAL_BEATS: Final = 64
_UNKNOWN_KEY_COST: Final = 0.3
_WHOLE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Fit:
    """What it takes to play a loop in a song."""

    stretch: float
    """Length out over length in."""
    semitones: int
    loop_beats: float
    """Beats of the song that one turn of the loop lasts; 0 for one-shots."""
    cost: float
    """0 (as it is) to about 2 (only if there is nothing else)."""
    note: str = ""
    """What is done to it, in words: "6 % slower, up 2 semitones"."""


def fit_loop(facts: LoopFacts, *, tempo: float, key: Key | None, role: Role | None = None) -> Fit | None:
    """The cheapest way to play a loop at ``tempo`` in ``key`` as ``role`` (its own where None).

    Half and double time count as the same tempo. None: it does not fit within the limits, or has no tempo and is
    asked for a part that needs one.
    """
    role = role or facts.role
    semitones, key_cost = shift_for(facts, key, role)
    if abs(semitones) > SHIFT_MAX and facts.is_loop:
        return None
    if not facts.is_loop:
        return _fit_one_shot(facts, tempo, semitones, key_cost, role)
    if facts.bpm is None:
        if role not in TEXTURES or facts.duration_s <= 0:
            return None
        return _texture(facts, tempo, semitones, key_cost + 0.4)
    ways = [
        (_stretch_cost(stretch, role) + extra + _period_cost(beats), stretch, beats)
        for stretch, beats, extra in _tempo_ways(facts, tempo, role)
    ]
    if not ways:
        return None
    cost, stretch, beats = min(ways)
    doubt = 0.2 * (1.0 - facts.bpm_confidence)
    return Fit(stretch, semitones, beats, round(cost + key_cost + doubt, 6), fit_note(stretch, semitones))


def shift_for(facts: LoopFacts, key: Key | None, role: Role) -> tuple[int, float]:
    """Semitones from the loop's key to the song's by the shortest way, -5..+6, and what that costs.

    Drums, percussion and effects are never moved. A lone note follows the root; phrases follow the scale, so that
    relative keys need no move.
    """
    if role in UNPITCHED or key is None:
        return 0, 0.0
    if facts.key is None:
        return 0, _UNKNOWN_KEY_COST
    if not facts.is_loop and (role is Role.BASS or facts.key.mode == key.mode):
        semitones = wrap_semitones(key.tonic - facts.key.tonic)
    else:
        semitones = semitones_between(facts.key, key)
    certain = min(1.0, max(0.0, facts.key_confidence))
    far = 0.5 * (abs(semitones) / SHIFT_MAX) ** 1.3
    return semitones, certain * far + (1.0 - certain) * _UNKNOWN_KEY_COST


def stretch_limit(role: Role) -> float:
    """How far a loop of that role may be stretched either way."""
    return DRUM_STRETCH_MAX if role in {Role.DRUMS, Role.PERCUSSION} else STRETCH_MAX


def fit_note(stretch: float, semitones: int) -> str:
    """What is done to a loop, in words; empty where nothing is."""
    parts = []
    percent = round(abs(1.0 / stretch - 1.0) * 100)
    if percent:
        parts.append(f"{percent} % {'slower' if stretch > 1 else 'faster'}")
    if semitones:
        parts.append(
            f"{'up' if semitones > 0 else 'down'} {abs(semitones)} semitone{'s' if abs(semitones) > 1 else ''}"
        )
    return ", ".join(parts)


def whole_bars(beats: float) -> float:
    """The beats of the whole bars that hold a sound of so many beats."""
    return float(max(1, math.ceil(beats / _BEATS_PER_BAR - _WHOLE)) * _BEATS_PER_BAR)


def rising_fit(facts: LoopFacts, fit: Fit, tempo: float) -> Fit:
    """A riser laid like a loop: as long as it is in the song's beats, whole ones where it is nearly so."""
    if fit.loop_beats > 0:
        return fit
    return Fit(1.0, 0, _snapped(max(0.25, facts.duration_s * tempo / 60.0)), fit.cost)


def _tempo_ways(facts: LoopFacts, tempo: float, role: Role) -> Iterator[tuple[float, float, float]]:
    """Stretch, song beats and extra cost for each reading of the loop's tempo that lies within the limits."""
    limit = stretch_limit(role) * (1 + 1e-9)
    readings = [(facts.bpm, 0.0), *((bpm, 0.15) for bpm in facts.bpm_alternates)]
    for bpm, doubt in readings:
        if bpm is None or not (math.isfinite(bpm) and bpm > 0):
            continue
        beats = _own_beats(facts, bpm)
        for times, extra in ((1.0, 0.0), (2.0, 0.12), (0.5, 0.12)):
            stretch = bpm * times / tempo
            if beats > 0 and 1 / limit <= stretch <= limit:
                yield stretch, _snapped(beats * times), extra + doubt


def _own_beats(facts: LoopFacts, bpm: float) -> float:
    if facts.beats and facts.bpm:
        return facts.beats * bpm / facts.bpm
    return facts.duration_s * bpm / 60.0


def _snapped(beats: float) -> float:
    nearest = round(beats)
    return float(nearest) if nearest and abs(beats - nearest) / beats < _WHOLE else beats


def _stretch_cost(stretch: float, role: Role) -> float:
    share: float = abs(math.log2(stretch)) / math.log2(stretch_limit(role))
    return share * math.sqrt(share)


def _period_cost(beats: float) -> float:
    """What it costs that a loop does not come round with the bars."""
    if abs(beats - round(beats)) > _WHOLE:
        return 0.7
    if beats % _BEATS_PER_BAR and beats not in {1.0, 2.0}:
        return 0.45
    bars = beats / _BEATS_PER_BAR
    even = 0.0 if bars <= 1 or math.log2(bars).is_integer() else 0.2
    return even + (0.15 if beats > _LONGEST_USUAL_BEATS else 0.0)


def _fit_one_shot(facts: LoopFacts, tempo: float, semitones: int, key_cost: float, role: Role) -> Fit | None:
    if role is Role.PAD and facts.duration_s >= SUSTAINED_SECONDS:
        return _texture(facts, tempo, semitones, key_cost + 0.2)
    return Fit(1.0, semitones, 0.0, round(key_cost, 6), fit_note(1.0, semitones))


def _texture(facts: LoopFacts, tempo: float, semitones: int, cost: float) -> Fit:
    """A sound laid under the song at its own speed, coming round with the bars that hold it."""
    beats = whole_bars(facts.duration_s * tempo / 60.0)
    return Fit(1.0, semitones, beats, round(cost, 6), fit_note(1.0, semitones))
