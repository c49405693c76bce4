"""The measures: tempo within a rounding or an octave, MIREX's key score, macro-F1, paired tests, intervals."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from math import comb, log10

import numpy as np
from numpy.typing import NDArray

_PITCHES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_OCTAVES = (1.0, 2.0, 3.0, 1 / 2, 1 / 3)
_WITHIN = 0.04
FIFTH, RELATIVE, PARALLEL = 0.5, 0.3, 0.2


def exact_tempo(found: float | None, truth: float) -> bool:
    """Accuracy 1e of Font and Serra (ISMIR 2016): the same whole number of beats a minute."""
    return found is not None and int(found + 0.5) == int(truth + 0.5)


def near_tempo(found: float | None, truth: float) -> bool:
    """Accuracy 1: within 4 %."""
    return found is not None and abs(found - truth) <= _WITHIN * truth


def octave_tempo(found: float | None, truth: float) -> bool:
    """Accuracy 2: within 4 % of the tempo, its double, triple, half or third."""
    return found is not None and any(abs(found - truth * factor) <= _WITHIN * truth * factor for factor in _OCTAVES)


def parsed_key(text: str) -> tuple[int, str]:
    """Tonic (0 is C) and mode of a key as in "Eb minor"."""
    note, mode = text.split()
    return (_PITCHES[note[0].upper()] + note.count("#") - note[1:].count("b")) % 12, mode


def key_score(found: str | None, truth: str) -> float:
    """MIREX: 1 the same, .5 a fifth off, .3 relative, .2 parallel, 0 else (or unanswered).

    As in mir_eval, a fifth is a guess whose tonic lies a fifth above the true one, in the same mode.
    """
    if found is None:
        return 0.0
    (tonic, mode), (true_tonic, true_mode) = parsed_key(found), parsed_key(truth)
    apart = (tonic - true_tonic) % 12
    if mode == true_mode:
        return 1.0 if apart == 0 else FIFTH if apart == 7 else 0.0
    if apart == (9 if true_mode == "major" else 3):
        return RELATIVE
    return PARALLEL if apart == 0 else 0.0


def macro_f1(found: Sequence[str], truth: Sequence[str]) -> float:
    """The mean over the true classes of the harmonic mean of precision and recall."""
    scores = []
    for name in sorted(set(truth)):
        both = sum(f == t == name for f, t in zip(found, truth, strict=True))
        scores.append(2 * both / (list(found).count(name) + list(truth).count(name)))
    return sum(scores) / len(scores) if scores else float("nan")


def mcnemar(ours: Sequence[bool], theirs: Sequence[bool]) -> float:
    """Exact two-sided p of McNemar's test on the files only one of the two got right."""
    won = sum(a and not b for a, b in zip(ours, theirs, strict=True))
    lost = sum(b and not a for a, b in zip(ours, theirs, strict=True))
    decided = won + lost
    if not decided:
        return 1.0
    tail = sum(comb(decided, k) for k in range(min(won, lost) + 1)) / 2**decided
    return float(min(1.0, 2 * tail))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy in equal bins, by their counts."""
    sure, hit = np.asarray(confidences, float), np.asarray(right, float)
    places = np.minimum((sure * bins).astype(int), bins - 1)
    total = sum(abs(sure[places == b].sum() - hit[places == b].sum()) for b in range(bins))
    return float(total / len(sure)) if len(sure) else float("nan")


def mean_over_packs(values: Sequence[float], packs: Sequence[Hashable]) -> float:
    """The mean of the packs' means: a large pack counts as much as a small one."""
    grouped: dict[Hashable, list[float]] = defaultdict(list)
    for value, pack in zip(values, packs, strict=True):
        grouped[pack].append(value)
    return float(np.mean([np.mean(v) for v in grouped.values()])) if grouped else float("nan")


def interval(
    packs: Sequence[Hashable],
    statistic: Callable[[NDArray[np.intp]], float],
    *,
    rounds: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """The middle 95 % of a statistic over draws of packs, then of files within each pack drawn.

    ``statistic`` takes the numbers of the files drawn.
    """
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, pack in enumerate(packs):
        members[pack].append(number)
    groups = [np.array(m) for m in members.values()]
    if not groups:
        return float("nan"), float("nan")
    random = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = random.integers(len(groups), size=len(groups))
        files = np.concatenate([random.choice(groups[g], size=len(groups[g])) for g in drawn])
        values.append(statistic(files))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def paired_interval(
    ours: Sequence[float], theirs: Sequence[float], packs: Sequence[Hashable], *, rounds: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """The interval of how much better the one is than the other on the same files."""
    gap = np.asarray(ours, float) - np.asarray(theirs, float)
    return interval(packs, lambda files: float(gap[files].mean()), rounds=rounds, seed=seed)


def decibels(ratio: float) -> float:
    """A ratio of amplitudes in dB."""
    return 20 * log10(max(ratio, 1e-9))
