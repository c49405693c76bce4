"""Recorded loops whose makers told the truth: a folder with a manifest, Sonic Pi's samples, the starter pack."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from analysis_sets.item import Item

SONIC_PI_BEATS: Mapping[str, float] = {
    "loop_amen": 4,
    "loop_amen_full": 16,
    "loop_breakbeat": 4,
    "loop_garzul": 16,
    "loop_mika": 16,
    "loop_safari": 16,
    "loop_industrial": 2,
    "loop_electric": 4,
    "loop_mehackit1": 4,
    "loop_mehackit2": 4,
    "loop_perc1": 4,
    "loop_perc2": 4,
    "loop_weirdo": 8,
}
"""Beats of Sonic Pi's loops. Left out where musicians count them in two ways (compus, tabla, 3d_printer)."""
_SONIC_PI_ROLES: Mapping[str, str] = {
    "bass_": "bass", "bd_": "drums", "drum_": "drums", "sn_": "drums", "tabla_": "percussion", "vinyl_": "fx",
    "guit_": "melody",
}  # fmt: skip
_UNCERTAIN = ("ambi_", "drum_cowbell", "vinyl_hiss", "misc_", "mehackit_", "glitch_", "elec_", "perc_")
_SEVEN = {"pad": "chords"}
MANIFEST = "manifest.csv"


def seven(role: str | None) -> str | None:
    """One of the seven classes: a pad counts as chords."""
    return None if role is None else _SEVEN.get(role, role)


def manifest_items(folder: Path) -> Iterator[tuple[Item, str]]:
    """The files of a folder by its manifest, each with the path its maker gave it."""
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bpm = float(row["bpm"]) if row["bpm"] else None
            path = folder / row["file"]
            given = str(PurePosixPath(row["original"]).with_suffix(path.suffix))
            beats = SONIC_PI_BEATS.get(PurePosixPath(given).stem)
            if bpm is None and beats and row["source"] == "sonic-pi":
                bpm = round(beats * 60 / float(row["duration"]), 2)
            traits = {
                t
                for t, holds in {"other count": row["note"] == "oddmeter", "slow": bool(bpm and bpm < 90)}.items()
                if holds
            }
            yield (
                Item(
                    path=path,
                    pack=row["source"],
                    source="real",
                    bpm=bpm,
                    key=row["key"] or None,
                    role=row["role"] or None,
                    is_loop=float(row["is_loop"]) > 0.5,
                    traits=frozenset(traits | ({row["role"]} if row["role"] else set())),
                    truth_in_name=bool(bpm) and f"{bpm:g}" in PurePosixPath(given).name,
                ),
                f"{row['source']}/{given}",
            )


def sonic_pi_items(folder: Path, known: frozenset[str]) -> Iterator[tuple[Item, str]]:
    """Sonic Pi's samples that are not ``known`` by their stems; what they are is told by their names."""
    import soundfile  # noqa: PLC0415 - only where they are

    for path in sorted(folder.glob("*.flac")):
        if path.stem in known or path.stem.startswith(_UNCERTAIN):
            continue
        seconds = soundfile.info(path).duration
        beats = SONIC_PI_BEATS.get(path.stem)
        bpm = round(beats * 60 / seconds, 2) if beats else None
        role = next((role for start, role in _SONIC_PI_ROLES.items() if path.stem.startswith(start)), None)
        yield (
            Item(
                path=path,
                pack="sonic-pi",
                source="real",
                bpm=bpm,
                role=role,
                is_loop=path.stem.startswith("loop_"),
                traits=frozenset({role} if role else ()),
            ),
            f"sonic-pi/etc/samples/{path.name}",
        )


def starter_items(folder: Path) -> Iterator[tuple[Item, str]]:
    """The starter pack by its labels, each kit a pack; made by this project, so told apart."""
    for row in json.loads((folder / "labels.json").read_text(encoding="utf-8")):
        bpm = row["bpm"] if row["is_loop"] else None
        slow = {"slow"} if bpm and bpm < 90 else set()
        yield (
            Item(
                path=folder / row["file"],
                pack=f"starter {row['kit']}",
                source="starter",
                bpm=bpm,
                key=row["key"],
                role=row["role"],
                is_loop=row["is_loop"],
                traits=frozenset(slow | {row["role"]}),
                truth_in_name=bpm is not None,
            ),
            row["file"],
        )
