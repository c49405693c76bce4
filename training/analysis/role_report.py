"""What the tests of the role model print."""

import sys
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.kind import said_odds
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.role import combined
from loopmind_chat.library.analysis.role_features import seconds_of
from loopmind_chat.library.analysis.tempo import bare_fit
from loopmind_chat.library.analysis.tempo_readings import spans_of
from loopmind_chat.song.vocabulary import Role
from training.analysis.role_renders import RATE
from training.analysis.role_sources import ROLES
from training.analysis.role_table import Table

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

_SURE: Final = 0.7


def f1_of_each(truth: Indices, guess: Indices) -> Numbers:
    """F1 of each role."""
    right = np.bincount(truth[truth == guess], minlength=len(ROLES))
    both = np.bincount(truth, minlength=len(ROLES)) + np.bincount(guess, minlength=len(ROLES))
    return 2 * right / np.maximum(both, 1)


def macro_f1(truth: Indices, guess: Indices) -> float:
    """Mean F1 of the roles that occur."""
    return float(f1_of_each(truth, guess)[np.unique(truth)].mean())


def with_names(table: Table, odds: Numbers) -> Numbers:
    """The same probabilities after the words of each sound's own file and folder names; rows of ``table``."""
    out = odds.copy()
    for row in np.flatnonzero(~np.isnan(odds[:, 0])):
        by_role = {Role(role): float(odds[row, at]) for at, role in enumerate(ROLES)} | {Role.PAD: 0.0}
        chances = combined(read_name(str(table.paths[row])), by_role)
        out[row] = [chances[Role(role)] + (chances[Role.PAD] if role == "chords" else 0.0) for role in ROLES]
    return out


def print_report(table: Table, packs: Sequence[str], odds: Numbers, loop_odds: Numbers) -> None:
    """Figures over the held-out packs: roles by ear, roles with names, loops."""
    rows = np.flatnonzero(table.tested(packs))
    truth, pack = table.role[rows], table.pack[rows]
    for title, chances in (("by ear", odds[rows]), ("with names", with_names(table, odds)[rows])):
        guess, sure = chances.argmax(axis=1), chances.max(axis=1)
        each = [macro_f1(truth[pack == name], guess[pack == name]) for name in packs]
        _say(f"{title}: macro-F1 {macro_f1(truth, guess):.3f}, {np.mean(truth == guess):.3f} of {len(rows)} right")
        _say(
            "  of each role: " + ", ".join(f"{r} {f:.2f}" for r, f in zip(ROLES, f1_of_each(truth, guess), strict=True))
        )
        told = ", ".join(f"{name} {f:.2f}" for name, f in zip(packs, each, strict=True))
        _say(f"  of each pack: {told}; mean {np.mean(each):.3f}")
        known = sure >= _SURE
        _say(f"  surer than {_SURE}: {known.mean():.2f} of the sounds, {(truth == guess)[known].mean():.3f} right")
        for low, high in ((0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
            band = (sure >= low) & (sure < high)
            if band.any():
                mean = sure[band].mean()
                _say(f"    said {mean:.2f}: {(truth == guess)[band].mean():.2f} right of {int(band.sum())}")
        confusion = np.zeros((len(ROLES), len(ROLES)), int)
        np.add.at(confusion, (truth, guess), 1)
        for role, counts in zip(ROLES, confusion, strict=True):
            _say(f"  {role:>10} heard as " + ", ".join(f"{r} {c}" for r, c in zip(ROLES, counts, strict=True) if c))
    _report_loops(table, packs, loop_odds)


def _report_loops(table: Table, packs: Sequence[str], loop_odds: Numbers) -> None:
    known = table.real & (table.loop >= 0) & np.isin(table.pack, packs)
    said = np.array([_said_of_loops(table, row) if known[row] else 0.0 for row in range(len(known))])
    for title, odds in (("by ear", loop_odds), ("with names", loop_odds + said)):
        right = (odds > 0) == (table.loop == 1)
        each = [float(right[known & (table.pack == name)].mean()) for name in packs]
        told = ", ".join(f"{name} {share:.3f}" for name, share in zip(packs, each, strict=True))
        _say(f"loop or one-shot {title}: {right[known].mean():.3f} of {int(known.sum())}")
        _say(f"  of each pack: {told}; mean {np.mean(each):.3f}")
        _say("  wrong: " + ", ".join(f"{table.names[row]} {odds[row]:+.1f}" for row in np.flatnonzero(known & ~right)))


def _said_of_loops(table: Table, row: int) -> float:
    name, features = read_name(str(table.paths[row])), table.features[row].astype(np.float32)
    frames = round(seconds_of(features) * RATE)
    fits = bare_fit(name.bare_numbers, spans_of(frames, 0, frames, RATE)) is not None
    return said_odds(name, features, bare_fits=fits)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
