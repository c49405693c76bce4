"""Which words of the library a misspelt word may have meant."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHORTEST: Final = 4
_LONGEST: Final = 20
_TWO_SLIPS_FROM: Final = 8
"""A word as long as this may hold two slips."""
_MOST: Final = 3


class Spellings:
    """Plain words, in order, each as a row of letters: the distance to all of them is a few sums of columns."""

    def __init__(self, words: Sequence[str]) -> None:
        kept = [word for word in words if word.isalpha() and _SHORTEST - 1 <= len(word) <= _LONGEST]
        self._words = kept
        self._letters = np.array(kept, f"U{_LONGEST}").view(np.uint32).reshape(len(kept), _LONGEST)
        self._lengths = np.array([len(word) for word in kept], np.intp)
        self._kinds = _kinds(self._letters)

    def near(self, word: str) -> list[str]:
        """The nearest words within a slip (two in a long word): a letter more, less, other, or two swapped.

        Those that share the first letter before others, then by the alphabet; three at most. Optimal string alignment:
        Damerau's distance, no stretch of letters edited twice.
        """
        if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
            return []
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        typed = np.array([word], f"U{len(word)}").view(np.uint32).reshape(1, -1)
        # A slip changes two kinds of letters at most: that leaves few to look at.
        alike = np.bitwise_count(self._kinds ^ _kinds(typed)) <= 2 * slips
        rows = np.flatnonzero(alike & (np.abs(self._lengths - len(word)) <= slips))
        if not len(rows):
            return []
        distances = _distances(typed[0].tolist(), self._letters[rows, : len(word) + slips], self._lengths[rows])
        if distances.min() > slips:
            return []
        nearest = [self._words[row] for row in rows[distances == distances.min()].tolist()]
        return sorted(nearest, key=lambda other: (other[0] != word[0], other))[:_MOST]


def _kinds(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Which letters a row has, as bits; far alphabets share them."""
    bits = np.where(letters > 0, np.uint32(1) << (letters % 32), np.uint32(0))
    kinds: NDArray[np.uint32] = np.bitwise_or.reduce(bits, axis=1)
    return kinds


def _distances(typed: list[int], letters: NDArray[np.uint32], lengths: NDArray[np.intp]) -> NDArray[np.int16]:
    """Edits from what was typed to each row of letters, shape (rows,)."""
    width = letters.shape[1]
    before = np.zeros((len(letters), width + 1), np.int16)
    last = np.tile(np.arange(width + 1, dtype=np.int16), (len(letters), 1))
    for i, letter in enumerate(typed):
        now = np.empty_like(last)
        now[:, 0] = i + 1
        for j in range(width):
            other = letters[:, j] != letter
            now[:, j + 1] = np.minimum(np.minimum(last[:, j + 1], now[:, j]) + 1, last[:, j] + other)
            if i and j:
                swapped = (letters[:, j] == typed[i - 1]) & (letters[:, j - 1] == letter)
                now[swapped, j + 1] = np.minimum(now[swapped, j + 1], before[swapped, j - 1] + 1)
        before, last = last, now
    return last[np.arange(len(letters)), lengths]
