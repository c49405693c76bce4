"""Answers beside the truth: rows of numbers with intervals, for tempo, key, role, kind and calibration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis_sets.item import Item
from analysis_sets.measures import (
    calibration_error,
    exact_tempo,
    interval,
    key_score,
    macro_f1,
    mcnemar,
    mean_over_packs,
    near_tempo,
    octave_tempo,
    paired_interval,
)
from analysis_sets.real import seven

Value = float | int | str | tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    label: str
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, what must be reached, and rows with the same columns."""

    title: str
    rows: list[Row] = field(default_factory=list)
    note: str = ""


def with_interval(values: Sequence[float], packs: Sequence[str], rounds: int) -> tuple[float, float, float]:
    """A mean over files between the bounds of its interval: (mean, low, high)."""
    array = np.asarray(values, float)
    low, high = interval(packs, lambda files: float(array[files].mean()), rounds=rounds)
    return float(array.mean()) if len(array) else float("nan"), low, high


def tempo_row(
    label: str,
    items: Sequence[Item],
    found: Sequence[float | None],
    rule: Sequence[float | None],
    rounds: int,
) -> Row:
    """Accuracies of tempo over all files, unanswered ones wrong; ``rule`` is what it is paired with."""
    truths = [item.bpm or 0.0 for item in items]
    packs = [item.pack for item in items]
    exact = [exact_tempo(f, t) for f, t in zip(found, truths, strict=True)]
    ruled = [exact_tempo(f, t) for f, t in zip(rule, truths, strict=True)]
    slow = [e for e, t in zip(exact, truths, strict=True) if t < 90]
    answered = [e for e, f in zip(exact, found, strict=True) if f is not None]
    gap = paired_interval(exact, ruled, packs, rounds=rounds)
    return Row(
        label,
        {
            "files": len(items),
            "exact": with_interval(exact, packs, rounds),
            "by packs": mean_over_packs(exact, packs),
            "within 4 %": _share(near_tempo(f, t) for f, t in zip(found, truths, strict=True)),
            "octave-free": _share(octave_tempo(f, t) for f, t in zip(found, truths, strict=True)),
            "under 90 exact": _share(slow),
            "coverage": len(answered) / len(items),
            "exact where answered": _share(answered),
            "over length rule": f"{np.mean(exact) - np.mean(ruled):+.3f} ({gap[0]:+.3f}..{gap[1]:+.3f})",
            "McNemar p": mcnemar(exact, ruled),
        },
    )


def key_row(label: str, items: Sequence[Item], found: Sequence[str | None], rounds: int) -> Row:
    """MIREX where answered and over all, exact by mode, coverage."""
    truths = [item.key or "" for item in items]
    packs = [item.pack for item in items]
    scores = [key_score(f, t) for f, t in zip(found, truths, strict=True)]
    answered = [(s, p) for s, p, f in zip(scores, packs, found, strict=True) if f is not None]
    by_mode = {
        mode: [s == 1.0 for s, t in zip(scores, truths, strict=True) if t.endswith(mode)] for mode in ("major", "minor")
    }
    return Row(
        label,
        {
            "files": len(items),
            "MIREX where answered": with_interval([s for s, _ in answered], [p for _, p in answered], rounds),
            "MIREX all": float(np.mean(scores)) if scores else None,
            "by packs": mean_over_packs([s for s, _ in answered], [p for _, p in answered]),
            "exact where answered": _share(s == 1.0 for s, _ in answered),
            "major exact": _share(by_mode["major"]),
            "minor exact": _share(by_mode["minor"]),
            "major exact where answered": _share(
                s == 1.0 for s, t, f in zip(scores, truths, found, strict=True) if f is not None and t.endswith("major")
            ),
            "coverage": len(answered) / len(items) if items else None,
        },
    )


def role_row(label: str, items: Sequence[Item], found: Sequence[str | None], rounds: int) -> Row:
    """Macro-F1 over seven classes, with its interval, and accuracy."""
    truths = [seven(item.role) or "" for item in items]
    guesses = [seven(f) or "none" for f in found]
    packs = [item.pack for item in items]
    low, high = interval(
        packs, lambda n: macro_f1([guesses[i] for i in n], [truths[i] for i in n]), rounds=max(50, rounds // 5)
    )
    right = [g == t for g, t in zip(guesses, truths, strict=True)]
    return Row(
        label,
        {
            "files": len(items),
            "macro-F1": (macro_f1(guesses, truths), low, high),
            "accuracy": _share(right),
            "by packs": mean_over_packs(right, packs),
            "recall": " ".join(f"{role} {_recall(role, guesses, truths):.2f}" for role in sorted(set(truths))),
        },
    )


def kind_row(label: str, items: Sequence[Item], found: Sequence[bool | None], rounds: int) -> Row:
    """Loop or one-shot."""
    right = [f is i.is_loop for f, i in zip(found, items, strict=True)]
    packs = [item.pack for item in items]
    return Row(
        label,
        {
            "files": len(items),
            "accuracy": with_interval(right, packs, rounds),
            "by packs": mean_over_packs(right, packs),
            "loops right": _share(r for r, i in zip(right, items, strict=True) if i.is_loop),
            "one-shots right": _share(r for r, i in zip(right, items, strict=True) if not i.is_loop),
        },
    )


def calibration_row(label: str, confidences: Sequence[float], right: Sequence[bool]) -> Row:
    """How far a confidence can be believed."""
    sure = [r for c, r in zip(confidences, right, strict=True) if c >= 0.9]
    half = [r for c, r in zip(confidences, right, strict=True) if 0.5 <= c < 0.9]
    return Row(
        label,
        {
            "answers": len(right),
            "given >= .9": len(sure),
            "of those right": _share(sure),
            "given .5 to .9": len(half),
            "of these right": _share(half),
            "expected calibration error": calibration_error(confidences, right),
        },
    )


def grouped(
    items: Sequence[Item], names: Callable[[Item], Sequence[str]], least: int = 4
) -> list[tuple[str, list[int]]]:
    """Numbers of the items of each group that has ``least`` of them, the largest first."""
    groups: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for name in names(item):
            groups.setdefault(name, []).append(number)
    return sorted(((n, g) for n, g in groups.items() if len(g) >= least), key=lambda pair: (-len(pair[1]), pair[0]))


def markdown(table: Table) -> str:
    """The table as Markdown."""
    if not table.rows:
        return f"### {table.title}\n\n{table.note or 'nothing to measure'}\n"
    columns = list(table.rows[0].cells)
    lines = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {row.label} | {' | '.join(_told(row.cells[c]) for c in columns)} |" for row in table.rows]
    note = f"{table.note}\n\n" if table.note else ""
    return f"### {table.title}\n\n{note}" + "\n".join(lines) + "\n"


def as_json(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """The tables as plain values."""
    return [{"title": t.title, "note": t.note, "rows": [{"label": r.label, **r.cells} for r in t.rows]} for t in tables]


def _told(value: Value) -> str:
    match value:
        case None:
            return ""
        case (mean, low, high):
            return f"{mean:.3f} ({low:.2f}..{high:.2f})"
        case float():
            return f"{value:.3f}" if abs(value) < 20 else f"{value:.0f}"
        case _:
            return str(value)


def _share(values: Any) -> float | None:  # noqa: ANN401 - any iterable of truths
    known = list(values)
    return float(np.mean(known)) if known else None


def _recall(role: str, guesses: Sequence[str], truths: Sequence[str]) -> float:
    return float(np.mean([g == t for g, t in zip(guesses, truths, strict=True) if t == role]))
