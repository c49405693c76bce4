"""What must be reached, beside what was."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis_sets.judge import Row, Table, Value


@dataclass(frozen=True, slots=True)
class Target:
    """A cell of a table, by the beginnings of its title and label, and the bound on it."""

    what: str
    title: str
    label: str
    cell: str
    bound: float
    most: bool = False
    """Whether the bound is an upper one."""


TARGETS: Sequence[Target] = (
    Target("tempo, names visible: exact", "Tempo, names visible", "this program", "exact", 0.92),
    Target("tempo, names visible: octave-free", "Tempo, names visible", "this program", "octave-free", 0.97),
    *(
        Target(
            f"tempo, hidden, {where}: {cell}", f"Tempo, names and chunks hidden, {where}", "this program", cell, least
        )
        for where in ("all packs", "packs in")
        for cell, least in (("exact", 0.86), ("within 4 %", 0.90), ("under 90 exact", 0.6))
    ),
    Target(
        "tempo, hidden, all packs: over the length rule, p",
        "Tempo, names and chunks hidden, all packs",
        "this program",
        "McNemar p",
        0.05,
        most=True,
    ),
    *(
        Target(f"key, real and balanced: {cell}", "Key by sound alone, real and balanced", "this program", cell, least)
        for cell, least in (("MIREX where answered", 0.75), ("major exact", 0.6), ("coverage", 0.8))
    ),
    Target("role, audio alone: macro-F1", "Role by sound alone", "held out by pack; real and", "macro-F1", 0.72),
    Target("role, with names: macro-F1", "Role, seven", "names visible; real", "macro-F1", 0.85),
    Target("loop or one-shot, folds by pack", "Loop or one-shot by sound", "held out by pack; real", "accuracy", 0.97),
    Target("loop or one-shot, hidden", "Loop or one-shot, as", "names and chunks hidden, all packs", "accuracy", 0.97),
    Target("loop or one-shot, visible", "Loop or one-shot, as", "names visible", "accuracy", 0.97),
    Target("darker by centroid", "A relative wish", "darker; real", "first three right by centroid", 0.9),
    Target("darker by the tagger", "A relative wish", "darker; real", "first three right by the tagger", 0.9),
    Target("one core, without embeddings", "Speed", "this program, without", "x real time", 100),
    Target("one core, with embeddings", "Speed", "this program, with embeddings", "x real time", 30),
)


def reached(tables: Sequence[Table]) -> Table:
    """Every target whose table was made, with what was measured."""
    rows = []
    for target in TARGETS:
        found = _cell(tables, target)
        if found is None:
            continue
        value = found[0] if isinstance(found, tuple) else float(found)
        met = value <= target.bound if target.most else value >= target.bound
        bound = f"{'<=' if target.most else '>='} {target.bound:g}"
        rows.append(Row(target.what, {"must reach": bound, "reached": found, "": "yes" if met else "NO"}))
    return Table("Targets", rows)


def _cell(tables: Sequence[Table], target: Target) -> Value:
    for table in tables:
        if table.title.startswith(target.title):
            for row in table.rows:
                if row.label.startswith(target.label):
                    return row.cells.get(target.cell)
    return None
