"""Writing the starter pack into a folder, so that it can be broken off and gone on with."""

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loopmind_chat.errors import SoundFileError

VERSION: Final = 1
"""Rises when any sound of the pack changes: files that an older version wrote are then made anew."""
LABELS: Final = "labels.json"
_RECORD: Final = "pack.json"
_README: Final = "README.txt"

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file just done."""


@dataclass(frozen=True, slots=True)
class PackReport:
    """What writing the pack did."""

    folder: Path
    files: tuple[Path, ...]
    """Every sound of the pack, those that were there already included."""
    written: int
    """How many were made now."""
    kept: tuple[Path, ...] = ()
    """Files of the same name that are the user's own, or were changed by them, and were left as they are."""


def write_pack(folder: Path, report: Progress | None = None, *, workers: int | None = None) -> PackReport:
    """Render the starter pack into ``folder`` and say what was done; files that are there already are not made again.

    ``workers`` processes share the work (default: one a core, at most four; 1 stays in this process). Raises
    SoundFileError where the folder cannot be written.
    """
    from loopmind_chat.starter.catalogue import recipes  # noqa: PLC0415 - scipy takes half a second to import

    pack = recipes()
    folder = folder.absolute()
    try:
        for place in {(folder / name).parent for name in pack}:
            place.mkdir(parents=True, exist_ok=True)
        record = _Record.read(folder / _RECORD)
        states = {name: record.state(folder / name, name) for name in pack}
        due = [name for name, state in states.items() if state in {"absent", "stale"}]
        record = record.begun(due)
        record.write(folder / _RECORD)
        _put_text(folder / LABELS, json.dumps([recipe.label.document() for recipe in pack.values()], indent=1) + "\n")
        _put_text(folder / _README, _readme(len(pack)))
        done = len(pack) - len(due)
        for name, digest in _rendered(folder, due, workers or min(os.cpu_count() or 1, 4)):
            done += 1
            record = record.done(name, digest)
            record.write(folder / _RECORD)
            if report is not None:
                report(done, len(pack), name)
    except OSError as fault:
        raise SoundFileError(f"the starter pack cannot be written to {folder}: {fault.strerror or fault}") from fault
    kept = tuple(folder / name for name, state in states.items() if state == "foreign")
    return PackReport(folder, tuple(folder / name for name in pack), len(due), kept)


def render_file(folder: str, name: str) -> str:
    """Render one file of the pack into ``folder`` and return the SHA-256 of what was written."""
    from loopmind_chat.soundfiles.write import write_sound  # noqa: PLC0415 - as below
    from loopmind_chat.starter.catalogue import recipes  # noqa: PLC0415 - scipy takes half a second to import
    from loopmind_chat.starter.sound.signals import RATE  # noqa: PLC0415 - as above

    path = Path(folder, name)
    write_sound(path, recipes()[name].render(), RATE, subtype="PCM_16")
    return _digest(path)


@dataclass(frozen=True, slots=True)
class _Record:
    """What was written to the folder: the digest of each finished file, "" for one that was begun."""

    version: int
    digests: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> "_Record":
        try:
            document = json.loads(path.read_text("utf-8"))
            return cls(int(document["version"]), {str(k): str(v) for k, v in document["files"].items()})
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            # without a record nothing in the folder is known to be ours
            return cls(VERSION, {})

    def state(self, path: Path, name: str) -> str:
        """Whether the file is "absent", "right", "stale" (ours, but unfinished or of an old version) or "foreign"."""
        if not path.exists():
            return "absent"
        digest = self.digests.get(name)
        if digest is None:
            return "foreign"
        if not digest:
            return "stale"
        if digest != _digest(path):
            return "stale" if _is_damaged(path) else "foreign"
        return "right" if self.version == VERSION else "stale"

    def begun(self, names: Sequence[str]) -> "_Record":
        return _Record(VERSION, {**self.digests, **dict.fromkeys(names, "")})

    def done(self, name: str, digest: str) -> "_Record":
        return _Record(VERSION, {**self.digests, name: digest})

    def write(self, path: Path) -> None:
        _put_text(path, json.dumps({"version": self.version, "files": dict(self.digests)}, indent=1) + "\n")


def _rendered(folder: Path, names: Sequence[str], workers: int) -> Iterator[tuple[str, str]]:
    """Each file as it is finished, with its digest."""
    if workers == 1 or len(names) == 1:
        for name in names:
            yield name, render_file(str(folder), name)
        return
    # a forked child of a process with threads may hang: each worker starts afresh
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(names) or 1), mp_context=context) as pool:
        futures = {pool.submit(render_file, str(folder), name): name for name in names}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as fault:
            raise SoundFileError("a process that rendered the starter pack died: run it again to go on") from fault
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _is_damaged(path: Path) -> bool:
    """Whether the file is cut short, or no sound file at all."""
    from loopmind_chat.errors import UnreadableAudio  # noqa: PLC0415 - soundfile is loaded where sound is handled
    from loopmind_chat.soundfiles.read import read_sound  # noqa: PLC0415 - as above

    try:
        return bool(read_sound(path).faults)
    except UnreadableAudio:
        return True


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _put_text(path: Path, text: str) -> None:
    """Replace a small file in one step."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8", newline="\n")
    part.replace(path)


def _readme(count: int) -> str:
    return f"""LoopMind starter pack

{count} loops and one-shots in three kits, each in one tempo and one key:

  Trap Kit    140 BPM  A minor   Am  F   Dm  Em
  Lo-Fi Kit    80 BPM  D minor   Dm9 Gm9 Bbmaj7 Am7
  House Kit   124 BPM  F minor   Fm7 Dbmaj7 Bbm7 Eb6

Inside a kit everything fits everything: one chord a bar, four bars round.
16-bit stereo WAV at 44.1 kHz; loops are cut to the sample and repeat without a seam.
labels.json holds tempo, key, role, mood and tags of each file.

The sounds were computed on this machine by LoopMind, from formulas and chance; nothing was sampled or downloaded.
Licence: CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/). Use them for anything, without credit.
"""
