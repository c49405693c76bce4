"""A third of each vector, turned so that it holds the most: enough to say what cannot be near.

The vectors of one library lie mostly in a few directions. Written in those (their principal axes), the first third of
the numbers and the length of the rest bound every cosine from above: a.b <= a1.b1 + |a2| |b2| (Cauchy and Schwarz).
Nothing is lost by passing over a vector whose bound is too low; whatever the axes, the bound holds.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.embed import Vectors

_SHARE: Final = 3
_SAMPLE: Final = 20_000
_CHUNK: Final = 16_384
_MOST_LEFT: Final = 0.4
"""Where more than this share of the vectors is left out, in squares, most bounds are too high to be of use."""
_COPY_COST: Final = 4
"""Reading rows here and there takes so many times as long as reading them in turn."""
_LENGTH_ERROR: Final = 4e-6
"""Of a squared length summed in single precision."""
SUM_ERROR: Final = 2e-5
"""Of a bound: sums in single precision, and axes that are at right angles to within as much."""


class Sketch:
    """Bounds for the rows of a matrix of vectors; 4/3 bytes for each of their numbers."""

    def __init__(self, vectors: Vectors) -> None:
        kept = max(1, vectors.shape[1] // _SHARE) - 1
        some = vectors[:: max(1, len(vectors) // _SAMPLE)].astype(np.float64)
        _, axes = np.linalg.eigh(some.T @ some)
        self._axes = np.ascontiguousarray(axes[:, ::-1][:, :kept], np.float32)
        self._table = np.empty((len(vectors), kept + 1), np.float32)
        for start in range(0, len(vectors), _CHUNK):
            part = vectors[start : start + _CHUNK]
            self._table[start : start + _CHUNK] = self._written(part)
        self.pays = bool(len(vectors)) and float(np.mean(self._table[:, -1] ** 2)) < _MOST_LEFT
        """Whether the bounds are low enough to pass over much."""

    def ceilings(self, vector: Vectors, places: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """What the cosine of each vector with this one cannot exceed, shape (places,)."""
        asked = self._written(vector[None, :])[0]
        if places is None or _COPY_COST * len(places) > len(self._table):
            bounds = self._table @ asked
            bounds = bounds if places is None else bounds[places]
        else:
            bounds = self._table[places] @ asked
        ceilings: NDArray[np.float64] = bounds.astype(np.float64) + SUM_ERROR
        return ceilings

    def _written(self, vectors: Vectors) -> Vectors:
        turned = vectors @ self._axes
        rest = _squares(vectors) - _squares(turned)
        return np.concatenate([turned, np.sqrt(np.maximum(rest, 0.0) + _LENGTH_ERROR)[:, None]], axis=1)


def _squares(vectors: Vectors) -> Vectors:
    squares: Vectors = np.einsum("ij,ij->i", vectors, vectors)
    return squares
