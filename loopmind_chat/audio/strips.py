"""What a track's sound passes through: the tone of its role, its compression, the effects that the song asks for."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from pedalboard import (
    Bitcrush,
    Chorus,
    Compressor,
    Delay,
    Distortion,
    Gain,
    HighpassFilter,
    HighShelfFilter,
    LowpassFilter,
    PeakFilter,
    Phaser,
    Plugin,
    Reverb,
)
from pedalboard._pedalboard import Pedalboard

from loopmind_chat.song.model import Effect
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import EffectKind, Role

Samples = npt.NDArray[np.float32]

BLOCK_MAX: Final = 8_192
"""Most frames a board takes at once. A board that has once seen as many gives the same for any smaller blocks."""

HIGH_PASS_HZ: Final = {
    Role.DRUMS: 28.0,
    Role.PERCUSSION: 180.0,
    Role.BASS: 32.0,
    Role.MELODY: 120.0,
    Role.CHORDS: 110.0,
    Role.PAD: 150.0,
    Role.VOCAL: 90.0,
    Role.FX: 100.0,
}
_CUTS: Final[dict[Role, tuple[tuple[float, float, float], ...]]] = {
    Role.DRUMS: ((350.0, -2.0, 1.2),),
    Role.MELODY: ((300.0, -1.5, 1.0),),
    Role.CHORDS: ((300.0, -2.0, 1.0),),
    Role.PAD: ((300.0, -2.5, 1.0),),
    Role.VOCAL: ((3_000.0, 1.0, 0.8),),
}
"""Hz, dB and Q: room for bass, kick and voice where the others crowd them."""
_COMPRESSION: Final = {Role.BASS: (-18.0, 3.0, 10.0, 120.0), Role.VOCAL: (-20.0, 2.5, 8.0, 100.0)}
"""Threshold dB, ratio, attack and release ms."""


class Board:
    """A chain of effects with its own state: one strip, one thread. Blocks are (frames, 2), at most BLOCK_MAX long."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self._board = Pedalboard(list(plugins))
        self.reset()

    def reset(self) -> None:
        """Forget every tail and envelope."""
        self._board.reset()
        # the first call fixes the largest block; a later larger one would reset the chain in mid-song
        self._board(np.zeros((BLOCK_MAX, 2), np.float32), SAMPLE_RATE, reset=False)

    def __call__(self, block: Samples) -> Samples:
        """The block as it leaves the chain, of the same shape."""
        return self._board(block, SAMPLE_RATE, reset=False)


def tone_plugins(role: Role) -> Iterator[Plugin]:
    """High-pass and gentle cuts of a role. They never change, so they are prepared with the clips."""
    yield HighpassFilter(HIGH_PASS_HZ[role])
    for hertz, gain_db, quality in _CUTS.get(role, ()):
        yield PeakFilter(hertz, gain_db, quality)
    if role is Role.DRUMS:
        yield HighShelfFilter(9_000.0, 1.0)


def compression(role: Role) -> Iterator[Plugin]:
    """What evens out the level of a role in the polished and tape mixes, where anything does."""
    if role in _COMPRESSION:
        yield Compressor(*_COMPRESSION[role])


def effect_plugins(effects: Sequence[Effect], tempo: float) -> Iterator[Plugin]:
    """The plugins of a song's effects, in its order; ``widen`` is none of them (see :func:`widened`)."""
    for effect in effects:
        yield from _plugins(effect.kind, min(max(effect.amount, 0.0), 1.0), tempo)


def width_of(effects: Sequence[Effect]) -> float:
    """Gain of the side signal that the song asks for; 1 leaves it."""
    return math.prod(1.0 + 1.2 * effect.amount for effect in effects if effect.kind is EffectKind.WIDEN)


def widened(block: Samples, width: float) -> Samples:
    """The block with its side signal scaled; what is in the middle stays."""
    middle = (block[:, 0] + block[:, 1]) * np.float32(0.5)
    side = (block[:, 0] - block[:, 1]) * np.float32(0.5 * width)
    return np.stack((middle + side, middle - side), axis=1)


def _plugins(kind: EffectKind, amount: float, tempo: float) -> Iterator[Plugin]:
    match kind:
        case EffectKind.REVERB:
            # JUCE doubles the dry level and triples the wet one
            yield Reverb(0.3 + 0.6 * amount, 0.5, 0.05 + 0.25 * amount, 0.5 * (1.0 - 0.3 * amount))
        case EffectKind.DELAY:
            yield Delay(0.75 * 60.0 / tempo, feedback=0.2 + 0.4 * amount, mix=0.1 + 0.35 * amount)
        case EffectKind.LOWPASS:
            yield LowpassFilter(18_000.0 * (250.0 / 18_000.0) ** amount)
            yield LowpassFilter(18_000.0 * (250.0 / 18_000.0) ** amount)
        case EffectKind.HIGHPASS:
            yield HighpassFilter(30.0 * (2_500.0 / 30.0) ** amount)
            yield HighpassFilter(30.0 * (2_500.0 / 30.0) ** amount)
        case EffectKind.DISTORTION:
            yield Distortion(4.0 + 26.0 * amount)
            yield Gain(-0.45 * (4.0 + 26.0 * amount))
        case EffectKind.CHORUS:
            yield Chorus(1.1, 0.15 + 0.35 * amount, 8.0, 0.0, 0.2 + 0.4 * amount)
        case EffectKind.PHASER:
            yield Phaser(0.4, depth=0.5, mix=0.2 + 0.4 * amount)
        case EffectKind.COMPRESSOR:
            yield Compressor(-14.0 - 16.0 * amount, 2.0 + 4.0 * amount, 8.0, 120.0)
            yield Gain(1.0 + 5.0 * amount)
        case EffectKind.BITCRUSH:
            yield Bitcrush(10.0 - 7.0 * amount)
        case _:  # widen is arithmetic, and variations are prepared
            return
