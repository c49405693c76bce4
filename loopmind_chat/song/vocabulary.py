"""The closed sets of words that contracts rely on, and the other words people use for them."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a loop does in a song."""

    DRUMS = "drums"
    PERCUSSION = "percussion"
    BASS = "bass"
    MELODY = "melody"
    CHORDS = "chords"
    PAD = "pad"
    VOCAL = "vocal"
    FX = "fx"


UNPITCHED: Final = frozenset({Role.DRUMS, Role.PERCUSSION, Role.FX})
"""Roles that are never transposed."""


class SectionKind(StrEnum):
    """What a section is for."""

    INTRO = "intro"
    VERSE = "verse"
    PRECHORUS = "prechorus"
    HOOK = "hook"
    BRIDGE = "bridge"
    BREAKDOWN = "breakdown"
    BUILD = "build"
    DROP = "drop"
    SOLO = "solo"
    OUTRO = "outro"


class TransitionKind(StrEnum):
    """How a section is entered."""

    RISER = "riser"
    SWEEP_UP = "sweep_up"
    SWEEP_DOWN = "sweep_down"
    REVERB_TAIL = "reverb_tail"
    TAPE_STOP = "tape_stop"
    FILL = "fill"
    DROP_OUT = "drop_out"
    IMPACT = "impact"
    CROSSFADE = "crossfade"


class MixMode(StrEnum):
    """How the mix is finished."""

    RAW = "raw"
    POLISHED = "polished"
    TAPE = "tape"


class EffectKind(StrEnum):
    """Effects of a track or a layer."""

    REVERB = "reverb"
    DELAY = "delay"
    LOWPASS = "lowpass"
    HIGHPASS = "highpass"
    DISTORTION = "distortion"
    CHORUS = "chorus"
    PHASER = "phaser"
    COMPRESSOR = "compressor"
    BITCRUSH = "bitcrush"
    WIDEN = "widen"
    REVERSE = "reverse"
    CHOP = "chop"
    HALF_TIME = "half_time"
    DOUBLE_TIME = "double_time"


SECTION_SYNONYMS: Final = {
    "chorus": SectionKind.HOOK,
    "refrain": SectionKind.HOOK,
    "pre chorus": SectionKind.PRECHORUS,
    "pre-chorus": SectionKind.PRECHORUS,
    "pre hook": SectionKind.PRECHORUS,
    "pre-hook": SectionKind.PRECHORUS,
    "middle eight": SectionKind.BRIDGE,
    "middle 8": SectionKind.BRIDGE,
    "break down": SectionKind.BREAKDOWN,
    "break": SectionKind.BREAKDOWN,
    "buildup": SectionKind.BUILD,
    "build up": SectionKind.BUILD,
    "build-up": SectionKind.BUILD,
    "instrumental": SectionKind.SOLO,
    "ending": SectionKind.OUTRO,
    "end": SectionKind.OUTRO,
    "introduction": SectionKind.INTRO,
    "opening": SectionKind.INTRO,
}

ROLE_SYNONYMS: Final = {
    "drum": Role.DRUMS,
    "beat": Role.DRUMS,
    "beats": Role.DRUMS,
    "percs": Role.PERCUSSION,
    "perc": Role.PERCUSSION,
    "bassline": Role.BASS,
    "bass line": Role.BASS,
    "low end": Role.BASS,
    "lead": Role.MELODY,
    "leads": Role.MELODY,
    "melodies": Role.MELODY,
    "chord": Role.CHORDS,
    "keys": Role.CHORDS,
    "harmony": Role.CHORDS,
    "pads": Role.PAD,
    "vocals": Role.VOCAL,
    "vox": Role.VOCAL,
    "voice": Role.VOCAL,
    "voices": Role.VOCAL,
    "singer": Role.VOCAL,
    "effects": Role.FX,
    "effect": Role.FX,
    "sfx": Role.FX,
}
