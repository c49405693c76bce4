"""The sets on disk: each file by its own name, by a hash among all packs, and by a hash in its pack's folder."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from analysis_sets.drum_sounds import recordings
from analysis_sets.files import write_file
from analysis_sets.item import Item, Plan
from analysis_sets.keys import key_plans
from analysis_sets.packs import PACKS, pack_plans
from analysis_sets.real import MANIFEST, manifest_items, sonic_pi_items, starter_items
from analysis_sets.render import rendered
from analysis_sets.sound_font import sound_font

SEED = 20_240_717
VISIBLE, MIXED, FOLDERS = "visible", "mixed", "folders"
_DONE = "truth.json"


@dataclass(frozen=True, slots=True)
class Corpus:
    """All items; an item's path in a view is ``folder / view / places[view][number]``."""

    folder: Path
    items: tuple[Item, ...]
    places: dict[str, tuple[Path, ...]]

    def select(self, numbers: Sequence[int], view: str) -> list[Path]:
        """Where items lie in a view."""
        return [self.places[view][n] for n in numbers]


def build(work: Path, *, quick: bool, loops: Path | None, starter: Path | None) -> Corpus:
    """The sets, made anew only where what they depend on has changed."""
    sizes = (4, 1) if quick else (20, 5)
    stamp = [SEED, sizes, str(loops), str(starter), str(recordings()), str(sound_font()), _code_stamp()]
    folder = work / hashlib.sha256(json.dumps(stamp).encode()).hexdigest()[:12]
    if not (folder / _DONE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        rows = [*_real(folder, loops, starter, quick=quick), *_synthetic(folder, *sizes)]
        (folder / _DONE).write_text(json.dumps(rows), encoding="utf-8")
    return _read(folder)


def _code_stamp() -> str:
    """A hash of what makes the sets: a change of it makes them anew."""
    here = Path(__file__).parent
    makers = ("corpus", "drum_sounds", "files", "harmony", "item", "keys", "naming", "one_shots", "packs", "real")
    texts = [(here / f"{name}.py").read_bytes() for name in (*makers, "render", "rhythm", "sound_font", "voices")]
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _synthetic(folder: Path, loops: int, rounds: int) -> Iterable[dict[str, object]]:
    plans = [plan for number, pack in enumerate(PACKS) for plan in pack_plans(pack, number, loops, SEED)]
    plans += key_plans(rounds, SEED)
    for at in range(0, len(plans), 40):
        batch = plans[at : at + 40]
        for plan, samples in zip(batch, rendered(batch), strict=True):
            yield _written(folder, plan, samples)


def _written(folder: Path, plan: Plan, samples: np.ndarray) -> dict[str, object]:
    secret = hashlib.sha256(f"{plan.pack}/{plan.name}/{plan.seed}".encode()).hexdigest()
    suffix = plan.suffix
    shelf = hashlib.sha256(plan.pack.encode()).hexdigest()[:8]
    visible = Path(VISIBLE, plan.folder, plan.name + suffix)
    hidden = Path(MIXED, secret[:12] + suffix)
    kept = Path(FOLDERS, shelf, secret[:12] + suffix)
    write_file(folder / visible, samples, plan, chunks=True)
    write_file(folder / hidden, samples, plan, chunks=False)
    _link(folder / hidden, folder / kept)
    item = Item(
        path=folder / visible,
        pack=plan.pack,
        source="keys" if plan.pack.startswith("Keys ") else "synthetic",
        bpm=plan.bpm if plan.is_loop else None,
        key=plan.key,
        role=plan.role,
        is_loop=plan.is_loop,
        traits=plan.traits,
        truth_in_name=plan.truth_in_name,
    )
    return _row(item, visible, hidden, kept)


def _real(folder: Path, loops: Path | None, starter: Path | None, *, quick: bool) -> Iterable[dict[str, object]]:
    found: list[tuple[Item, str]] = []
    if loops is not None and (loops / MANIFEST).is_file():
        found += manifest_items(loops)
    known = frozenset(Path(given).stem for _, given in found)
    if (samples := recordings()) is not None:
        found += sonic_pi_items(samples, known)
    if starter is not None:
        found += starter_items(starter)
    for number, (item, given) in enumerate(found):
        if quick and item.bpm is None and item.key is None and number % 4:
            continue
        secret = hashlib.sha256(f"{item.pack}/{given}".encode()).hexdigest()
        shelf = hashlib.sha256(item.pack.encode()).hexdigest()[:8]
        visible, hidden = Path(VISIBLE, given), Path(MIXED, secret[:12] + item.path.suffix)
        kept = Path(FOLDERS, shelf, hidden.name)
        _copy(item.path, folder / visible)
        _bare(item.path, folder / hidden)
        _link(folder / hidden, folder / kept)
        yield _row(item, visible, hidden, kept)


def _bare(source: Path, target: Path) -> None:
    """A copy without chunks or tags where the format keeps its samples through that."""
    if source.suffix.lower() not in {".wav", ".flac"}:
        _copy(source, target)
        return
    import soundfile  # noqa: PLC0415 - brings in libsndfile

    target.parent.mkdir(parents=True, exist_ok=True)
    info = soundfile.info(source)
    samples, rate = soundfile.read(source, dtype="int32", always_2d=True)
    subtype = info.subtype if info.subtype.startswith("PCM") else "PCM_24"
    soundfile.write(target, samples, rate, subtype=subtype)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    """The same file in two places; only for files made here."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)


def _row(item: Item, visible: Path, hidden: Path, kept: Path) -> dict[str, object]:
    row = asdict(item) | {"traits": sorted(item.traits), "path": str(item.path)}
    return row | {VISIBLE: str(visible), MIXED: str(hidden), FOLDERS: str(kept)}


def _read(folder: Path) -> Corpus:
    rows = json.loads((folder / _DONE).read_text(encoding="utf-8"))
    views = (VISIBLE, MIXED, FOLDERS)
    places = {view: tuple(folder / row[view] for row in rows) for view in views}
    items = [Item(**{k: v for k, v in row.items() if k not in views}) for row in rows]
    items = [replace(i, path=Path(i.path), traits=frozenset(i.traits)) for i in items]
    return Corpus(folder, tuple(items), places)
