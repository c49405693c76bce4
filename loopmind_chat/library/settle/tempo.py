"""What the loops of a folder tell about each other's tempo.

Packs are made at one tempo, at a few, or at any. A loop leans towards a tempo by how many of the folder's other loops
have it, but only so far as these stand out: as many at one tempo (or its half and double) as chance, going by the
tempos near it, would not bring together. Where the loops have no tempo in common but all lie in one stretch (a pack of
slow loops), a loop leans towards that. A folder of many packs, where they do not agree, therefore settles nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.song.loops import LoopFacts

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_BPMS: Final = 256
_SLOWEST: Final = 40
_LONERS: Final = 0.5
"""Loops counted at every tempo beside those that are there: a loop may always differ from its folder."""
_LONER_SHARE: Final = 0.03
_NEAR: Final = (0.88, 1.12)
"""Which tempos near one say how many loops chance brings there."""
_BESIDE: Final = 0.015
_CHANCE: Final = 0.02
"""Share of a folder's loops that chance brings to any tempo at least."""
_STANDS_OUT: Final = (1.0, 4.0)
"""Log likelihood ratios against chance from which on agreement counts, and counts in full."""
_STEPS: Final = 12
"""Steps of tempo in an octave."""
_STRETCH: Final = 2.0
"""Standard deviation, in these steps, within which tempos count as near."""
_COMMON_LOOPS: Final = 8.0
"""Loops for which the tempos of loops at large count in every folder."""
_NARROWER: Final = (0.12, 0.35)
"""Nats by which a folder's tempos differ from those of loops at large: from here on they count, and in full."""
_LEAN_MAX: Final = 1.5
"""Log odds that a stretch of tempos counts for at most."""
_COMMON: Final = (
    (75.0, 0.16, 0.05), (88.0, 0.13, 0.1), (100.0, 0.12, 0.1), (112.0, 0.12, 0.1), (124.0, 0.1, 0.37),
    (140.0, 0.1, 0.18), (174.0, 0.08, 0.07), (110.0, 0.6, 0.06),
)  # fmt: skip
"""Tempos of loops at large: centre in BPM, width in octaves, share."""
_DOUBT: Final = 0.4
"""Share of belief that loops at large leave to half and double their tempo."""
_TURNS: Final = 6
_ANCHORS: Final = frozenset(("name", "acid", "user"))
_SETTLED: Final = frozenset(("length", "beats", "folder"))
_SURE_MAX: Final = 0.97
_GAIN: Final = 0.02


@dataclass(frozen=True, slots=True)
class _Table:
    """The readings of all loops, one entry each."""

    loop: Places
    folder: Places
    bpm: Places
    odds: Doubles
    number: Places
    """Which of its loop's readings it is."""
    loops: int
    folders: int
    taken: Doubles
    """Loops of known tempo, by folder and tempo; shape (folders, 256)."""


def settle_tempos(loops: Sequence[LoopFacts]) -> dict[str, LoopFacts]:
    """The loops, by id, whose tempo the loops of their folder change or make surer; the order does not matter."""
    ordered = sorted({loop.id: loop for loop in loops}.values(), key=lambda loop: loop.id)
    open_ones = [loop for loop in ordered if loop.tempo_source in _SETTLED and loop.tempo_readings]
    if len(ordered) < 2 or not open_ones:  # noqa: PLR2004 - a loop alone has no company
        return {}
    table = _table(open_ones, [loop for loop in ordered if loop.tempo_source in _ANCHORS and loop.bpm])
    belief = _beliefs(table)
    alone = _normal(table, table.odds)
    found: dict[str, LoopFacts] = {}
    starts = np.searchsorted(table.loop, np.arange(table.loops + 1))
    for at, loop in enumerate(open_ones):
        mine = slice(starts[at], starts[at + 1])
        if (settled := _settled(loop, belief[mine], alone[mine])) is not None:
            found[loop.id] = settled
    return found


def _table(open_ones: Sequence[LoopFacts], anchors: Sequence[LoopFacts]) -> _Table:
    folders = [_folder(loop) for loop in open_ones]
    known = [_folder(loop) for loop in anchors]
    folder_of = {folder: at for at, folder in enumerate(sorted({*folders, *known}))}
    taken = np.zeros((len(folder_of), _BPMS))
    for name, anchor in zip(known, anchors, strict=True):
        taken[folder_of[name], _rounded(anchor.bpm or 0.0)] += 1
    counts = np.array([len(loop.tempo_readings) for loop in open_ones], np.intp)
    readings = [reading for loop in open_ones for reading in loop.tempo_readings]
    bpm = np.clip(np.rint([reading.bpm for reading in readings]), 0, _BPMS - 1).astype(np.intp)
    odds = np.array([reading.log_odds for reading in readings], np.float64)
    starts = np.cumsum(counts) - counts
    number = np.arange(len(readings)) - np.repeat(starts, counts)
    folder = np.repeat(np.array([folder_of[name] for name in folders], np.intp), counts)
    loop = np.repeat(np.arange(len(open_ones)), counts)
    return _Table(loop, folder, bpm, odds, number, len(open_ones), len(folder_of), taken)


def _folder(loop: LoopFacts) -> str:
    return loop.path.rpartition("/")[0]


def _rounded(bpm: float) -> int:
    return min(_BPMS - 1, max(0, round(bpm)))


def _normal(table: _Table, odds: Doubles) -> Doubles:
    """Probabilities of each loop's readings."""
    top = np.full(table.loops, -np.inf)
    np.maximum.at(top, table.loop, odds)
    shares = np.exp(odds - top[table.loop])
    return np.asarray(shares / np.bincount(table.loop, shares, table.loops)[table.loop], np.float64)


def _beliefs(table: _Table) -> Doubles:
    """Probability of each reading in the company of the folder's other loops."""
    crowd = np.bincount(table.folder[table.number == 0], minlength=table.folders) + table.taken.sum(axis=1)
    where = table.folder * _BPMS + table.bpm
    shares = _normal(table, table.odds)
    loners = np.maximum(_LONERS, _LONER_SHARE * crowd)
    for _ in range(_TURNS):
        seats = np.bincount(where, shares, table.folders * _BPMS).reshape(table.folders, _BPMS) + table.taken
        counts = _standing_out(seats, crowd).ravel()[where]
        # a loop does not agree with itself
        others = np.maximum(seats.ravel()[where] - shares, 0.0)
        lean = np.log1p(others / loners[table.folder])
        shares = _normal(table, table.odds + counts * lean + _stretch_lean(table, shares, crowd))
    return shares


def _stretch_lean(table: _Table, shares: Doubles, crowd: Doubles) -> Doubles:
    """Log odds of each reading from where the tempos of its folder's other loops lie."""
    steps = np.round(_STEPS * np.log2(np.maximum(np.arange(_BPMS), _SLOWEST) / _SLOWEST)).astype(np.intp)
    near, common = _near(int(steps[-1]) + 1)
    at = steps[table.bpm]
    lying = np.bincount(table.folder * len(common) + at, shares, table.folders * len(common))
    known = np.zeros((len(common), table.folders))
    np.add.at(known, steps, table.taken.T)
    spread = (lying.reshape(table.folders, -1) + known.T) @ near
    others = np.maximum(spread[table.folder, at] - shares * near[at, at], 0.0)
    mixed = (_COMMON_LOOPS * common + spread) / (_COMMON_LOOPS + crowd[:, None])
    low, high = _NARROWER
    apart = np.clip((np.sum(mixed * np.log(mixed / common), axis=1) - low) / (high - low), 0.0, 1.0)
    chance = (_COMMON_LOOPS * common[at] + others) / (_COMMON_LOOPS + crowd[table.folder] - 1)
    lean = np.clip(np.log(chance / common[at]), -_LEAN_MAX, _LEAN_MAX)
    return np.asarray(apart[table.folder] * lean, np.float64)


@lru_cache(maxsize=1)
def _near(count: int) -> tuple[Doubles, Doubles]:
    """How near each step of tempo is to each (rows add up to 1), and the chance of each among loops at large."""
    places = np.arange(count)
    near = np.exp(-0.5 * ((places[:, None] - places) / _STRETCH) ** 2)
    near /= near.sum(axis=1, keepdims=True)
    octaves = places / _STEPS + math.log2(_SLOWEST)
    bells = [
        share / width * np.exp(-0.5 * ((octaves - math.log2(centre)) / width) ** 2) for centre, width, share in _COMMON
    ]
    common = np.sum(bells, axis=0)
    # every loop in doubt lies an octave up and down too, by its other readings
    doubted = np.pad(common, _STEPS)
    common = (1 - _DOUBT) * common + _DOUBT / 2 * (doubted[: -2 * _STEPS] + doubted[2 * _STEPS :])
    return near, np.asarray(common / common.sum() @ near, np.float64)


def _standing_out(seats: Doubles, crowd: Doubles) -> Doubles:
    """0..1 for each folder and tempo: how plainly more loops have it, or its half or double, than chance brings."""
    tempos = np.arange(_BPMS)
    half, double = tempos // 2, np.minimum(tempos * 2, _BPMS - 1)
    family = (
        seats + np.where(tempos % 2 == 0, seats[:, half], 0.0) + np.where(tempos * 2 < _BPMS, seats[:, double], 0.0)
    )
    # a loop by itself is no agreement
    family = np.maximum(family - 1, 0.0)
    sums = np.concatenate([np.zeros((len(seats), 1)), np.cumsum(seats, axis=1)], axis=1)

    def between(low: npt.NDArray[np.floating], high: npt.NDArray[np.floating]) -> tuple[Doubles, Doubles]:
        first, last = (np.clip(np.round(edge), 0, _BPMS).astype(np.intp) for edge in (low, high + 1))
        return sums[:, last] - sums[:, first], np.asarray(last - first, np.float64)

    near, width = between(tempos * _NEAR[0], tempos * _NEAR[1])
    own, own_width = between(tempos * (1 - _BESIDE), tempos * (1 + _BESIDE))
    chance = (near - own) / np.maximum(width - own_width, 1) + _CHANCE * crowd[:, None] + 1e-6
    ratio = family * np.log(np.maximum(family, 1e-6) / chance) - (family - chance)
    low, high = _STANDS_OUT
    return np.where(family > chance, np.clip((ratio - low) / (high - low), 0.0, 1.0), 0.0)


def _settled(loop: LoopFacts, belief: Doubles, alone: Doubles) -> LoopFacts | None:
    """The loop as its company has it; None where that changes nothing."""
    best = int(np.argmax(belief))
    reading = loop.tempo_readings[best]
    changed = loop.bpm is None or abs(reading.bpm / loop.bpm - 1) > 1e-3  # noqa: PLR2004 - the same tempo
    if not changed and abs(belief[best] - alone[best]) < _GAIN:
        return None
    sure = float(belief[best])
    if not changed:
        # what the sound alone was found to be worth, moved by what the company adds
        before = min(max(loop.bpm_confidence, 0.01), 0.99)
        moved = _logit(sure) - _logit(float(alone[best]))
        sure = 1 / (1 + math.exp(-(math.log(before / (1 - before)) + moved)))
    others = [other.bpm for other in loop.tempo_readings if other is not reading]
    alternates = dict.fromkeys((*((loop.bpm,) if changed and loop.bpm else ()), *loop.bpm_alternates, *others[:2]))
    alternates.pop(reading.bpm, None)
    return replace(
        loop,
        bpm=reading.bpm,
        bpm_confidence=round(min(sure, _SURE_MAX), 3),
        bpm_alternates=tuple(alternates),
        beats=reading.beats,
        bars=reading.beats / 4,
        tempo_source="folder" if changed else loop.tempo_source,
    )


def _logit(chance: float) -> float:
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
