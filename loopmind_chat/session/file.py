"""The session file: one SQLite database that people copy, mail and back up as a document.

Rollback journal and full sync, never WAL (a WAL file copied while open loses its last rows). Its schema, version 1:

- ``songs``: every state a song was in, as JSON (:mod:`loopmind_chat.song.document`), each distinct one once.
- ``turns``: the conversation in order of ``id``, a counter (clocks jump). ``move`` says what a turn did:
  "talk" left the song as it was, "change", "undo" and "redo" each raised the revision by one.
- ``history``: the undo line. Row 0 is the first state; row n the song after its n-th change, with that turn.
- ``state``: one row. ``position`` is the place on the undo line, ``writes`` counts transactions, so that two
  programs on one file notice each other.
- ``settings``: names with JSON values; ``folders`` holds the folders of loops in use.
"""

import sqlite3
import struct
from pathlib import Path
from typing import Final

from loopmind_chat.errors import SessionDamaged, SessionError, SessionTooNew

APPLICATION_ID: Final = 0x4C4F4F50  # "LOOP"
VERSION: Final = 1
SUFFIX: Final = ".loopmind"

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = struct.Struct(">60x I 4x I")  # user_version at byte 60, application_id at byte 68
_BUSY_S: Final = 5.0

_SCHEMA: Final = """
CREATE TABLE songs (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, document TEXT NOT NULL);
CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    move TEXT NOT NULL CHECK (move IN ('talk', 'change', 'undo', 'redo')),
    say TEXT NOT NULL,
    reply TEXT NOT NULL,
    calls TEXT NOT NULL,
    revision INTEGER NOT NULL,
    elapsed_s REAL NOT NULL,
    song INTEGER NOT NULL REFERENCES songs (id)
);
CREATE TABLE history (
    position INTEGER PRIMARY KEY,
    song INTEGER NOT NULL REFERENCES songs (id),
    turn INTEGER REFERENCES turns (id)
);
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    writes INTEGER NOT NULL
);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO state VALUES (1, 0, 0, 0);
"""


def connect(path: Path, *, create: bool) -> tuple[sqlite3.Connection, bool]:
    """A connection to the session at ``path``, and whether it holds no schema yet.

    Raises SessionError where there is none and none can be made, SessionDamaged and SessionTooNew where the file is
    something else; such a file is not touched.
    """
    _check_place(path, create=create)
    blank = _is_blank(path)
    if not blank:
        _check_header(path)
    connection = _opened(path)
    try:
        if not blank:
            blank = _check_inside(connection, path)
    except (sqlite3.Error, SessionError) as fault:
        connection.close()
        raise explained(fault, path) from fault
    return connection, blank


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables, inside the transaction that is open."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)


def explained(fault: Exception, path: Path) -> SessionError:
    """The error that tells a user what SQLite said of their session."""
    if isinstance(fault, SessionError):
        return fault
    text = str(fault)
    if "full" in text:
        return SessionError(f"the disk is full: {path.name} stays as it was; free some space and say that again")
    if "locked" in text or "busy" in text:
        return SessionError(f"{path.name} is being written by another program; try again")
    if "readonly" in text or "unable to open" in text:
        return SessionError(f"{path} cannot be written; check the permissions of the file and its folder")
    if isinstance(fault, sqlite3.OperationalError) and "no such" not in text:
        return SessionError(f"{path.name} could not be written: {text}")
    return SessionDamaged(f"{path} is damaged ({text}); it was left as it is")


def save_copy(connection: sqlite3.Connection, path: Path) -> Path:
    """Write the whole session to a new file at ``path``; gives the path, with its suffix.

    Raises SessionError where something is there already, or the folder is not.
    """
    target = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
    if target.exists() or target.is_symlink():
        raise SessionError(f"{target} is already there; choose another name")
    if not target.parent.is_dir():
        raise SessionError(f"there is no folder {target.parent}")
    try:
        target.open("xb").close()  # claims the name: another program cannot take it meanwhile
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            copy.execute("PRAGMA synchronous = FULL")
            connection.backup(copy)
        finally:
            copy.close()
    except FileExistsError as fault:
        raise SessionError(f"{target} is already there; choose another name") from fault
    except (OSError, sqlite3.Error) as fault:
        target.unlink(missing_ok=True)
        raise SessionError(f"no copy could be written to {target}: {fault}") from fault
    return target


def _check_place(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise SessionError(f"{path} is a folder; a session is a file such as {path.name}{SUFFIX}")
        if not path.parent.is_dir():
            raise SessionError(f"there is no folder {path.parent}; make it first, or choose another place")
        if not create and not path.exists():
            raise SessionError(f"there is no session {path}")
        if path.exists() and not path.is_file():
            raise SessionDamaged(f"{path} is not a LoopMind session")
    except OSError as fault:
        raise SessionError(f"{path} cannot be opened: {fault.strerror}") from fault


def _is_blank(path: Path) -> bool:
    return not path.exists() or (path.stat().st_size == 0 and not _journal(path).exists())


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _check_header(path: Path) -> None:
    """Look at the first bytes before SQLite does: it would mend, lock or rename things beside a foreign file."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
    except OSError as fault:
        raise SessionError(f"{path} cannot be read: {fault.strerror}") from fault
    if _journal(path).exists() and (not header or header.startswith(_MAGIC)):
        return  # a write was cut short: SQLite takes it back, and the inside is checked then
    if len(header) < _HEADER.size or not header.startswith(_MAGIC):
        raise SessionDamaged(f"{path} is not a LoopMind session")
    version, application = _HEADER.unpack(header)
    _check_stamp(path, application, version)


def _check_stamp(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise SessionDamaged(f"{path} is not a LoopMind session")
    if version > VERSION:
        raise SessionTooNew(f"{path} was made with a newer LoopMind; it was left as it is")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault
    return connection


def _check_inside(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is blank after all (its making was cut short); raises where it is damaged or foreign."""
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        return True
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    _check_stamp(path, application, version)
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise SessionDamaged(f"{path} is damaged ({verdict}); it was left as it is")
    return False
