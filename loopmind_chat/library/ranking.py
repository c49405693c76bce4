"""Exact order, found quickly: single precision says who may come first, double precision says in which order.

Single-precision sums of 384 products of unit vectors are off by less than 5e-6 (eight lanes of 48 terms each), and by
how much depends on the machine and on the rows beside. What decides is summed in double precision and rounded, so that
the same vectors give the same order everywhere, and equal scores go by row.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.embed import Vectors

DIGITS: Final = 4
_STEP: Final = 10.0**-DIGITS
_SINGLE_ERROR: Final = 5e-6
_CHUNK: Final = 16_384

Rows = NDArray[np.intp]
Scores = NDArray[np.float64]


class VectorTable:
    """The vectors of some rows; the others have none."""

    def __init__(self, rows: Rows, vectors: Vectors, count: int) -> None:
        self._vectors = vectors
        self._place = np.full(count, -1, np.intp)
        self._place[rows] = np.arange(len(rows))
        self.rows = rows
        """Rows with a vector, ascending."""

    def quick_cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """Cosines in single precision; 0 for rows without a vector."""
        if len(rows) == len(self.rows) == len(self._place):
            return (self._vectors @ vector).astype(np.float64)
        places = self._place[rows]
        has = places >= 0
        cosines = np.zeros(len(rows))
        if 3 * np.count_nonzero(has) > len(self._vectors):  # a product of all is quicker than a copy of many
            cosines[has] = (self._vectors @ vector)[places[has]]
        else:
            cosines[has] = self._vectors[places[has]] @ vector
        return cosines

    def exact_cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """Cosines in double precision; 0 for rows without a vector."""
        wide = vector.astype(np.float64)
        cosines = np.zeros(len(rows))
        for start in range(0, len(rows), _CHUNK):
            part = slice(start, start + _CHUNK)
            places = self._place[rows[part]]
            has = places >= 0
            cosines[part][has] = self._vectors[places[has]].astype(np.float64) @ wide
        return cosines

    def rounded_cosines(self, vector: Vectors) -> Scores:
        """The exact cosine of each of ``self.rows``, rounded."""
        quick = self.quick_cosines(vector, self.rows)
        # Only those that single precision may have put on the wrong side of a rounding step are summed again.
        unsure = np.abs(quick / _STEP % 1.0 - 0.5) < _SINGLE_ERROR / _STEP
        quick[unsure] = self.exact_cosines(vector, self.rows[unsure])
        return np.round(quick, DIGITS)


class Blend:
    """Scores of one query: so much for its words, so much for its meaning; 0 to 1."""

    def __init__(self, table: VectorTable, vector: Vectors, words: Scores, word_share: float) -> None:
        self._table = table
        self._vector = vector
        self._words = words
        self._share = word_share

    def best(self, rows: Rows, count: int) -> list[tuple[int, float]]:
        """The best of some rows with their rounded scores, best first, ties by row."""
        quick = self._mixed(rows, self._table.quick_cosines(self._vector, rows))
        rows = rows[quick >= _kth(quick, count) - _STEP - _SINGLE_ERROR]
        exact = np.round(self._mixed(rows, self._table.exact_cosines(self._vector, rows)), DIGITS)
        order = np.lexsort((rows, -exact))[:count]
        return list(zip(rows[order].tolist(), exact[order].tolist(), strict=True))

    def reach(self, recalled: Rows, count: int) -> Rows | None:
        """All rows that may be among the best, given those nearest in meaning; None where these are too few to tell."""
        if len(recalled) < count:
            return None
        cosines = self._table.exact_cosines(self._vector, recalled)
        bar = _kth(self._mixed(recalled, cosines), count)
        # A row that was not recalled is no nearer than the nearest: without enough words it stays below the bar.
        enough = (bar - _STEP - (1 - self._share) * max(float(cosines.max()), 0.0)) / self._share
        worded = np.flatnonzero((self._words > 0) & (self._words >= enough))
        return np.union1d(recalled, worded)

    def _mixed(self, rows: Rows, cosines: Scores) -> Scores:
        return self._share * self._words[rows] + (1 - self._share) * np.maximum(cosines, 0.0)


def best_by_words(rows: Rows, words: Scores, count: int) -> list[tuple[int, float]]:
    """The rows that match any word, with their rounded scores, best first, ties by row."""
    matching = rows[words[rows] > 0]
    scores = np.round(words[matching], DIGITS)
    order = np.lexsort((matching, -scores))[:count]
    return list(zip(matching[order].tolist(), scores[order].tolist(), strict=True))


def _kth(scores: Scores, count: int) -> float:
    """The ``count``-th best score; below all where there are not so many."""
    return float(np.partition(scores, -count)[-count]) if len(scores) > count else -np.inf
