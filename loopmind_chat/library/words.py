"""Matching loops by plain words: file names, folders, roles and tags."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePath
from typing import Final

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


def name_words(text: str) -> list[str]:
    """The words of a file name: "Dark808_Loop" is dark, 808, loop, and each two neighbours as one word."""
    parts = [_singular(part.lower()) for part in _PART.findall(text)]
    return parts + [first + second for first, second in pairwise(parts)]


def query_words(text: str) -> list[str]:
    """The words of a query that can be found in names and tags, each once."""
    parts = (_singular(part) for part in re.findall(r"[^\W_]+", text.lower()))
    return list(dict.fromkeys(part for part in parts if part not in _EMPTY))


def weighted_words(facts: LoopFacts) -> dict[str, float]:
    """The words by which a loop is found, each with its weight in 0..1."""
    weights: dict[str, float] = defaultdict(float)
    for tag, confidence in facts.tags.items():
        _raise_to(weights, name_words(tag), _TAG + (1 - _TAG) * confidence)
    _raise_to(weights, [facts.role.value], _ROLE + (1 - _ROLE) * facts.role_confidence)
    _raise_to(weights, name_words(PurePath(facts.path).parent.name), _FOLDER)
    _raise_to(weights, name_words(facts.name), _NAME)
    return dict(weights)


class WordIndex:
    """Which rows hold which words."""

    def __init__(self, loops: Iterable[LoopFacts]) -> None:
        self._rows: dict[str, dict[int, float]] = defaultdict(dict)
        for row, facts in enumerate(loops):
            for word, weight in weighted_words(facts).items():
                self._rows[word][row] = weight

    def scores(self, text: str) -> dict[int, float]:
        """How well rows match a query: the mean over its words of the best match, in 0..1; others match nothing."""
        words = query_words(text)
        total: dict[int, float] = defaultdict(float)
        for word in words:
            for row, weight in self._matches(word).items():
                total[row] += weight
        return {row: weight / len(words) for row, weight in total.items()}

    def _matches(self, word: str) -> dict[int, float]:
        best = dict(self._rows.get(word, {}))
        role = role_of(word)
        if role is not None and role.value != word:
            _take_better(best, self._rows.get(role.value, {}), 1.0)
        if len(word) >= _PREFIX_LETTERS:
            for other, rows in self._rows.items():
                if other.startswith(word) and other != word:
                    _take_better(best, rows, _PREFIX)
        return best


def _raise_to(weights: dict[str, float], words: Iterable[str], weight: float) -> None:
    for word in words:
        weights[word] = max(weights[word], weight)


def _take_better(best: dict[int, float], rows: dict[int, float], factor: float) -> None:
    for row, weight in rows.items():
        best[row] = max(best.get(row, 0.0), weight * factor)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _PREFIX_LETTERS and word.endswith("s") and not word.endswith("ss") else word
