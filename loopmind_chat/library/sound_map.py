"""The sound map: every loop a point, and what sounds alike lies together.

The plane is kept beside the library. Loops that come later are laid beside those they resemble, and nothing else moves,
until so many are new that the plane is drawn afresh, from where everything was.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.neighbour_layout import Plane, laid_out, nearest

_FORM: Final = 1
"""Raised when planes are drawn in another way: kept ones are then drawn afresh."""
_LANDMARKS: Final = 6_000
"""So many are laid out against each other; beyond, the others are laid beside those they resemble."""
_FRESH_SHARE: Final = 0.25
"""A plane of which more is new is drawn afresh."""
_BESIDE: Final = 4


@dataclass(frozen=True, slots=True)
class SoundMap:
    """Where loops lie on a plane; about the middle, with spread 1."""

    ids: tuple[str, ...]
    """Ascending."""
    plane: Plane
    """A position for each id, shape (loops, 2)."""

    def of(self, ids: Sequence[str]) -> "SoundMap":
        """The part of some loops, those that are not on the map left out; ``ids`` ascending."""
        row_of = {loop_id: row for row, loop_id in enumerate(self.ids)}
        known = tuple(loop_id for loop_id in ids if loop_id in row_of)
        return SoundMap(known, self.plane[[row_of[loop_id] for loop_id in known]].reshape(-1, 2))


def draw_map(ids: Sequence[str], vectors: Vectors, kept: SoundMap | None = None) -> SoundMap:
    """The map of loops by the unit vectors of their sounds, ids ascending; the same for the same loops and map kept."""
    old = kept.of(ids) if kept is not None else SoundMap((), np.zeros((0, 2)))
    if len(ids) and len(old.ids) == len(ids):
        return old
    known = set(old.ids)
    if len(old.ids) < (1 - _FRESH_SHARE) * len(ids):
        # Ids are hashes: the first of them are as good a choice as any, and the same whatever was scanned first.
        chosen = np.arange(len(ids)) if len(ids) <= _LANDMARKS else np.arange(_LANDMARKS)
        start = _placed(ids, vectors, old, chosen) if len(old.ids) > _BESIDE else None
        plane = laid_out(vectors[chosen], start)
        old = SoundMap(tuple(ids[row] for row in chosen.tolist()), plane if start is None else _turned(plane, start))
        known = set(old.ids)
    rows = np.array([row for row, loop_id in enumerate(ids) if loop_id not in known], np.intp)
    plane = np.empty((len(ids), 2))
    plane[[row for row, loop_id in enumerate(ids) if loop_id in known]] = old.plane
    if len(rows):
        plane[rows] = _placed(ids, vectors, old, rows)
    return SoundMap(tuple(ids), plane)


def read_map(path: Path, model: str) -> SoundMap | None:
    """The map kept in a file; None where there is none of this model's vectors, or it is damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if (kept["model"].item(), kept["form"].item()) != (model, _FORM):
                return None
            return SoundMap(tuple(kept["ids"].tolist()), kept["plane"].astype(np.float64))
    except (OSError, ValueError, KeyError, BadZipFile):
        return None


def write_map(path: Path, model: str, drawn: SoundMap) -> None:
    """Keep a map; it is only a cache, so that a full or read-only disk is no fault."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with suppress(OSError):
        with part.open("wb") as file:
            np.savez(file, model=np.array(model), form=np.array(_FORM), ids=np.array(drawn.ids, "U"), plane=drawn.plane)
        part.replace(path)


def _placed(
    ids: Sequence[str], vectors: Vectors, old: SoundMap, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]"
) -> Plane:
    """Positions for some rows: where they were, or amid those they resemble most."""
    where = {loop_id: row for row, loop_id in enumerate(old.ids)}
    among = np.array([row for row, loop_id in enumerate(ids) if loop_id in where], np.intp)
    found = nearest(vectors[rows], vectors[among], min(_BESIDE, len(among)))
    weight = np.einsum("id,ikd->ik", vectors[rows], vectors[among][found]).astype(np.float64)
    weight = np.exp(8.0 * (weight - weight.max(axis=1, keepdims=True)))
    place = (old.plane[found] * weight[:, :, None]).sum(axis=1) / weight.sum(axis=1, keepdims=True)
    there = np.array([where.get(ids[row], -1) for row in rows.tolist()], np.intp)
    return np.where((there >= 0)[:, None], old.plane[there], place)


def _turned(plane: Plane, start: Plane) -> Plane:
    """The plane turned and mirrored so as to lie over the former one (P. Schönemann, 1966)."""
    left, _, right = np.linalg.svd(plane.T @ (start - start.mean(axis=0)))
    turned: Plane = plane @ (left @ right)
    return turned
