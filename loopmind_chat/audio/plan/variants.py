"""Which prepared audio a layer needs, with its variations resolved."""

import math
from collections.abc import Iterable
from typing import Final

from loopmind_chat.audio.plan.values import Clip, clip_with_key
from loopmind_chat.song.model import Effect, Layer, Track
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import UNPITCHED, EffectKind

_PACE: Final = {EffectKind.HALF_TIME: 2.0, EffectKind.DOUBLE_TIME: 0.5}
_BAKED: Final = frozenset({EffectKind.REVERSE, EffectKind.CHOP})
_VARIATIONS: Final = frozenset({*_PACE, *_BAKED})


def lasting_effects(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """The effects that run while the song plays; the others change the audio of the loop itself."""
    return tuple(effect for effect in effects if effect.kind not in _VARIATIONS)


def pace_of(layer: Layer, track: Track) -> float:
    """How many times as long a layer's loop or pattern takes: 2 in half time, 0.5 in double time."""
    return math.prod(_PACE.get(effect.kind, 1.0) for effect in (*layer.fx, *track.fx))


def clip_of(layer: Layer, track: Track, tempo: float, *, toned: bool) -> Clip:
    """The clip that a layer reads: its period is ``loop_beats`` at ``tempo``, to a fraction of a frame.

    Half time doubles the period and the stretch, double time halves both. The layer's own effects are prepared
    with it, and so are those of the track that change the loop itself; drums are never transposed.
    """
    changes = (*layer.fx, *(effect for effect in track.fx if effect.kind in _VARIATIONS))
    pace = pace_of(layer, track)
    beats = 0.0 if layer.pattern is not None else layer.loop_beats * pace
    return clip_with_key(
        Clip(
            loop=layer.loop,
            path=layer.path,
            role=layer.role,
            stretch=1.0 if layer.pattern is not None else round(layer.stretch * pace, 6),
            semitones=0 if layer.role in UNPITCHED else layer.semitones,
            frames=beats * 60.0 / tempo * SAMPLE_RATE,
            beats=beats,
            fx=tuple(effect for effect in changes if effect.kind not in _PACE),
            toned=toned,
        )
    )
