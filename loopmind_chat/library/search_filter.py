"""Which loops a search admits, by role, tempo and key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.errors import LibraryError
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_TEMPO_SHARE: Final = 0.04
_ROUNDING: Final = 1e-9
_NO_KEY: Final = -1


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; None admits all."""

    role: Role | None = None
    bpm: float | None = None
    relative_major: int | None = None
    """Pitch class of the major key with the notes asked for: a relative key has the same."""

    @classmethod
    def of(cls, role: Role | None, bpm: float | None, key: str | None) -> Self:
        """From the words of a search; raises LibraryError where ``key`` names none."""
        if key is None:
            return cls(role, bpm)
        parsed = parse_key(key)
        if parsed is None:
            raise LibraryError(f'a key is written like "A minor", not {key!r}')
        return cls(role, bpm, parsed.relative_major)

    def __bool__(self) -> bool:
        return self != Filter()


class TempoKeyRole:
    """The columns that searches filter by."""

    def __init__(self, loops: Sequence[LoopFacts]) -> None:
        self._roles = np.array([facts.role.value for facts in loops])
        self._bpm = np.array([facts.bpm or np.nan for facts in loops], np.float64)
        self._majors = np.array([facts.key.relative_major if facts.key else _NO_KEY for facts in loops], np.int8)

    def rows(self, wanted: Filter) -> NDArray[np.intp]:
        """Ascending rows of the loops admitted; one without a tempo or a key is not, where that is asked for."""
        admitted = np.ones(len(self._bpm), bool)
        if wanted.role is not None:
            admitted &= self._roles == wanted.role.value
        if wanted.bpm is not None:
            near = np.zeros(len(self._bpm), bool)
            for factor in (0.5, 1.0, 2.0):
                near |= np.abs(self._bpm * factor - wanted.bpm) <= wanted.bpm * (_TEMPO_SHARE + _ROUNDING)
            admitted &= near
        if wanted.relative_major is not None:
            admitted &= self._majors == wanted.relative_major
        return np.flatnonzero(admitted)
