"""What names say about a tempo: numbers, stated ranges, folders, and words for half and double time."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.tempo_onsets import Doubles
from loopmind_chat.library.analysis.words import DOUBLE_TIME_PHRASES, HALF_TIME_PHRASES, PHRASE_WORDS_MAX

_EXPLICIT: Final = 8.0
"""Log odds of a tempo written with "BPM": right but for stretched files that kept an old name."""
_BARE: Final = 5.0
"""The same for a bare number, where the length is whole beats at it."""
_BARE_FREE: Final = 0.5
"""The same, where it is not: numbers in names mean many things."""
_FOLDER: Final = 5.0
_FOLDER_BARE: Final = 3.5
_RANGE: Final = 3.0
_TIME_WORD: Final = 1.2
"""Log odds an octave for what is called half-time (heard at half its tempo), or double-time."""
_SAME: Final = 0.006
_LOWEST: Final = 55.0
_HIGHEST: Final = 215.0


@dataclass(frozen=True, slots=True)
class Hint:
    """A tempo that a name gives."""

    bpm: float
    borne: float
    """Log odds where the length bears it."""
    unborne: float
    """Log odds where it does not."""
    source: str


@dataclass(frozen=True, slots=True)
class TempoWords:
    """Everything that the names of a file and of its folders say about its tempo."""

    hints: tuple[Hint, ...]
    """The plainest first."""
    explicit: bool
    """Whether the first is written with "BPM"."""
    between: tuple[float, float] | None
    """A stated range."""
    lean: float
    """Log odds an octave towards fast readings."""

    def odds(self, bpm: Doubles, borne: npt.NDArray[np.bool_]) -> Doubles:
        """Log odds of each reading of the tempo; ``borne``: whether the length bears it."""
        total = self.lean * np.log2(bpm)
        if self.between is not None:
            low, high = self.between
            total = total + _RANGE * ((bpm >= low - 0.5) & (bpm <= high + 0.5))
        for hint in self.hints:
            named = np.abs(bpm / hint.bpm - 1) < _SAME
            total = total + np.where(named, np.where(borne, hint.borne, hint.unborne), 0.0)
        return np.asarray(total, np.float64)

    def source(self, bpm: float) -> str:
        """Which name gives ``bpm``: "name", "folder", or nothing."""
        return next((hint.source for hint in self.hints if abs(hint.bpm / bpm - 1) < _SAME), "")


def tempo_words(name: NameFacts) -> TempoWords:
    """Read what the names say; whether it is true, the length and the sound decide."""
    hints = []
    explicit = name.explicit_bpm
    if explicit is not None:
        borne = _EXPLICIT if name.explicit_in_file else _FOLDER
        hints.append(Hint(explicit, borne, borne, "name" if name.explicit_in_file else "folder"))
    hints += [Hint(number, _BARE, _BARE_FREE, "name") for number in name.bare_numbers if _LOWEST < number < _HIGHEST]
    hints += [Hint(number, _FOLDER_BARE, 0.0, "folder") for number in name.folder_numbers]
    said = (name.words, *name.folders)
    lean = sum(_lean(words) for words in said)
    known: dict[float, Hint] = {}
    for hint in hints:
        known.setdefault(hint.bpm, hint)
    return TempoWords(tuple(known.values()), bool(hints) and explicit is not None, name.range_bpm, lean)


def _lean(words: tuple[str, ...]) -> float:
    present = {phrase for _, _, phrase in phrases(words, PHRASE_WORDS_MAX)}
    return _TIME_WORD * (bool(present & HALF_TIME_PHRASES) - bool(present & DOUBLE_TIME_PHRASES))
