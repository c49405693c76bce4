"""Matching loops by plain words: file names, folders, roles and tags."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.song.find import role_of
from loopmind_chat.song.loops import LoopFacts

_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")
_EMPTY: Final = frozenset(
    {
        "a", "an", "the", "some", "any", "and", "or", "with", "in", "of", "for", "to", "me", "my", "it", "its", "that",
        "this", "something", "more", "very", "really", "like", "sound", "loop", "sample", "please", "find", "give",
        "want",
    }
)  # fmt: skip
_NAME, _FOLDER, _TAG, _ROLE, _PREFIX = 1.0, 0.6, 0.5, 0.5, 0.8
_PREFIX_LETTERS: Final = 3
_LAST: Final = "\U0010ffff"


def name_words(text: str) -> list[str]:
    """The words of a file name: "Dark808_Hi-Hat" is dark, 808, hi, hat, and two neighbours as one word: hihat."""
    parts = [_singular(part.lower()) for part in _PART.findall(text)]
    return parts + [one + two for one, two in pairwise(parts) if not (one.isdigit() or two.isdigit())]


def query_words(text: str) -> list[str]:
    """The words of a query that can be found in names and tags, each once."""
    parts = (_singular(part) for part in re.findall(r"[^\W_]+", text.lower()))
    return list(dict.fromkeys(part for part in parts if part not in _EMPTY))


def weighted_words(facts: LoopFacts) -> dict[str, float]:
    """The words by which a loop is found, each with its weight in 0..1."""
    weights: dict[str, float] = {}
    for tag, confidence in facts.tags.items():
        _raise_to(weights, name_words(tag), _TAG + (1 - _TAG) * confidence)
    _raise_to(weights, [facts.role.value], _ROLE + (1 - _ROLE) * facts.role_confidence)
    _raise_to(weights, name_words(PurePath(facts.path).parent.name), _FOLDER)
    _raise_to(weights, name_words(facts.name), _NAME)
    return weights


class WordIndex:
    """Which rows hold which words, and with what weight."""

    def __init__(self, rows: Sequence[Mapping[str, float]]) -> None:
        lists: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for row, words in enumerate(rows):
            for word, weight in words.items():
                numbers, weights = lists[word]
                numbers.append(row)
                weights.append(weight)
        self._rows = {word: np.array(numbers, np.intp) for word, (numbers, _) in lists.items()}
        self._weights = {word: np.array(weights) for word, (_, weights) in lists.items()}
        self._sorted = sorted(lists)
        self._count = len(rows)

    def scores(self, text: str) -> NDArray[np.float64]:
        """How well each row matches a query: the mean over its words of the best match, 0 to 1; shape (rows,)."""
        words = query_words(text)
        total = np.zeros(self._count)
        for word in words:
            total += self._matches(word)
        return total / max(len(words), 1)

    def _matches(self, word: str) -> NDArray[np.float64]:
        best = np.zeros(self._count)
        self._take_better(best, word, 1.0)
        role = role_of(word)
        if role is not None:
            self._take_better(best, role.value, 1.0)
        if len(word) >= _PREFIX_LETTERS:
            first, last = bisect_left(self._sorted, word), bisect_left(self._sorted, word + _LAST)
            for longer in self._sorted[first:last]:
                self._take_better(best, longer, _PREFIX)
        return best

    def _take_better(self, best: NDArray[np.float64], word: str, factor: float) -> None:
        rows = self._rows.get(word)
        if rows is not None:
            best[rows] = np.maximum(best[rows], self._weights[word] * factor)


def _raise_to(weights: dict[str, float], words: Iterable[str], weight: float) -> None:
    for word in words:
        if weights.get(word, 0.0) < weight:
            weights[word] = weight


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _PREFIX_LETTERS and word.endswith("s") and not word.endswith("ss") else word
