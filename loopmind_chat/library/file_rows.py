"""What the store knows of files and folders."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from loopmind_chat.library.facts_json import facts_to_json
from loopmind_chat.library.store import Store
from loopmind_chat.song.loops import LoopFacts

UNSETTLED: Final = -1
"""A modification time that no file has: it is looked at again by the next scan."""
_COARSE_NS: Final = 10_000_000


class Stamp(NamedTuple):
    """What tells, without reading it, whether a file is still the one that was analysed; a scan makes 100,000 fast."""

    size: int
    mtime_ns: int
    device: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Stamp":
        """The stamp of a file's status."""
        return cls(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)

    @property
    def is_lasting(self) -> bool:
        """Whether it tells one file from all others for as long as it exists.

        Drives with coarse times (FAT, exFAT) number their files anew each time they are plugged in, and loops of one
        pack often have one size.
        """
        return self.inode != 0 and self.mtime_ns % _COARSE_NS != 0

    def same_content(self, other: "Stamp") -> bool:
        """Whether size and time agree; a copy or a restored backup has another inode."""
        return self.size == other.size and self.mtime_ns == other.mtime_ns


class KnownFile(NamedTuple):
    """A file as the store has it."""

    stamp: Stamp
    loop_id: str | None
    problem: str | None
    missing: bool
    version: int
    """Of the analysis that gave its facts, or found that it can have none."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a scan learned of one file: a loop, or the reason why not."""

    path: str
    stamp: Stamp
    loop_id: str | None = None
    problem: str | None = None
    facts: LoopFacts | None = None
    """None where the sound was known already."""
    text: str = ""
    sound_model: str = ""
    sound: bytes = b""
    """The embedding of the audio as little-endian float32 and the model that made it; both empty without one."""


def known_files(store: Store, folders: Sequence[Path]) -> dict[str, KnownFile]:
    """Every file seen under the folders, missing ones included."""
    rows: dict[str, KnownFile] = {}
    with store.read() as db:
        # Two passes over what lies in order are three times quicker than a join that looks up 100,000 rows of facts.
        versions = dict(db.execute("SELECT id, version FROM loops INDEXED BY loops_by_version"))
        for folder in folders:
            for path, size, mtime, device, inode, loop_id, problem, missing, looked_at in db.execute(
                "SELECT * FROM files WHERE path = ? OR (path >= ? AND path < ?)",
                (os.fsencode(folder), *_span(folder)),
            ):
                stamp = Stamp(size, mtime, device, inode)
                version = versions.get(loop_id, 0) if problem is None else looked_at
                rows[os.fsdecode(path)] = KnownFile(stamp, loop_id, problem, bool(missing), version)
    return rows


def places_of(store: Store, loop_id: str, *, version: int) -> list[str]:
    """The paths where a sound has been seen; empty where that version of the analysis has not met it."""
    with store.read() as db:
        return [
            os.fsdecode(path)
            for (path,) in db.execute(
                "SELECT path FROM files JOIN loops ON loops.id = loop_id WHERE loop_id = ? AND loops.version = ?"
                " ORDER BY path",
                (loop_id, version),
            )
        ]


def save_examined(store: Store, batch: Iterable[Examined], *, version: int) -> None:
    """Commit what was learned of some files, in one transaction."""
    with store.write() as (db, revision):
        for file in batch:
            if file.facts is not None:
                db.execute(
                    "INSERT INTO loops VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET facts = excluded.facts,"
                    " text = excluded.text, version = excluded.version, revision = excluded.revision",
                    (file.facts.id, facts_to_json(file.facts), file.text, version, revision),
                )
                _save_sound(db, file.facts.id, file)
            path = os.fsencode(file.path)
            # The loop that the file held before has lost a place, the one it holds now has won one.
            db.execute(
                "UPDATE loops SET revision = ? WHERE id = ? OR id = (SELECT loop_id FROM files WHERE path = ?)",
                (revision, file.loop_id, path),
            )
            s = file.stamp
            db.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
                (path, s.size, s.mtime_ns, s.device, s.inode, file.loop_id, file.problem, version),
            )


def _save_sound(db: sqlite3.Connection, loop_id: str, file: Examined) -> None:
    if file.sound:
        db.execute("INSERT OR REPLACE INTO sounds VALUES (?, ?, ?)", (loop_id, file.sound_model, file.sound))
    else:
        db.execute("DELETE FROM sounds WHERE loop_id = ?", (loop_id,))


def mark_missing(store: Store, paths: Iterable[str], *, missing: bool) -> None:
    """Remember that files are gone, or back; they are never forgotten, for a drive may be plugged in again."""
    marked = [(int(missing), os.fsencode(path)) for path in paths]
    if not marked:
        return
    with store.write() as (db, revision):
        db.executemany("UPDATE files SET missing = ? WHERE path = ?", marked)
        db.executemany(
            "UPDATE loops SET revision = ? WHERE id = (SELECT loop_id FROM files WHERE path = ?)",
            [(revision, path) for _, path in marked],
        )


def mark_folder_missing(store: Store, folder: Path) -> None:
    """Remember that a folder is gone with all that was seen in it."""
    span = _span(folder)
    with store.write() as (db, revision):
        here = "FROM files WHERE path >= ? AND path < ? AND NOT missing"
        db.execute(f"UPDATE loops SET revision = ? WHERE id IN (SELECT loop_id {here})", (revision, *span))  # noqa: S608 - no value in it
        db.execute("UPDATE files SET missing = 1 WHERE path >= ? AND path < ?", span)


def add_folders(store: Store, folders: Iterable[Path]) -> None:
    """Remember folders that were scanned."""
    new = set(folders) - set(scanned_folders(store))
    if new:
        with store.write() as (db, _):
            db.executemany("INSERT OR IGNORE INTO folders VALUES (?)", [(os.fsencode(folder),) for folder in new])


def scanned_folders(store: Store) -> tuple[Path, ...]:
    """Every folder that was ever scanned, in order."""
    with store.read() as db:
        return tuple(Path(os.fsdecode(path)) for (path,) in db.execute("SELECT path FROM folders ORDER BY path"))


def unusable_files(store: Store) -> list[tuple[str, str]]:
    """Path and reason of every file that is there but cannot be used, in order of path."""
    with store.read() as db:
        rows = db.execute("SELECT path, problem FROM files WHERE problem IS NOT NULL AND NOT missing ORDER BY path")
        return [(os.fsdecode(path), problem) for path, problem in rows]


def _span(folder: Path) -> tuple[bytes, bytes]:
    """Bounds of the paths under a folder: what starts with its name and a separator."""
    start = os.path.join(os.fsencode(folder), b"")  # noqa: PTH118 - bytes, which a Path does not hold
    return start, start[:-1] + bytes([start[-1] + 1])
