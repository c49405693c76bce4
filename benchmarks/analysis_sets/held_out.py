"""Roles and kinds of sounds whose pack the model never met, as ``training/analysis/roles.py`` finds them."""

import argparse
import hashlib
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis_sets.drum_sounds import recordings
from analysis_sets.item import Item
from analysis_sets.judge import Table, calibration_row, kind_row, role_row

_OURS = frozenset({"dough-samples", "stargate", "sonic-pi"})


@dataclass(frozen=True, slots=True)
class Fitting:
    """Where the fitting finds its sounds."""

    loops: Path
    starter: Path
    mirrors: Path
    cache: Path


def held_out_tables(fitting: Fitting, rounds: int) -> Iterator[Table]:
    """Models fitted once for each pack, without it; each pack's sounds told by the model that never met it."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    roles = importlib.import_module("training.analysis.roles")
    table = roles.load_table(
        argparse.Namespace(
            loops=fitting.loops,
            sonic_pi=recordings(),
            starter=fitting.starter,
            mirrors=fitting.mirrors,
            cache=fitting.cache,
        )
    )
    odds, kinds = roles.hold_out(table), roles.hold_out_loops(table)
    names = [str(role) for role in roles.ROLES]
    rows, sure = [], []
    for label, chosen in _groups(table, (table.role >= 0) & np.isfinite(odds[:, 0])):
        items = [_item(table, n, names) for n in chosen]
        rows.append(
            role_row(f"held out by pack; {label}", items, [names[int(odds[n].argmax())] for n in chosen], rounds)
        )
        right = [bool(odds[n].argmax() == table.role[n]) for n in chosen]
        sure.append(calibration_row(f"role, {label}", [float(odds[n].max()) for n in chosen], right))
    yield Table("Role by sound alone, folds by pack", rows, _leaks(table))
    yield Table("Calibration of the role by sound alone, folds by pack", sure)
    rows = []
    for label, chosen in _groups(table, (table.loop >= 0) & np.isfinite(kinds)):
        items = [_item(table, n, names) for n in chosen]
        rows.append(kind_row(f"held out by pack; {label}", items, [bool(kinds[n] > 0) for n in chosen], rounds))
    yield Table("Loop or one-shot by sound alone, folds by pack", rows)


def _groups(table: Any, known: Any) -> Iterator[tuple[str, list[int]]]:  # noqa: ANN401 - a table of numpy columns
    """The packs beside the benchmark, and each of them."""
    rows = [int(n) for n in np.flatnonzero(known & table.real)]
    rows = [n for n in rows if table.pack[n] in _OURS or str(table.pack[n]).startswith("starter")]
    yield "real and starter", rows
    for pack in sorted({str(table.pack[n]) for n in rows}):
        yield f"pack {pack}", [n for n in rows if table.pack[n] == pack]


def _item(table: Any, number: int, names: Sequence[str]) -> Item:  # noqa: ANN401 - a table of numpy columns
    return Item(
        path=Path(table.paths[number]),
        pack=str(table.pack[number]),
        source="real",
        role=names[int(table.role[number])] if table.role[number] >= 0 else None,
        is_loop=bool(table.loop[number]) if table.loop[number] >= 0 else None,
    )


def _leaks(table: Any) -> str:  # noqa: ANN401 - a table of numpy columns
    """Whether one sound lies in two packs, so that a model met it all the same."""
    packs: dict[str, set[str]] = defaultdict(set)
    for number in np.flatnonzero(table.real):
        path = Path(table.paths[number])
        if path.is_file():
            packs[hashlib.sha256(path.read_bytes()).hexdigest()].add(str(table.pack[number]))
    shared = [found for found in packs.values() if len(found) > 1]
    return f"{len(packs)} different real files, {len(shared)} of them in more than one pack."
