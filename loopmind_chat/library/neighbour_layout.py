"""A plane on which vectors that are near lie near: t-SNE, without chance.

L. van der Maaten, G. Hinton: Visualizing Data using t-SNE (2008); the repulsion is summed on a grid by Fourier
transform, after G. Linderman and others: Fast interpolation-based t-SNE (2019). It starts from the principal axes, so
that the same vectors give the same plane.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.embed import Vectors

Plane = NDArray[np.float64]
"""Positions, shape (vectors, 2)."""

NEIGHBOURS: Final = 24
_PERPLEXITY: Final = 9.0
_EARLY, _LATE = 120, 360
_EXAGGERATION: Final = 12.0
_SLOWEST: Final = 20.0
_EACH: Final = 250
"""Among so few each repels each; among more, the grid is quicker."""
_START_SPREAD: Final = 1e-2
_CELL: Final = 0.5
_SIDES: Final = (48, 96, 144, 192, 256)
"""Cells a side; beyond the last, cells grow."""
_BLOCK: Final = 1_024
_HALVINGS: Final = 40

_Kernels = tuple[NDArray[np.complex128], NDArray[np.complex128], NDArray[np.complex128]]


def laid_out(vectors: Vectors, start: Plane | None = None) -> Plane:
    """Positions of unit vectors, centred, unit spread; ``start`` keeps a former plane's shape as far as it can."""
    count = len(vectors)
    if count <= NEIGHBOURS:
        return _scaled(principal_plane(vectors))
    beside = nearest(vectors, vectors, NEIGHBOURS + 1)[:, 1:]
    pull = _affinities(vectors, beside)
    place = _START_SPREAD * _scaled(principal_plane(vectors) if start is None else start)
    speed, gains = np.zeros_like(place), np.ones_like(place)
    rate = max(count / _EXAGGERATION, _SLOWEST)
    repulsion = _repulsion_of_each if count <= _EACH else _repulsion
    for turn in range(_EARLY + _LATE):
        early = turn < _EARLY
        exaggeration = _EXAGGERATION if early else 1.0
        slope = exaggeration * _attraction(place, beside, pull) - repulsion(place)
        gains = np.maximum(np.where(np.sign(slope) == np.sign(speed), gains * 0.8, gains + 0.2), 0.01)
        speed = (0.5 if early else 0.8) * speed - rate * gains * slope
        place = place + speed
        place -= place.mean(axis=0)
    return _scaled(place)


def nearest(vectors: Vectors, among: Vectors, count: int) -> NDArray[np.intp]:
    """Rows of the ``count`` nearest of ``among``, nearest first, shape (vectors, count)."""
    found = np.empty((len(vectors), count), np.intp)
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ among.T
        part = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(cosines, part, axis=1), axis=1, kind="stable")
        found[start : start + _BLOCK] = np.take_along_axis(part, order, axis=1)
    return found


def principal_plane(vectors: Vectors) -> Plane:
    """Positions along the two directions in which the vectors differ most."""
    wide = vectors.astype(np.float64)
    wide -= wide.mean(axis=0)
    _, axes = np.linalg.eigh(wide.T @ wide)
    axes = axes[:, ::-1][:, :2]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])  # either sign is as good
    plane = np.zeros((len(vectors), 2))
    plane[:, : axes.shape[1]] = wide @ axes
    return plane


def _affinities(vectors: Vectors, beside: NDArray[np.intp]) -> NDArray[np.float64]:
    """How much each neighbour pulls, shape (vectors, neighbours), in all 1/2: each pair is met from both ends."""
    far = 2.0 - 2.0 * np.einsum("id,ikd->ik", vectors, vectors[beside]).astype(np.float64)
    far = np.maximum(far - far.min(axis=1, keepdims=True), 0.0)
    low, high = np.zeros(len(far)), np.full(len(far), 1e6)
    for _ in range(_HALVINGS):  # the sharpness at which so many neighbours count
        sharp = np.sqrt((low + 1e-9) * high)
        share = np.exp(-far * sharp[:, None])
        share /= share.sum(axis=1, keepdims=True)
        entropy = -(share * np.log(np.maximum(share, 1e-300))).sum(axis=1)
        many = entropy > np.log(_PERPLEXITY)
        low, high = np.where(many, sharp, low), np.where(many, high, sharp)
    pull: NDArray[np.float64] = share / (2.0 * len(far))
    return pull


def _attraction(place: Plane, beside: NDArray[np.intp], pull: NDArray[np.float64]) -> Plane:
    apart = place[:, None, :] - place[beside]
    force = (pull / (1.0 + (apart**2).sum(axis=2)))[:, :, None] * apart
    total: Plane = force.sum(axis=1)
    back = beside.ravel()
    for axis in (0, 1):
        total[:, axis] -= np.bincount(back, force[:, :, axis].ravel(), len(place))
    return 4.0 * total


def _repulsion_of_each(place: Plane) -> Plane:
    apart = place[:, None, :] - place[None, :, :]
    close = 1.0 / (1.0 + np.einsum("ijk,ijk->ij", apart, apart))
    forces: Plane = np.einsum("ij,ijk->ik", close**2, apart)
    return 4.0 * forces / max(float(close.sum()) - len(place), 1e-9)


def _repulsion(place: Plane) -> Plane:
    low = place.min(axis=0) - _CELL
    span = float((place.max(axis=0) - low).max()) + 2 * _CELL
    side = next((side for side in _SIDES if span / _CELL < side - 1), _SIDES[-1])
    cell = max(_CELL, span / (side - 2))
    at = (place - low) / cell
    corner = at.astype(np.intp)
    near = at - corner
    corners = [
        ((corner[:, 0] + i) * side + corner[:, 1] + j, np.abs(1 - i - near[:, 0]) * np.abs(1 - j - near[:, 1]))
        for i in (0, 1)
        for j in (0, 1)
    ]
    mass = sum(np.bincount(cells, share, side * side) for cells, share in corners)
    spread = np.fft.rfft2(np.reshape(mass, (side, side)), (2 * side, 2 * side))
    fields = [np.fft.irfft2(spread * kernel)[:side, :side].ravel() for kernel in _kernels(side, cell)]
    closeness, *forces = (sum(field[cells] * share for cells, share in corners) for field in fields)
    total = max(float(np.sum(closeness)) - len(place), 1e-9)
    return 4.0 * np.stack(forces, axis=1) / total


@lru_cache(maxsize=8)
def _kernels(side: int, cell: float) -> _Kernels:
    """Transforms of 1/(1+r^2), and of the two parts of r/(1+r^2)^2."""
    steps = np.fft.fftfreq(2 * side, 1 / (2 * side)) * cell
    across, along = steps[:, None], steps[None, :]
    close = 1.0 / (1.0 + across**2 + along**2)
    first, second, third = (np.fft.rfft2(kernel) for kernel in (close, across * close**2, along * close**2))
    return first, second, third


def _scaled(plane: Plane) -> Plane:
    centred = plane - plane.mean(axis=0) if len(plane) else plane
    spread = float(centred.std()) if len(plane) else 0.0
    return centred / spread if spread > 0 else centred
