"""How a section is entered, as is usual in a genre."""

from typing import Final

from loopmind_chat.compose.chance import dice, pick
from loopmind_chat.compose.genres import Genre
from loopmind_chat.song.model import Transition
from loopmind_chat.song.vocabulary import SectionKind, TransitionKind

_T = TransitionKind
_BEATS: Final = {
    _T.RISER: {8.0: 0.6, 16.0: 0.4},
    _T.SWEEP_UP: {8.0: 0.6, 16.0: 0.4},
    _T.SWEEP_DOWN: {4.0: 0.5, 8.0: 0.5},
    _T.REVERB_TAIL: {4.0: 0.7, 2.0: 0.3},
    _T.TAPE_STOP: {2.0: 0.6, 1.0: 0.4},
    _T.FILL: {4.0: 0.6, 2.0: 0.4},
    _T.DROP_OUT: {2.0: 0.45, 1.0: 0.25, 4.0: 0.30},
    _T.IMPACT: {4.0: 1.0},
    _T.CROSSFADE: {16.0: 0.5, 8.0: 0.5},
}
"""Beats that each kind lasts."""


def usual_transition(genre: Genre, kind: SectionKind, nth: int, *, bars_before: int, seed: int) -> Transition | None:
    """How the ``nth`` section of a kind is entered after a section of ``bars_before`` bars; None is a plain cut."""
    weights = genre.entrances.get(kind)
    if not weights or bars_before < 1:
        return None
    chance = dice(seed, f"transition {kind} {nth}")
    chosen = pick(chance, weights)
    if chosen is None:
        return None
    beats = pick(chance, _BEATS[chosen])
    return Transition(chosen, min(beats, 4.0 * bars_before))
