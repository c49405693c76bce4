"""How intense a section is, and how many voices that takes."""

from typing import Final

from loopmind_chat.compose.chance import dice
from loopmind_chat.song.vocabulary import SectionKind

_K = SectionKind
_ENERGY: Final = {
    _K.INTRO: 0.30, _K.VERSE: 0.55, _K.PRECHORUS: 0.65, _K.HOOK: 0.85, _K.BRIDGE: 0.50,
    _K.BREAKDOWN: 0.35, _K.BUILD: 0.65, _K.DROP: 0.92, _K.SOLO: 0.72, _K.OUTRO: 0.30,
}  # fmt: skip
_RISE: Final = 0.05
"""How much a repeat rises above the one before."""
_SHARES: Final = ((0.0, 0.14), (0.3, 0.40), (0.5, 0.62), (0.55, 0.70), (0.65, 0.76), (0.8, 0.92), (0.85, 1.0))
"""Energy to share of the song's voices that play: real loop songs average .71 of theirs."""


def usual_energy(kind: SectionKind, nth: int, *, lift: float = 0.0, seed: int = 0) -> float:
    """Energy of the ``nth`` section of a kind (from 1): hooks rise towards the end; ``lift`` is the mood's."""
    rise = _RISE * min(nth - 1, 2) if kind in {_K.VERSE, _K.HOOK, _K.DROP, _K.PRECHORUS} else 0.0
    chance = dice(seed, f"energy {kind} {nth}").uniform(-0.02, 0.02)
    return round(min(1.0, max(0.05, _ENERGY[kind] + rise + lift + chance)), 2)


def voices_at(energy: float, total: int, *, lift: float = 0.0) -> int:
    """How many of ``total`` voices play at an energy; at least one. ``lift`` is the mood's, which adds no voice."""
    share = share_at(energy - lift)
    return max(1, min(total, round(share * total)))


def share_at(energy: float) -> float:
    """Share of the voices that play at an energy."""
    below = [point for point in _SHARES if point[0] <= energy]
    above = [point for point in _SHARES if point[0] > energy]
    if not below:
        return _SHARES[0][1]
    if not above:
        return _SHARES[-1][1]
    (x0, y0), (x1, y1) = below[-1], above[0]
    return y0 + (y1 - y0) * (energy - x0) / (x1 - x0)
