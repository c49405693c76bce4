"""How producers write words: letters doubled to tell files apart ("kickkk4"), two words in one ("tapesnare")."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from loopmind_chat.library.analysis.words import CONTINUOUS_PHRASES, LOOP_PHRASES, MEANINGS, MOODS, ONE_SHOT_PHRASES

_RUN: Final = re.compile(r"(.)\1+")
_LONG_RUN: Final = re.compile(r"(.)\1{2,}")
_PART_MIN: Final = 3
_SHORT_PARTS: Final = frozenset(("fx", "bd", "sd", "hh", "sn", "op", "cl"))
_KNOWN: Final = frozenset(
    word
    for phrase in (*MEANINGS, *MOODS, *LOOP_PHRASES, *ONE_SHOT_PHRASES, *CONTINUOUS_PHRASES)
    for word in phrase.split()
)
_JOINED: Final = _KNOWN | frozenset(
    ("open", "closed", "close", "pedal", "low", "high", "mid", "main", "full", "short", "long")
)
"""What may stand joined to a known word: "hhopen", "midtom"."""


def spelled(words: Sequence[str]) -> tuple[str, ...]:
    """The words as the vocabulary writes them; what it does not know stays as it is."""
    return tuple(piece for word in words for piece in _spelled(word))


@lru_cache(maxsize=4096)
def _spelled(word: str) -> tuple[str, ...]:
    if word in _KNOWN or len(word) < _PART_MIN or not word.isalpha():
        return (word,)
    for shorter in (_LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word), _RUN.sub(r"\1", word)):
        if shorter in _KNOWN:
            return (shorter,)
    for cut in range(2, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if _part(first) and _part(second) and (first in _KNOWN or second in _KNOWN):
            return (first, second)
    return (word,)


def _part(piece: str) -> bool:
    return piece in _JOINED if len(piece) >= _PART_MIN else piece in _SHORT_PARTS
