"""What is where on the sound map: regions of many loops, each with the words that tell it from the rest."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.neighbour_layout import Plane
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_CELLS: Final = 96
_BLUR_CELLS: Final = 2.6
_SMALLEST: Final = 3
_APART: Final = 0.25
"""Regions of the same name are told twice where they lie so far apart, as a share of the map."""
_WORDS: Final = 2
_SURE: Final = 0.3
_ROLE: Final = 0.9
_DULL: Final = frozenset({"loop", "oneshot", "full", "closed", "open"})
_KINDS: Final = frozenset(role.value for role in Role)
_HOW: Final = frozenset(
    {"dark", "bright", "noisy", "busy", "sparse", "warm", "punchy", "soft", "hard", "heavy", "slow", "fast", "clean"}
)
"""These stand before what they describe."""


@dataclass(frozen=True, slots=True)
class Region:
    """A group of loops on the map."""

    x: float
    y: float
    """Its middle, in the plane's own measure."""
    label: str
    count: int


def regions(loops: Sequence[LoopFacts], plane: Plane, most: int = 24) -> list[Region]:
    """The regions of a map, the largest first: where points are dense, and all from where one climbs to there."""
    if not len(loops):
        return []
    peaks = _peaks(plane)
    words = [_words(facts) for facts in loops]
    everywhere = Counter(word for held in words for word in held)
    found = []
    for peak in np.unique(peaks):
        inside = np.flatnonzero(peaks == peak)
        if len(inside) >= _SMALLEST:
            x, y = np.median(plane[inside], axis=0)
            label = _label([words[row] for row in inside], everywhere, len(loops))
            found.append(Region(float(x), float(y), label, len(inside)))
    found.sort(key=lambda region: (-region.count, region.x, region.y))
    return _merged([region for region in found if region.label], float(np.ptp(plane, axis=0).max()))[:most]


def _peaks(plane: Plane) -> NDArray[np.intp]:
    """The cell of the peak that each point belongs to."""
    low, span = plane.min(axis=0), max(float(np.ptp(plane, axis=0).max()), 1e-9)
    cells = np.clip(((plane - low) / span * (_CELLS - 1)).round().astype(np.intp), 0, _CELLS - 1)
    at = cells[:, 0] * _CELLS + cells[:, 1]
    height = _blurred(np.bincount(at, minlength=_CELLS * _CELLS).reshape(_CELLS, _CELLS).astype(np.float64))
    uphill = _uphill(height)
    for _ in range(_CELLS):
        at = uphill[at]
    peaks: NDArray[np.intp] = at
    return peaks


def _blurred(field: NDArray[np.float64]) -> NDArray[np.float64]:
    reach = math.ceil(3 * _BLUR_CELLS)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / _BLUR_CELLS) ** 2)
    for axis in (0, 1):
        field = np.apply_along_axis(np.convolve, axis, field, bell / bell.sum(), "same")
    return np.asarray(field, np.float64)


def _uphill(height: NDArray[np.float64]) -> NDArray[np.intp]:
    """For each cell the highest of it and its eight neighbours; itself at a peak."""
    padded = np.pad(height, 1, constant_values=-1.0)
    steps = [(i, j) for i in (0, -1, 1) for j in (0, -1, 1)]
    around = np.stack([padded[1 + i : 1 + i + _CELLS, 1 + j : 1 + j + _CELLS] for i, j in steps])
    best = around.argmax(axis=0)
    rows, columns = np.indices(height.shape)
    moves = np.array(steps)[best]
    above: NDArray[np.intp] = ((rows + moves[..., 0]) * _CELLS + columns + moves[..., 1]).ravel()
    return above


def _words(facts: LoopFacts) -> dict[str, float]:
    words = {tag: confidence for tag, confidence in facts.tags.items() if confidence >= _SURE}
    words[facts.role.value] = _ROLE
    return {word: weight for word, weight in words.items() if word not in _DULL}


def _label(held: Sequence[dict[str, float]], everywhere: Counter[str], total: int) -> str:
    """The words that many of these have and few others."""
    inside: Counter[str] = Counter()
    counts = Counter(word for words in held for word in words)
    for words in held:
        inside.update(words)
    scores = {
        word: weight / len(held) * math.log(counts[word] * total / (len(held) * everywhere[word]) + 0.5)
        for word, weight in inside.items()
        if counts[word] * 4 >= len(held)
    }
    ranked = sorted((word for word in scores if scores[word] > 0), key=lambda word: (-scores[word], word))
    chosen: list[str] = []
    for word in ranked:
        told = any(word in other or other in word for other in chosen) or (word in _KINDS and _KINDS & set(chosen))
        if not told:
            chosen.append(word)
    return " ".join(sorted(chosen[:_WORDS], key=lambda word: (word in _KINDS, word not in _HOW)))


def _merged(found: Sequence[Region], span: float) -> list[Region]:
    """Of neighbours that are called the same, the largest names all."""
    kept: list[Region] = []
    for region in found:
        same = (other for other in kept if other.label == region.label)
        if all(math.hypot(other.x - region.x, other.y - region.y) > _APART * span for other in same):
            kept.append(region)
    return kept
