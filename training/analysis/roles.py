"""Fit and test what tells roles apart by ear, and loops from one-shots: ``python -m training.analysis.roles --help``.

Real packs are held out whole, one after the other; what is rendered only ever trains. Everything is seeded, so the same
sources give the same weights. Needs scikit-learn (which librosa brings), ``fluidsynth``, ``fluid-soundfont-gm``,
``flite`` and ``espeak-ng``; ``models/roles.md`` says where the real sounds come from.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from loopmind_chat.library.analysis.kind import whole_odds
from training.analysis.role_report import print_report
from training.analysis.role_sources import ROLES, real_sounds
from training.analysis.role_table import Table, described, rendered

Numbers = npt.NDArray[np.float64]

TESTED: Final = ("dough-samples", "sonic-pi", "stargate", "starter")
"""Packs of several roles: the figures are theirs."""
_STRENGTH: Final = 0.003
_STRENGTH_UNHEARD: Final = 0.03
_STRENGTH_LOOP: Final = 0.003
_RENDERED_COUNTS: Final = 1.0
_BALANCE: Final = 0.8
"""How far rare roles are raised to the weight of common ones: 0 not, 1 wholly."""
_CLIP: Final = 4.0
_ITERATIONS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear model of standardised numbers."""

    mean: Numbers
    scale: Numbers
    weights: Numbers
    bias: Numbers

    def logits(self, numbers: Numbers) -> Numbers:
        """Shape (sounds, classes)."""
        found: Numbers = np.clip((numbers - self.mean) / self.scale, -_CLIP, _CLIP) @ self.weights + self.bias
        return found

    def tempered(self, heat: float) -> "Fitted":
        """The same answers, ``heat`` times less sure."""
        return Fitted(self.mean, self.scale, self.weights / heat, self.bias / heat)


def fit_linear(numbers: Numbers, classes: npt.NDArray[np.intp], weight: Numbers, strength: float) -> Fitted:
    """Logistic regression with an L2 penalty of 1 / ``strength``, classes brought nearer to balance."""
    mean = np.average(numbers, axis=0, weights=weight)
    scale = np.sqrt(np.average((numbers - mean) ** 2, axis=0, weights=weight)) + 1e-6
    each = np.bincount(classes, weights=weight)
    weight = weight / each[classes] ** _BALANCE
    weight = weight * len(weight) / weight.sum()
    model = LogisticRegression(C=strength, max_iter=_ITERATIONS)
    model.fit(np.clip((numbers - mean) / scale, -_CLIP, _CLIP), classes, sample_weight=weight)
    return Fitted(mean, scale, model.coef_.T.astype(np.float64), np.asarray(model.intercept_, np.float64))


def softmax(logits: Numbers) -> Numbers:
    """Probabilities, shape as given."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return found


def hold_out(
    table: Table,
    packs: Sequence[str] = TESTED,
    *,
    heard: bool = True,
    rendered_from: Sequence[str] = ("fluid", "electronic", "speech"),
) -> Numbers:
    """Probability of each role of the sounds of ``packs``, by models that never met the sound's pack.

    Rows are those of ``table``; the others are nan. ``heard``: with what the tagger heard.
    """
    out = np.full((len(table.role), len(ROLES)), np.nan)
    for pack in packs:
        inside = (table.pack == pack) & table.real
        train = ~inside & (table.role >= 0) & (table.real | np.isin(table.source, rendered_from))
        fitted = _fit_roles(table, train, heard=heard)
        out[inside] = softmax(fitted.logits(table.numbers(heard=heard)[inside]))
    return out


def _fit_roles(table: Table, train: npt.NDArray[np.bool_], *, heard: bool) -> Fitted:
    weight = np.where(table.real[train], 1.0, _RENDERED_COUNTS)
    strength = _STRENGTH if heard else _STRENGTH_UNHEARD
    return fit_linear(table.numbers(heard=heard)[train], table.role[train], weight, strength)


def hold_out_loops(table: Table, packs: Sequence[str] = TESTED) -> Numbers:
    """Log odds of a loop of the sounds of ``packs``, by models that never met the sound's pack; the others are nan."""
    out = np.full(len(table.role), np.nan)
    for pack in packs:
        inside = (table.pack == pack) & table.real
        fitted = _fit_loops(table, ~inside & (table.loop >= 0))
        by_shape = fitted.logits(table.features[inside])[:, 0]
        whole = [whole_odds(row.astype(np.float32)) for row in table.features[inside]]
        out[inside] = by_shape + np.array(whole)
    return out


def _fit_loops(table: Table, train: npt.NDArray[np.bool_]) -> Fitted:
    return fit_linear(table.features[train], table.loop[train], np.ones(int(train.sum())), _STRENGTH_LOOP)


def best_heat(odds: Numbers, role: npt.NDArray[np.intp]) -> float:
    """The temperature at which held-out probabilities are most nearly right (least log loss)."""
    logits = np.log(odds + 1e-9)
    heats = np.geomspace(0.5, 2.5, 41)
    rows = np.arange(len(role))
    return float(min(heats, key=lambda heat: -np.log(softmax(logits / heat)[rows, role] + 1e-9).mean()))


def fit_all(table: Table, target: Path) -> None:
    """Fit on everything, with temperatures from the held-out packs, and write the weights."""
    tested = table.tested(TESTED)
    labelled = table.role >= 0
    parts: dict[str, Fitted] = {}
    for name, heard in (("heard", True), ("unheard", False)):
        heat = best_heat(hold_out(table, heard=heard)[tested], table.role[tested])
        parts[name] = _fit_roles(table, labelled, heard=heard).tempered(heat)
        sys.stdout.write(f"{name}: temperature {heat:.2f}\n")
    chords = table.pad >= 0
    parts["pad"] = fit_linear(table.features[chords], table.pad[chords], np.ones(int(chords.sum())), 0.01)
    parts["loop"] = _fit_loops(table, table.loop >= 0)
    stored = {
        f"{name}_{part}": getattr(fitted, part).astype(np.float32)
        for name, fitted in parts.items()
        for part in ("mean", "scale", "weights", "bias")
    }
    np.savez(target, allow_pickle=False, **stored)


def load_table(options: argparse.Namespace) -> Table:
    """Every sound's numbers, from the cache where they are there."""
    real = real_sounds(options.loops, options.sonic_pi, options.starter, options.mirrors)
    return described(real, rendered(options.cache / "rendered"), options.cache)


def main() -> None:
    """Test with packs held out; with ``--fit``, write the weights too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loops", type=Path, required=True, help="folder with manifest.csv of labelled loops")
    parser.add_argument("--sonic-pi", type=Path, default=Path("/usr/share/sonic-pi/samples"))
    parser.add_argument("--starter", type=Path, required=True, help="a starter pack as written by LoopMind")
    parser.add_argument(
        "--mirrors", type=Path, required=True, help="folder of the repositories named in models/roles.md"
    )
    parser.add_argument("--cache", type=Path, required=True, help="folder for renders and measurements")
    parser.add_argument("--fit", type=Path, metavar="OUT.npz", help="write the weights")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    table = load_table(options)
    print_report(table, TESTED, hold_out(table), hold_out_loops(table))
    if options.fit:
        fit_all(table, options.fit)


if __name__ == "__main__":
    main()
