"""Levels at which loops are laid into a song, before anyone mixes it."""

from typing import Final

from loopmind_chat.compose.pieces import Piece
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_LOOP_LUFS: Final = {
    Role.DRUMS: -16.0,
    Role.PERCUSSION: -23.0,
    Role.BASS: -17.5,
    Role.MELODY: -18.0,
    Role.CHORDS: -18.5,
    Role.PAD: -22.0,
    Role.VOCAL: -17.5,
    Role.FX: -28.0,
}
"""Integrated loudness of a loop of each role: drums in front, beds behind."""
_HIT_PEAK_DB: Final = {
    Piece.KICK: -4.0,
    Piece.SNARE: -6.0,
    Piece.CLAP: -8.0,
    Piece.HATS: -15.0,
    Piece.OPEN_HATS: -16.0,
    Piece.RIM: -12.0,
    Piece.SHAKER: -18.0,
    Piece.COWBELL: -16.0,
    Piece.TOM: -10.0,
    Piece.PERC: -14.0,
    Piece.RIDE: -18.0,
    Piece.CRASH: -13.0,
    Piece.BASS: -6.0,
    Piece.IMPACT: -9.0,
    Piece.RISER: -13.0,
    Piece.FALL: -15.0,
    Piece.STAB: -12.0,
    Piece.VOICE: -10.0,
    Piece.NOISE: -18.0,
}
"""Peak of a one-shot of each piece."""
_CUT_MAX_DB: Final = -18.0
_LIFT_MAX_DB: Final = 9.0
_ENERGY_DB: Final = 1.6


def level_of(facts: LoopFacts, role: Role, piece: Piece | None = None) -> float:
    """Gain in dB that brings a loop to the usual level of its role, or a one-shot to that of its piece."""
    if piece is not None and not facts.is_loop:
        if facts.peak_db is None:
            return _HIT_PEAK_DB[piece] / 2
        gain = _HIT_PEAK_DB[piece] - facts.peak_db
    elif facts.loudness_lufs is None:
        return 0.0
    else:
        gain = _LOOP_LUFS[role] - facts.loudness_lufs
    return round(min(_LIFT_MAX_DB, max(_CUT_MAX_DB, gain)), 1)


def energy_gain(energy: float) -> float:
    """DB that a section of low energy is played below one of full energy."""
    return round(-_ENERGY_DB * (1.0 - energy), 1)
