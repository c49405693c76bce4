"""The file that is the truth: SQLite in WAL mode, one writer, readers that never wait for it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.schema import is_current, migrate

_BUSY_MS: Final = 10_000
_ALIEN: Final = ("file is not a database", "malformed", "disk image")


class StoreDamaged(LibraryError):
    """The file is no library, or is beyond SQLite's repair."""


class Store:
    """Two connections on one file: a writer's and a reader's, each used by one thread at a time."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._read_turn = threading.Lock()
        self._write_turn = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        with _told(path):
            if not read_only:
                self._writer = _writer(path)
            self._reader = _reader(path)

    @contextmanager
    def write(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """A transaction and its revision, one more than the last; committed at the end, or not at all."""
        with self._write_turn:
            if self._writer is None:
                raise LibraryError("this view of the library is read-only")
            db = self._writer
            with _told(self.path):
                db.execute("BEGIN IMMEDIATE")
                try:
                    (revision,) = db.execute("UPDATE clock SET revision = revision + 1 RETURNING revision").fetchone()
                    yield db, int(revision)
                    db.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.OperationalError):  # a full disk has rolled back already
                        db.execute("ROLLBACK")
                    raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A consistent snapshot: what is committed meanwhile is not seen."""
        with self._read_turn, _told(self.path):
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                self._reader.execute("ROLLBACK")

    def data_version(self) -> int:
        """A number that changes whenever anybody else, our own writer included, has committed."""
        with self._read_turn, _told(self.path):
            (version,) = self._reader.execute("PRAGMA data_version").fetchone()
            return int(version)

    def close(self) -> None:
        """Close both connections, once what they are doing is done."""
        with self._read_turn:
            self._reader.close()
        with self._write_turn:
            if self._writer is not None:
                self._writer.close()


def damage_mark(path: Path) -> Path:
    """The file that says, beside a store, that it was found damaged while in use: it is replaced when next opened."""
    return path.with_name(f"{path.name}.damaged")


def damaged(path: Path, what: str) -> StoreDamaged:
    """The error to raise for a damaged store, which is marked for the next opening."""
    with suppress(OSError):  # a folder that may not be written
        damage_mark(path).touch()
    return StoreDamaged(f"the library {path} is damaged ({what}): start LoopMind again, and it is made anew")


def move_aside(path: Path) -> Path:
    """Rename a damaged file and what belongs to it to ``NAME.bad-N``, and say where it is now."""
    number = 1
    while (aside := path.with_name(f"{path.name}.bad-{number}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _connect(path: Path, query: str = "") -> sqlite3.Connection:
    address = path.absolute().as_uri() + query
    db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    return db


def _writer(path: Path) -> sqlite3.Connection:
    db = _connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last batch of a scan, never the file
    migrate(db)
    return db


def _reader(path: Path) -> sqlite3.Connection:
    try:
        db = _connect(path, "?mode=rw")
        db.execute("PRAGMA query_only = ON")
        current = is_current(db)
    except sqlite3.OperationalError:
        db = _connect(path, "?mode=ro&immutable=1")  # a folder that may not be written: nobody else writes it either
        current = is_current(db)
    if not current:
        db.close()
        raise LibraryError(f"the library {path} is being made or updated by another process: try again")
    return db


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one line for the user."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        text = str(fault)
        if any(sign in text for sign in _ALIEN):
            raise damaged(path, text) from fault
        if "full" in text:
            raise LibraryError(f"no space left on the disk for the library {path}") from fault
        raise LibraryError(f"the library {path} cannot be used: {text}") from fault
