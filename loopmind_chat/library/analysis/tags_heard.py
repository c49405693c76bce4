"""Which of a music tagger's answers are worth repeating about a loop, and how sure they are then.

The tagger knows whole songs. Of its fifty tags these were borne out by names and labels of freely licensed packs (472
sounds, few of each kind): a probability of one half was right every second time for guitar, piano, flute and strings.
Its genres were not (techno, dance and electronic were no better than .6 by the area under the curve), so genres come
from words alone; and a bass or a drum that it calls a piano is no piano.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from loopmind_chat.song.vocabulary import Role

_PITCHED: Final = frozenset({Role.MELODY, Role.CHORDS, Role.PAD})
_LEAST: Final = 0.25
"""What is less sure than this is not told."""


@dataclass(frozen=True, slots=True)
class _Hint:
    tag: str
    share: float
    """How often the network is right where it is sure."""
    most: float
    roles: frozenset[Role]


_HINTS: Final = {
    "guitar": _Hint("guitar", 0.8, 0.65, _PITCHED),
    "piano": _Hint("piano", 0.7, 0.5, _PITCHED),
    "strings": _Hint("strings", 0.7, 0.5, _PITCHED),
    "violin": _Hint("strings", 0.7, 0.5, _PITCHED),
    "flute": _Hint("flute", 0.7, 0.5, _PITCHED),
    "synth": _Hint("synth", 1.2, 0.5, _PITCHED | {Role.BASS}),
    "ambient": _Hint("ambient", 1.6, 0.7, frozenset({Role.PAD, Role.CHORDS, Role.FX})),
}
_CALM: Final = ("ambient", "new age", "slow", "soft")
_ENERGETIC: Final = ("beat", "drums", "dance", "techno", "fast", "loud", "rock")
_CLEAR: Final = 2.5
"""Difference of log odds from which a mood is told: a loop in four on either side."""
_SURER: Final = 0.08
_MOOD_MAX: Final = 0.5
_TINY: Final = 1e-6


def tagged(heard: Mapping[str, float], role: Role, *, is_loop: bool) -> Iterator[tuple[str, float]]:
    """Tags and confidences from the network's probabilities by its own tag names."""
    for source, hint in _HINTS.items():
        confidence = min(hint.most, hint.share * heard.get(source, 0.0))
        if role in hint.roles and confidence >= _LEAST:
            yield hint.tag, confidence
    if is_loop and heard:
        calm = _log_odds(heard, _CALM) - _log_odds(heard, _ENERGETIC)
        if abs(calm) >= _CLEAR:
            yield "calm" if calm > 0 else "energetic", min(_MOOD_MAX, _LEAST + _SURER * (abs(calm) - _CLEAR))


def _log_odds(heard: Mapping[str, float], tags: tuple[str, ...]) -> float:
    chance = min(max(_TINY, *(heard.get(tag, 0.0) for tag in tags)), 1 - _TINY)
    return math.log(chance / (1 - chance))
