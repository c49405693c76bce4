"""Fit the weights of tempo analysis: which reading of a loop's length its rhythm bears out.

``python -m training.analysis.tempo [--packs 200] [--cache FILE]`` renders the loops of ``tempo_set`` from seeds, fits a
conditional logit over each loop's readings (the true one against the others; L2; convex, so the same every time),
measures it on packs left out, five folds, fits there how often a stated chance is right, and writes both into
``loopmind_chat/library/analysis/tempo_weights.py``.
"""

import argparse
import base64
import pickle
import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from loopmind_chat.library.analysis.spectrum import Spectrum, sounding, spectrum_of
from loopmind_chat.library.analysis.tempo_features import GENRE_BPM, features_of
from loopmind_chat.library.analysis.tempo_onsets import strikes_of
from loopmind_chat.library.analysis.tempo_readings import readings_of, spans_of
from training.analysis.tempo_set import rendered

SEEDS = (1, 2)
FOLDS = 5
RIDGE = 60.0
SHIMMER = 0.35
HISS = 0.3
"""Shares of loops so treated."""
NAMED_GENRES = 0.3
"""Share of packs whose genre is told."""
OUT = Path(__file__).parents[2] / "loopmind_chat/library/analysis/tempo_weights.py"


@dataclass
class Row:
    """A rendered loop's bands and truth, small enough to keep."""

    pack: tuple[int, int]
    genre: str
    kind: str
    cut: str
    bpm: float
    beats: float
    frames: int
    first: int
    last: int
    rate: int
    step_s: float
    bands: np.ndarray


@dataclass
class Counted:
    """A loop's readings and what speaks for each."""

    features: np.ndarray
    bpm: np.ndarray
    right: np.ndarray
    """Readings of the true tempo and beats; of the true tempo alone where none has both."""


def rows(packs: int, loops: int = 12) -> list[Row]:
    """Render the set and keep what analysis looks at."""
    found = []
    for seed in SEEDS:
        for loop in rendered(seed, packs // len(SEEDS), loops):
            spectrum = spectrum_of(loop.audio.astype(np.float32), 44_100)
            first, last = sounding(loop.audio)
            bands = np.log10(spectrum.bands + 1e-12).astype(np.float16)
            found.append(
                Row((seed, loop.pack), loop.genre, loop.kind, loop.cut, loop.bpm, loop.beats, len(loop.audio), first,
                    last, 44_100, spectrum.step_s, bands)
            )  # fmt: skip
    return found


def stirred(bands: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Bands as of real recordings: some shimmer, as pads and choruses do, and some hiss, as tape and codecs do."""
    if rng.random() < SHIMMER:
        drift = rng.standard_normal(bands.shape)
        for at in range(1, len(drift)):
            drift[at] = 0.8 * drift[at - 1] + 0.6 * drift[at]
        bands = bands * np.exp(rng.uniform(0.1, 0.6) * drift).astype(np.float32)
    if rng.random() < HISS:
        level = bands.max() * 10 ** rng.uniform(-4.5, -2.8)
        bands = bands + (level * rng.chisquare(4, bands.shape) / 4).astype(np.float32)
    return bands


def counted(row: Row, *, tell_genre: bool = True, moved: bool = True) -> Counted:
    """Every reading of one loop."""
    nothing = np.zeros(0, np.float32)
    bands = np.float32(10) ** row.bands.astype(np.float32)
    if moved:
        bands = stirred(bands, np.random.default_rng((*row.pack, row.frames)))
    spectrum = Spectrum(nothing, nothing, row.step_s, bands, nothing)
    strikes = strikes_of(spectrum)
    readings = readings_of(spans_of(row.frames, row.first, row.last, row.rate), strikes)
    told = tell_genre and np.random.default_rng(row.pack).random() < NAMED_GENRES
    genres = [row.genre] if told and row.genre in GENRE_BPM else []
    features = features_of(readings, strikes, row.frames / row.rate, genres)
    tempo = np.round(readings.bpm) == np.round(row.bpm)
    right = tempo & (readings.beats == row.beats)
    return Counted(features.astype(np.float32), readings.bpm, right if right.any() else tempo)


def fitted(loops: list[Counted]) -> np.ndarray:
    """Weights of a conditional logit with a ridge, in the features' own units."""
    usable = [loop for loop in loops if loop.right.any()]
    x = np.concatenate([loop.features for loop in usable]).astype(np.float32)
    scale = x.std(axis=0) + 1e-3
    x /= scale
    sizes = np.array([len(loop.features) for loop in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.concatenate([loop.right for loop in usable])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = (x @ weights.astype(np.float32)).astype(np.float64)
        every, every_share = _soft(scores, starts, sizes)
        true, true_share = _soft(np.where(right, scores, -1e9), starts, sizes)
        slope = x.T @ (every_share - true_share).astype(np.float32)
        return float(np.sum(every - true) + RIDGE * np.sum(weights**2) / 2), slope + RIDGE * weights

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 250})
    return np.asarray(best.x / scale)


def _soft(scores: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    top = np.maximum.reduceat(scores, starts)
    shares = np.exp(scores - np.repeat(top, sizes))
    total = np.add.reduceat(shares, starts)
    return top + np.log(total), shares / np.repeat(total, sizes)


def chosen(loop: Counted, weights: np.ndarray) -> tuple[float, float]:
    """The likeliest tempo and its chance."""
    scores = loop.features @ weights
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = loop.bpm[int(np.argmax(shares))]
    return float(best), float(shares[np.abs(loop.bpm / best - 1) < 0.006].sum())


def main() -> None:
    """Fit, measure by folds of whole packs, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--packs", type=int, default=200)
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    if asked.cache and asked.cache.exists():
        every = pickle.loads(asked.cache.read_bytes())  # noqa: S301 - what this program wrote
    else:
        every = rows(asked.packs)
        if asked.cache:
            asked.cache.write_bytes(pickle.dumps(every))
    loops = [counted(row) for row in every]
    folds = np.array([(row.pack[0] * 1000 + row.pack[1]) % FOLDS for row in every])
    found = np.zeros((len(loops), 2))
    for fold in range(FOLDS):
        weights = fitted([loop for loop, at in zip(loops, folds, strict=True) if at != fold])
        for at in np.flatnonzero(folds == fold):
            found[at] = chosen(loops[at], weights)
    truth = np.array([row.bpm for row in every])
    right = np.round(found[:, 0]) == np.round(truth)
    _report(every, found, right)
    write(fitted(loops), reliability(found[:, 1], right))


def reliability(chances: np.ndarray, right: np.ndarray, parts: int = 12) -> tuple[list[float], list[float]]:
    """Points of a rising curve from stated chance to share right (pool adjacent violators)."""
    order = np.argsort(chances, kind="stable")
    blocks: list[list[float]] = []
    for part in np.array_split(order, parts):
        blocks.append([float(chances[part].mean()), float(right[part].mean()), float(len(part))])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            later, earlier = blocks.pop(), blocks.pop()
            size = earlier[2] + later[2]
            blocks.append([(earlier[k] * earlier[2] + later[k] * later[2]) / size for k in (0, 1)] + [size])
    return [round(block[0], 3) for block in blocks], [round(block[1], 3) for block in blocks]


def write(weights: np.ndarray, curve: tuple[list[float], list[float]]) -> None:
    """The module of weights: base64 of little-endian float32."""
    code = "\n".join(f'    b"{line}"' for line in textwrap.wrap(base64.b64encode(weights.astype("<f4")).decode(), 110))
    OUT.write_text(f'''"""Weights of tempo analysis; written by ``python -m training.analysis.tempo``, not by hand.

Fitted on loops rendered from a seed, of patterns of genres and of drummers' bars from the Groove MIDI Dataset (Google
LLC, CC BY 4.0).
"""

import base64
from typing import Final

import numpy as np

_CODE: Final = (
{code}
)
WEIGHTS: Final = np.frombuffer(base64.b64decode(_CODE), "<f4").astype(np.float64)
"""One weight for each feature of ``tempo_features``."""
SURE: Final = (
    {tuple(curve[0])},
    {tuple(curve[1])},
)
"""Chances as the weights state them, and how often they were right on packs left out."""
''')


def _report(every: list[Row], found: np.ndarray, right: np.ndarray) -> None:
    truth = np.array([row.bpm for row in every])
    within = np.abs(found[:, 0] / truth - 1) < 0.04
    free = np.any([np.abs(found[:, 0] * m / truth - 1) < 0.04 for m in (1, 2, 3, 1 / 2, 1 / 3)], axis=0)
    print(f"{len(every)} loops of packs left out: exact {right.mean():.3f}, 4 % {within.mean():.3f}, {free.mean():.3f}")
    parts = {"kind": [row.kind for row in every], "cut": [row.cut for row in every]}
    parts["tempo"] = [f"{10 * int(row.bpm // 10):03d}" for row in every]
    for name, of in parts.items():
        labels = np.array(of)
        shares = {str(k): (int((labels == k).sum()), float(right[labels == k].mean())) for k in np.unique(labels)}
        print(name, ", ".join(f"{key} {share:.3f} of {count}" for key, (count, share) in shares.items()))
    for least in (0.5, 0.7, 0.9):
        sure = found[:, 1] >= least
        print(f"given {least} or more: {sure.mean():.3f} of the loops, {right[sure].mean():.3f} of these right")


if __name__ == "__main__":
    main()
