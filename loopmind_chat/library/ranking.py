"""Exact order, found quickly: bounds say who may come first, single precision says who may still, double decides.

Single-precision sums of 384 products of unit vectors are off by less than 5e-6 (eight lanes of 48 terms each), and by
how much depends on the machine and on the rows beside. What decides is summed in double precision and rounded, so that
the same vectors give the same order everywhere, and equal scores go by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.sketch import Sketch

DIGITS: Final = 4
_STEP: Final = 10.0**-DIGITS
_SINGLE_ERROR: Final = 5e-6
_CHUNK: Final = 16_384
_FEW: Final = 4_096
"""So many rows are looked at without bounds first."""
_TRIED: Final = 64
"""How many of the most promising are looked at to learn how good the best are."""

Rows = NDArray[np.intp]
Scores = NDArray[np.float64]


class VectorTable:
    """The vectors of some rows; the others have none."""

    def __init__(self, rows: Rows, vectors: Vectors, count: int) -> None:
        self.vectors = vectors
        self._place = np.full(count, -1, np.intp)
        self._place[rows] = np.arange(len(rows))
        self._all = len(rows) == count
        self.rows = rows
        """Rows with a vector, ascending."""

    @classmethod
    def of(cls, vectors: Sequence[Vectors | None], dimensions: int = 0) -> Self:
        """From the vector of each row; ``dimensions`` is their length, where there may be none."""
        held = [(row, vector) for row, vector in enumerate(vectors) if vector is not None]
        stacked = np.stack([vector for _, vector in held]) if held else np.zeros((0, dimensions), np.float32)
        return cls(np.array([row for row, _ in held], np.intp), stacked, len(vectors))

    def ceilings(self, vector: Vectors, rows: Rows) -> Scores:
        """What the cosines cannot exceed; 0 for rows without a vector."""
        if not self.is_sketched:
            return self.quick_cosines(vector, rows) + _SINGLE_ERROR
        if self._all and len(rows) == len(self._place):
            return self._sketch.ceilings(vector)
        places = self._place[rows]
        has = places >= 0
        ceilings = np.zeros(len(rows))
        ceilings[has] = self._sketch.ceilings(vector, places[has])
        return ceilings

    def quick_cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """Cosines in single precision; 0 for rows without a vector."""
        if self._all and len(rows) == len(self._place):
            return (self.vectors @ vector).astype(np.float64)
        places = self._place[rows]
        has = places >= 0
        cosines = np.zeros(len(rows))
        if 3 * np.count_nonzero(has) > len(self.vectors):  # a product of all is quicker than a copy of many
            cosines[has] = (self.vectors @ vector)[places[has]]
        else:
            cosines[has] = self.vectors[places[has]] @ vector
        return cosines

    def exact_cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """Cosines in double precision; 0 for rows without a vector."""
        wide = vector.astype(np.float64)
        cosines = np.zeros(len(rows))
        for start in range(0, len(rows), _CHUNK):
            part = slice(start, start + _CHUNK)
            places = self._place[rows[part]]
            has = places >= 0
            # Row by row: the sums of a product of matrices depend on how many rows it has.
            cosines[part][has] = np.einsum("ij,j->i", self.vectors[places[has]].astype(np.float64), wide)
        return cosines

    def rounded_cosines(self, vector: Vectors) -> Scores:
        """The exact cosine of each of ``self.rows``, rounded."""
        quick = self.quick_cosines(vector, self.rows)
        # Only those that single precision may have put on the wrong side of a rounding step are summed again.
        unsure = np.abs(quick / _STEP % 1.0 - 0.5) < _SINGLE_ERROR / _STEP
        quick[unsure] = self.exact_cosines(vector, self.rows[unsure])
        return np.round(quick, DIGITS)

    @property
    def is_sketched(self) -> bool:
        """Whether bounds tell enough to be worth their time."""
        return self._sketch.pays

    @cached_property
    def _sketch(self) -> Sketch:
        return Sketch(self.vectors)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Part of a query: near this vector, for so much of the score; what points away is as far as what is unrelated."""

    table: VectorTable
    vector: Vectors
    share: float


class Blend:
    """Scores of one query: so much for its words, so much for each likeness; 0 to 1."""

    def __init__(self, words: Scores, word_share: float, likenesses: Sequence[Likeness]) -> None:
        self._words = words
        self._share = word_share
        self._likenesses = likenesses

    def best(self, rows: Rows, count: int) -> list[tuple[int, float]]:
        """The best of some rows with their rounded scores, best first, ties by row."""
        if self._likenesses and len(rows) > max(_FEW, 4 * count):
            rows = self._promising(rows, count)
        quick = self._words[rows] * self._share
        for like in self._likenesses:
            quick += like.share * np.maximum(like.table.quick_cosines(like.vector, rows), 0.0)
        rows = rows[quick >= _kth(quick, count) - _STEP - _SINGLE_ERROR]
        exact = np.round(self.exact(rows), DIGITS)
        order = np.lexsort((rows, -exact))[:count]
        return list(zip(rows[order].tolist(), exact[order].tolist(), strict=True))

    def exact(self, rows: Rows) -> Scores:
        """Scores in double precision, not rounded."""
        scores = self._words[rows] * self._share
        for like in self._likenesses:
            scores += like.share * np.maximum(like.table.exact_cosines(like.vector, rows), 0.0)
        return scores

    def reach(self, recalled: Rows, count: int) -> Rows | None:
        """All rows that may be among the best, given those nearest by its one likeness; None where these are too few.

        A row that was not recalled is no nearer than the nearest: without enough words it stays below the bar.
        """
        if len(recalled) < count:
            return None
        (like,) = self._likenesses
        nearest = max(float(like.table.exact_cosines(like.vector, recalled).max()), 0.0)
        bar = _kth(self.exact(recalled), count)
        worded = (self._words > 0) & (self._words * self._share >= bar - _STEP - like.share * nearest)
        return np.union1d(recalled, np.flatnonzero(worded))

    def _promising(self, rows: Rows, count: int) -> Rows:
        """The rows whose bounds let them be among the best: none of the best is lost.

        First as if all were as near as can be: where words are found, little else is worth a look at its vector.
        """
        worded = rows[self._words[rows] > 0] if self._share else rows[:0]
        if len(worded) >= count:
            room = sum(like.share for like in self._likenesses)
            bar = self._bar(worded, self._words[worded], count)
            rows = rows[self._words[rows] * self._share + room >= bar]
        if len(rows) <= _FEW or not any(like.table.is_sketched for like in self._likenesses):
            return rows
        ceilings = self._words[rows] * self._share
        for like in self._likenesses:
            ceilings += like.share * np.maximum(like.table.ceilings(like.vector, rows), 0.0)
        return rows[ceilings >= self._bar(rows, ceilings, count)]

    def _bar(self, rows: Rows, promise: Scores, count: int) -> float:
        """What the best are sure to reach: the ``count``-th score of the most promising, less what rounding may add."""
        tried = rows[promise >= _kth(promise, max(_TRIED, 2 * count))][: max(_FEW, 2 * count)]
        return _kth(self.exact(tried), count) - _STEP


def best_by_words(rows: Rows, words: Scores, count: int) -> list[tuple[int, float]]:
    """The rows that match any word, with their rounded scores, best first, ties by row."""
    matching = rows[words[rows] > 0]
    scores = np.round(words[matching], DIGITS)
    order = np.lexsort((matching, -scores))[:count]
    return list(zip(matching[order].tolist(), scores[order].tolist(), strict=True))


def _kth(scores: Scores, count: int) -> float:
    """The ``count``-th best score; the least where there are not more."""
    return float(np.partition(scores, -count)[-count]) if len(scores) >= count else -np.inf
