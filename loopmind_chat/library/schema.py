"""The tables of the library, and how an older file becomes a newer one."""

import sqlite3
from typing import Final

from loopmind_chat.errors import LibraryError

_FIRST: Final = """
CREATE TABLE loops (          -- what is known of a sound, whatever files hold it
    id TEXT PRIMARY KEY,      -- 12 hex digits of the hash of the file's bytes
    facts TEXT NOT NULL,      -- LoopFacts as JSON, before corrections
    text TEXT NOT NULL,       -- what is embedded for search, after corrections
    version INTEGER NOT NULL, -- of the analysis
    revision INTEGER NOT NULL -- of the last change to anything about this loop
);
CREATE INDEX loops_by_revision ON loops (revision);
CREATE TABLE files (          -- what was seen where; paths are bytes, for not every name is text
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    loop_id TEXT REFERENCES loops (id),
    problem TEXT,             -- why it cannot be used; then it has no loop
    missing INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX files_by_loop ON files (loop_id);
CREATE TABLE folders (path BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE corrections (loop_id TEXT PRIMARY KEY, changes TEXT NOT NULL);
CREATE TABLE ratings (loop_id TEXT PRIMARY KEY, rating INTEGER NOT NULL);
CREATE TABLE embeddings (loop_id TEXT PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL);
CREATE TABLE queries (model TEXT, text TEXT, vector BLOB NOT NULL, PRIMARY KEY (model, text)) WITHOUT ROWID;
CREATE TABLE clock (revision INTEGER NOT NULL);
INSERT INTO clock VALUES (0);
"""

_SOUNDS: Final = """
CREATE TABLE sounds (loop_id TEXT PRIMARY KEY, model TEXT NOT NULL, vector BLOB NOT NULL);
"""

_VERSIONS: Final = """
CREATE INDEX loops_by_version ON loops (id, version); -- spares a rescan from reading all facts
"""

_REFUSALS: Final = """
ALTER TABLE files ADD COLUMN version INTEGER NOT NULL DEFAULT 0; -- of the analysis that last looked at the file
"""

_STEPS: Final = (_FIRST, _SOUNDS, _VERSIONS, _REFUSALS)
"""What takes a file of version n to version n + 1."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this version, each step whole or not at all; raises LibraryError where it is newer."""
    version = check_version(connection)
    for number, step in enumerate(_STEPS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE;{step}PRAGMA user_version = {number};COMMIT;")


def check_version(connection: sqlite3.Connection) -> int:
    """The version of the file; raises LibraryError where a newer LoopMind wrote it."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_STEPS):
        raise LibraryError("the library was written by a newer LoopMind: update this one, or use another LOOPMIND_HOME")
    return int(version)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of this version."""
    return check_version(connection) == len(_STEPS)
