"""Habits that families of genres share: how long sections are, who plays in them, how one leads to the next."""

from collections.abc import Mapping
from typing import Final

from loopmind_chat.song.vocabulary import Role, SectionKind, TransitionKind

Lengths = Mapping[SectionKind, Mapping[int, float]]
"""How often a section of a kind has so many bars."""
Presence = Mapping[SectionKind, Mapping[Role, float]]
"""How readily a role plays in a kind of section, 0..1: the order in which roles are called."""
Entrances = Mapping[SectionKind, Mapping[TransitionKind | None, float]]
"""How often a kind of section is entered in a way; None is a plain cut."""

K = SectionKind
T = TransitionKind

_ROLES: Final = (Role.DRUMS, Role.PERCUSSION, Role.BASS, Role.CHORDS, Role.PAD, Role.MELODY, Role.VOCAL, Role.FX)


def _row(*likings: float) -> dict[Role, float]:
    return dict(zip(_ROLES, likings, strict=True))


#                       drums perc  bass  chord pad   melody vocal fx
BEAT: Final[Presence] = {
    K.INTRO: _row(0.15, 0.15, 0.10, 0.80, 0.65, 0.85, 0.35, 0.60),
    K.VERSE: _row(1.20, 0.60, 1.15, 0.76, 0.40, 0.62, 0.35, 0.20),
    K.PRECHORUS: _row(0.70, 0.60, 0.75, 0.90, 0.60, 0.65, 0.40, 0.50),
    K.HOOK: _row(1.00, 0.90, 0.99, 0.95, 0.75, 0.97, 0.92, 0.40),
    K.BRIDGE: _row(0.45, 0.40, 0.60, 0.85, 0.75, 0.70, 0.55, 0.40),
    K.BREAKDOWN: _row(0.05, 0.30, 0.20, 0.85, 0.85, 0.75, 0.50, 0.55),
    K.BUILD: _row(0.75, 0.80, 0.50, 0.80, 0.60, 0.60, 0.40, 0.70),
    K.DROP: _row(1.00, 0.90, 1.00, 0.85, 0.60, 0.90, 0.70, 0.50),
    K.SOLO: _row(0.95, 0.80, 0.95, 0.80, 0.40, 1.00, 0.20, 0.20),
    K.OUTRO: _row(0.30, 0.30, 0.30, 0.85, 0.70, 0.80, 0.40, 0.50),
}
"""Hip hop and its kin: the melody alone, then the beat; the voice and the lead make the hook."""

DUSTY: Final[Presence] = {kind: {**likings, Role.FX: 0.9} for kind, likings in BEAT.items()}
"""Lo-fi and boom bap: vinyl and rain lie under all of it."""

DANCE: Final[Presence] = {
    K.INTRO: _row(0.95, 0.85, 0.30, 0.25, 0.40, 0.15, 0.10, 0.55),
    K.VERSE: _row(1.20, 0.85, 1.10, 0.60, 0.40, 0.40, 0.35, 0.25),
    K.PRECHORUS: _row(0.75, 0.75, 0.60, 0.85, 0.65, 0.55, 0.55, 0.60),
    K.HOOK: _row(1.00, 0.95, 1.00, 0.92, 0.60, 0.94, 0.80, 0.40),
    K.BRIDGE: _row(0.40, 0.50, 0.55, 0.85, 0.80, 0.70, 0.50, 0.45),
    K.BREAKDOWN: _row(0.03, 0.35, 0.25, 0.90, 0.92, 0.80, 0.65, 0.60),
    K.BUILD: _row(0.80, 0.90, 0.40, 0.80, 0.75, 0.65, 0.50, 0.85),
    K.DROP: _row(1.00, 0.96, 1.00, 0.90, 0.60, 0.92, 0.70, 0.55),
    K.SOLO: _row(0.95, 0.85, 0.95, 0.80, 0.45, 1.00, 0.20, 0.20),
    K.OUTRO: _row(0.95, 0.85, 0.45, 0.35, 0.40, 0.15, 0.10, 0.50),
}
"""House, techno and their kin: drums in front for the DJ, no kick in the breakdown, everything in the drop."""

BAND: Final[Presence] = {
    **BEAT,
    K.INTRO: _row(0.40, 0.30, 0.30, 0.90, 0.50, 0.75, 0.15, 0.30),
    K.VERSE: _row(1.05, 0.50, 1.05, 0.90, 0.35, 0.40, 0.80, 0.10),
    K.PRECHORUS: _row(0.85, 0.65, 0.85, 0.95, 0.60, 0.55, 0.85, 0.40),
}
"""Pop, rock, R&B: chords carry the verse, the hook is full."""

GROOVE: Final[Presence] = {
    **BEAT,
    K.INTRO: _row(0.20, 0.75, 0.10, 0.85, 0.45, 0.70, 0.40, 0.40),
    K.BREAKDOWN: _row(0.10, 0.80, 0.20, 0.80, 0.60, 0.65, 0.60, 0.40),
    K.OUTRO: _row(0.35, 0.75, 0.35, 0.80, 0.50, 0.60, 0.40, 0.35),
}
"""Reggaeton, afrobeats, amapiano: percussion first, then chords, then the drum and the bass."""

DRIFT: Final[Presence] = {
    kind: _row(*likings)
    for kind, likings in {
        K.INTRO: (0.02, 0.10, 0.20, 0.60, 0.98, 0.40, 0.30, 0.80),
        K.VERSE: (0.20, 0.35, 0.55, 0.80, 0.95, 0.70, 0.45, 0.55),
        K.PRECHORUS: (0.20, 0.40, 0.55, 0.80, 0.95, 0.70, 0.45, 0.60),
        K.HOOK: (0.60, 0.60, 0.85, 0.92, 0.98, 0.94, 0.75, 0.60),
        K.BRIDGE: (0.10, 0.30, 0.40, 0.80, 0.90, 0.85, 0.60, 0.60),
        K.BREAKDOWN: (0.01, 0.15, 0.15, 0.70, 0.98, 0.60, 0.50, 0.80),
        K.BUILD: (0.30, 0.50, 0.55, 0.85, 0.90, 0.75, 0.50, 0.80),
        K.DROP: (0.90, 0.80, 0.95, 0.90, 0.90, 0.90, 0.70, 0.60),
        K.SOLO: (0.30, 0.40, 0.60, 0.70, 0.90, 1.00, 0.30, 0.40),
        K.OUTRO: (0.02, 0.10, 0.20, 0.60, 0.98, 0.45, 0.30, 0.80),
    }.items()
}
"""Ambient and cinematic: pads hold everything, drums may never come."""


SHORT: Final[Lengths] = {
    K.INTRO: {4: 0.42, 8: 0.58},
    K.VERSE: {16: 0.62, 8: 0.20, 12: 0.18},
    K.PRECHORUS: {4: 0.55, 8: 0.45},
    K.HOOK: {8: 0.86, 16: 0.14},
    K.BRIDGE: {8: 0.75, 4: 0.25},
    K.BREAKDOWN: {8: 0.66, 4: 0.34},
    K.BUILD: {4: 0.50, 8: 0.50},
    K.DROP: {16: 0.60, 8: 0.40},
    K.SOLO: {8: 0.80, 16: 0.20},
    K.OUTRO: {4: 0.46, 8: 0.54},
}
"""Song forms: rap verses of 16, hooks of 8."""

EVEN: Final[Lengths] = {
    **SHORT,
    K.VERSE: {8: 0.55, 16: 0.35, 12: 0.10},
    K.HOOK: {8: 0.74, 16: 0.26},
}
"""Sung forms: verses of 8 as often as of 16."""

LONG: Final[Lengths] = {
    **SHORT,
    K.INTRO: {16: 0.60, 8: 0.25, 32: 0.15},
    K.VERSE: {16: 0.70, 32: 0.15, 8: 0.15},
    K.HOOK: {16: 0.70, 8: 0.30},
    K.BREAKDOWN: {16: 0.62, 8: 0.28, 32: 0.10},
    K.BUILD: {8: 0.65, 16: 0.25, 4: 0.10},
    K.DROP: {32: 0.50, 16: 0.50},
    K.OUTRO: {16: 0.70, 8: 0.30},
}
"""Club forms: phrases of 16 and 32 that a DJ can mix."""

WIDE: Final[Lengths] = {
    kind: {16: 0.65, 8: 0.25, 24: 0.10} if kind not in {K.HOOK, K.DROP} else {16: 0.60, 32: 0.40} for kind in K
}
"""Ambient: long blocks."""


URBAN_ENTRANCES: Final[Entrances] = {
    K.VERSE: {None: 0.40, T.FILL: 0.30, T.IMPACT: 0.20, T.TAPE_STOP: 0.10},
    K.PRECHORUS: {None: 0.60, T.SWEEP_UP: 0.40},
    K.HOOK: {T.DROP_OUT: 0.40, T.FILL: 0.25, T.RISER: 0.20, T.IMPACT: 0.15},
    K.BRIDGE: {T.REVERB_TAIL: 0.50, T.SWEEP_DOWN: 0.30, None: 0.20},
    K.BREAKDOWN: {T.REVERB_TAIL: 0.45, T.SWEEP_DOWN: 0.35, T.TAPE_STOP: 0.20},
    K.BUILD: {T.SWEEP_UP: 0.60, None: 0.40},
    K.DROP: {T.DROP_OUT: 0.45, T.RISER: 0.30, T.IMPACT: 0.25},
    K.SOLO: {T.FILL: 0.60, None: 0.40},
    K.OUTRO: {T.REVERB_TAIL: 0.50, T.SWEEP_DOWN: 0.20, None: 0.30},
}

CLUB_ENTRANCES: Final[Entrances] = {
    K.VERSE: {T.FILL: 0.50, T.IMPACT: 0.25, None: 0.25},
    K.PRECHORUS: {T.SWEEP_UP: 0.60, None: 0.40},
    K.HOOK: {T.RISER: 0.60, T.FILL: 0.20, T.DROP_OUT: 0.20},
    K.BRIDGE: {T.SWEEP_DOWN: 0.60, T.REVERB_TAIL: 0.40},
    K.BREAKDOWN: {T.SWEEP_DOWN: 0.50, T.REVERB_TAIL: 0.40, T.IMPACT: 0.10},
    K.BUILD: {T.SWEEP_UP: 0.70, None: 0.30},
    K.DROP: {T.RISER: 0.60, T.DROP_OUT: 0.25, T.IMPACT: 0.15},
    K.SOLO: {T.FILL: 0.60, T.SWEEP_UP: 0.40},
    K.OUTRO: {T.IMPACT: 0.30, T.SWEEP_DOWN: 0.40, None: 0.30},
}

SOFT_ENTRANCES: Final[Entrances] = {
    kind: {T.CROSSFADE: 0.75, T.REVERB_TAIL: 0.20, T.SWEEP_UP: 0.05} for kind in K if kind is not K.INTRO
}

DUSTY_ENTRANCES: Final[Entrances] = {
    **URBAN_ENTRANCES,
    K.VERSE: {T.DROP_OUT: 0.30, T.FILL: 0.30, None: 0.40},
    K.HOOK: {T.DROP_OUT: 0.45, T.FILL: 0.30, T.SWEEP_UP: 0.15, T.TAPE_STOP: 0.10},
    K.BREAKDOWN: {T.TAPE_STOP: 0.40, T.SWEEP_DOWN: 0.60},
    K.BRIDGE: {T.SWEEP_DOWN: 0.60, T.TAPE_STOP: 0.25, T.REVERB_TAIL: 0.15},
}
