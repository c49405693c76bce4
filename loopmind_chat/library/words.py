"""Matching loops by plain words: file names, folders, roles and tags, by BM25.

S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009), the variant with weighted
fields. A score is that sum over its own ceiling, so that it lies in 0 to 1 and can be mixed with a cosine.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.embed import COMMON_WORDS
from loopmind_chat.library.misspelling import Spellings
from loopmind_chat.library.name_words import joined_words, name_pieces, query_words, singular
from loopmind_chat.song.find import role_of
from loopmind_chat.song.loops import LoopFacts

SATURATION: Final = 1.2
"""BM25's k1: how much is gained by a word that stands in several places."""
LENGTH_SHARE: Final = 0.3
"""BM25's b: how much is lost by a loop that has many words. Names are short: a long one is hardly less about each."""

_NAME: Final = 100
_FOLDERS: Final = (60, 40, 25)
"""The folder that holds the file, and those above it: a pack's name says something of all its loops."""
_TAG, _ROLE = 50, 50
"""Plus as much again by confidence. Hundredths, and whole: sums of them do not depend on their order."""
_HARDLY: Final = 0.15
"""Tags less sure than this are not looked for."""
_UNIT: Final = 100.0
_WEIGHTS: Final = 256
"""More than any single weight."""
_NO_WORD: Final = -1
_EXACT, _SYNONYM, _BEGINNING, _MISSPELT = 1.0, 0.6, 0.8, 0.6
_MISSING_SHARE: Final = 0.01
"""A word of the query that no loop has weighs as if one in a hundred had it: what the others say counts for less."""
_BEGINNING_LETTERS: Final = 3
_TYPING_LETTERS: Final = 2
"""The last word of a query may be half typed."""
_LAST: Final = "\U0010ffff"
_KNOWN: Final = frozenset(singular(word) for text in COMMON_WORDS for word in text.split())

Scores = NDArray[np.float64]
_Found = tuple[NDArray[np.int32], NDArray[np.float64]]


class WordIndex:
    """Which rows hold which words: postings of all words in one pair of arrays, words in order of the alphabet.

    The words that begin alike lie side by side, so that a half-typed word is one slice. About 6 bytes a posting.
    """

    def __init__(self, loops: Sequence[LoopFacts]) -> None:
        postings = _Postings()
        for facts in loops:
            postings.add(facts)
        self._count = len(loops)
        self._words, self._starts, self._rows, self._weights = postings.sorted()
        self._place = {word: place for place, word in enumerate(self._words)}
        lengths = np.bincount(self._rows, self._weights, len(loops)) if loops else np.ones(1)
        self._damping = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(float(lengths.mean()), 1.0))
        self._spellings = Spellings(sorted(postings.plain))

    def scores(self, text: str) -> Scores:
        """How well each row matches a query, 0 to 1; shape (rows,)."""
        words = query_words(text)
        total = np.zeros(self._count)
        ceiling = 0.0
        for word in words:
            rows, frequency = self._found(word, half_typed=word == words[-1] and not text.endswith(" "))
            rarity = self._rarity(len(rows) or _MISSING_SHARE * self._count)
            ceiling += rarity
            total[rows] += rarity * frequency / (frequency + self._damping[rows])
        return total / ceiling if ceiling else total

    def _rarity(self, holders: float) -> float:
        return math.log(1.0 + (self._count - holders + 0.5) / (holders + 0.5))

    def _found(self, word: str, *, half_typed: bool) -> _Found:
        """The rows that hold the word, ascending, and how often: its best match counts."""
        spans = [(self._span(word), _EXACT)]
        role = role_of(word)
        if role is not None and role.value != word:
            spans.append((self._span(singular(role.value)), _SYNONYM))
        if len(word) >= (_TYPING_LETTERS if half_typed else _BEGINNING_LETTERS):
            spans.append((self._beginning(word), _BEGINNING))
        if word not in _KNOWN and not any(stop > start for (start, stop), _ in spans):
            spans += [(self._span(meant), _MISSPELT) for meant in self._spellings.near(word)]
        return self._best([(span, share) for span, share in spans if span[1] > span[0]])

    def _best(self, spans: Sequence[tuple[tuple[int, int], float]]) -> _Found:
        if not spans:
            return np.zeros(0, np.int32), np.zeros(0)
        if len(spans) == 1 and spans[0][1] in {_EXACT, _SYNONYM}:
            (start, stop), share = spans[0]
            return self._rows[start:stop], self._weights[start:stop].astype(np.float64) * (share / _UNIT)
        best = np.zeros(self._count)
        for (start, stop), share in spans:
            # As numbers of the kind it holds: numpy is forty times slower where it must convert them.
            weights = self._weights[start:stop].astype(np.float64) * (share / _UNIT)
            np.maximum.at(best, self._rows[start:stop].astype(np.intp), weights)
        rows = np.flatnonzero(best).astype(np.int32)
        return rows, best[rows]

    def _span(self, word: str) -> tuple[int, int]:
        place = self._place.get(word)
        return (0, 0) if place is None else (int(self._starts[place]), int(self._starts[place + 1]))

    def _beginning(self, word: str) -> tuple[int, int]:
        first, last = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        return int(self._starts[first]), int(self._starts[last])


class _Postings:
    """Collects (word, row, weight); what was taken apart once is looked up from then on, a hundred thousand times."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._spelt: list[str] = []
        self._pieces: dict[str, int] = {}
        self._neighbours: dict[tuple[int, int], int] = {}
        self._texts: dict[tuple[str, int], list[int]] = {}
        self._held: list[int] = []
        """Number of the word and weight in one number."""
        self._ends: list[int] = []
        self.plain: set[str] = set()
        """Words that stand in names as they are: what a misspelling may have meant."""

    def add(self, facts: LoopFacts) -> None:
        """Take in the words by which the next loop is found."""
        texts, role = self._texts, facts.role_confidence
        self._held += self._split(facts.name, _NAME)
        known = [*zip(_above(facts.path), _FOLDERS, strict=False), (facts.role.value, _ROLE + round(_ROLE * role))]
        known += [(tag, _TAG + round(_TAG * sure)) for tag, sure in facts.tags.items() if sure >= _HARDLY]
        for said in known:
            self._held += texts.get(said) or self._learn(said)
        self._ends.append(len(self._held))

    def sorted(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """Words in order; where the postings of each begin, and one more; their rows, ascending; their weights."""
        words = sorted(self._words)
        rank = np.empty(len(words), np.int64)
        rank[[self._words[word] for word in words]] = np.arange(len(words))
        count = max(len(self._ends), 1)
        ends = np.array([0, *self._ends], np.int64)
        rows = np.repeat(np.arange(len(self._ends)), ends[1:] - ends[:-1])
        numbers, weights = np.divmod(np.array(self._held, np.int64), _WEIGHTS)
        keys = (rank[numbers] * count + rows) * _WEIGHTS + weights
        keys.sort()
        keys, weights = np.divmod(keys, _WEIGHTS)
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        together = np.add.reduceat(weights, first) if len(first) else weights
        places, row_of = np.divmod(keys[first], count)
        starts = np.searchsorted(places, np.arange(len(words) + 1))
        return words, starts, row_of.astype(np.int32), together.astype(np.float32)

    def _learn(self, said: tuple[str, int]) -> list[int]:
        self._texts[said] = held = self._split(*said)
        return held

    def _split(self, text: str, weight: int) -> list[int]:
        pieces, neighbours = self._pieces, self._neighbours
        parts = [pieces[piece] if piece in pieces else self._new_piece(piece) for piece in name_pieces(text)]
        held = [part * _WEIGHTS + weight for part in parts]
        for pair in pairwise(parts):
            joined = neighbours[pair] if pair in neighbours else self._new_pair(pair)
            if joined != _NO_WORD:
                held.append(joined * _WEIGHTS + weight)
        return held

    def _new_piece(self, piece: str) -> int:
        word = singular(piece.lower())
        self.plain.add(word)
        self._pieces[piece] = number = self._number(word)
        return number

    def _new_pair(self, pair: tuple[int, int]) -> int:
        joined = joined_words([self._spelt[number] for number in pair])
        self._neighbours[pair] = number = self._number(joined[0]) if joined else _NO_WORD
        return number

    def _number(self, word: str) -> int:
        if word not in self._words:
            self._words[word] = len(self._spelt)
            self._spelt.append(word)
        return self._words[word]


def _above(path: str) -> list[str]:
    """The names of the folders that hold a file, the nearest first."""
    return path.replace("\\", "/").rsplit("/", len(_FOLDERS) + 1)[-2:0:-1]
