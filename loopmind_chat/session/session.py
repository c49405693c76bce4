"""The one owner of the current song: every turn is committed to the session file as it happens."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from loopmind_chat.errors import SessionDamaged, SessionError
from loopmind_chat.session.file import connect, create_schema, explained, save_copy
from loopmind_chat.session.rows import (
    Move,
    calls_text,
    calls_that_mention,
    insert_turn,
    load_song,
    read_calls,
    song_row,
    storable,
)
from loopmind_chat.session.turns import CallOutcome, Offer, TurnRecord
from loopmind_chat.song.model import Song

Listener = Callable[[TurnRecord], None]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the session stands; replaced as a whole once a transaction is on the disk."""

    song: Song
    song_id: int
    revision: int
    position: int
    writes: int
    folders: tuple[Path, ...]
    last_move: Move | None


class Session:
    """An open session. Safe to use from several threads; a second program on the file is noticed, never overwritten."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, blank: bool) -> None:
        self._path = path
        self._db = connection
        self._lock = threading.RLock()
        self._listeners: list[Listener] = []
        if blank:
            self._initialise()
        self._place = self._read_place()

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> "Session":
        """The session at ``path``; made where there is none, unless ``create`` is False.

        Raises SessionError (no folder, no file, no permission), SessionDamaged or SessionTooNew.
        """
        place = Path(path).expanduser().absolute()
        connection, blank = connect(place, create=create)
        try:
            return cls(place, connection, blank=blank)
        except sqlite3.Error as fault:
            connection.close()
            raise explained(fault, place) from fault
        except SessionError:
            connection.close()
            raise

    @property
    def path(self) -> Path:
        """Where the session lies, absolute."""
        return self._path

    @property
    def song(self) -> Song:
        """The song as it is now."""
        return self._place.song

    @property
    def revision(self) -> int:
        """Rises by one with each turn that changes the song, undo included."""
        return self._place.revision

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of loops in use; none: every loop that the library knows."""
        return self._place.folders

    @property
    def last_move(self) -> Move | None:
        """What the last turn that changed the song was; None before the first."""
        return self._place.last_move

    def commit(
        self, say: str, reply: str, calls: Sequence[CallOutcome], song: Song, elapsed_s: float = 0.0
    ) -> TurnRecord:
        """Store one turn and the song it leaves, in one transaction.

        A turn that leaves the song as it was is stored too, but is no undo step and keeps the revision.
        """
        with self._lock:
            place = self._place
            changed = song != place.song
            with self._transaction() as db:
                song_id = song_row(db, song) if changed else place.song_id
                revision = place.revision + changed
                position = place.position + changed
                move: Move = "change" if changed else "talk"
                turn = insert_turn(db, move, TurnRecord(say, reply, tuple(calls), revision, elapsed_s, song), song_id)
                if changed:
                    db.execute("DELETE FROM history WHERE position >= ?", (position,))
                    db.execute("INSERT INTO history VALUES (?, ?, ?)", (position, song_id, turn))
                db.execute("UPDATE state SET revision = ?, position = ?", (revision, position))
            if changed:
                self._place = replace(
                    self._place, song=song, song_id=song_id, revision=revision, position=position, last_move=move
                )
            return self._published(TurnRecord(say, reply, tuple(calls), revision, elapsed_s, song))

    def amend(self, record: TurnRecord) -> TurnRecord:
        """Rewrite the reply, calls and time of the last turn: what its effects came to is known only after it."""
        with self._lock, self._transaction() as db:
            db.execute(
                "UPDATE turns SET reply = ?, calls = ?, elapsed_s = ? WHERE id = (SELECT max(id) FROM turns)",
                (storable(record.reply), calls_text(record.calls), record.elapsed_s),
            )
        return record

    def undoable(self) -> str | None:
        """What the user had said for the change that undo would take back; None: nothing to take back."""
        return self._said_at(self._place.position) if self._place.position > 0 else None

    def redoable(self) -> str | None:
        """What the user had said for the change that redo would bring back; None: nothing to bring back."""
        return self._said_at(self._place.position + 1)

    def undo(
        self, say: str, reply: str, calls: Sequence[CallOutcome] = (), elapsed_s: float = 0.0
    ) -> TurnRecord | None:
        """Put back the song as it was before the last change; None where there is none. No tool runs again."""
        return self._step("undo", TurnRecord(say, reply, tuple(calls), 0, elapsed_s, self.song))

    def redo(
        self, say: str, reply: str, calls: Sequence[CallOutcome] = (), elapsed_s: float = 0.0
    ) -> TurnRecord | None:
        """Put back what was last taken back; None where a new change or nothing stands in its place."""
        return self._step("redo", TurnRecord(say, reply, tuple(calls), 0, elapsed_s, self.song))

    def offers(self) -> Sequence[Offer]:
        """The last lists of suggestions that were given, the newest first."""
        return [call.offer for call in self._calls_with('"offer"') if call.offer is not None]

    def calls(self) -> Sequence[CallOutcome]:
        """The calls of the last turns, the newest first."""
        return self._calls_with('"tool"')

    def call_that_brought(self, loop_id: str) -> CallOutcome | None:
        """The last call by which a loop came into the song; None where no call did."""
        found = self._calls_with(f'"{loop_id}"')
        return next((call for call in found if call.ok and loop_id in call.brought), None)

    def last_change(self) -> TurnRecord | None:
        """The last turn that left another song, undo and redo included."""
        return next(iter(self._turns("WHERE move != 'talk'", 1)), None)

    def turns(self, limit: int | None = None) -> tuple[TurnRecord, ...]:
        """The last ``limit`` turns (None: all), oldest first, each with the song it left."""
        return self._turns("", -1 if limit is None else limit)

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Use the loops of these folders from now on. No undo step: the song stays."""
        with self._lock:
            text = json.dumps([str(folder) for folder in folders])
            with self._transaction() as db:
                db.execute("INSERT OR REPLACE INTO settings VALUES ('folders', ?)", (text,))
            self._place = replace(self._place, folders=tuple(folders))

    def save_copy(self, path: Path) -> Path:
        """Write a copy of the whole session, history included; never over a file that is there."""
        with self._lock:
            return save_copy(self._db, path.expanduser().absolute())

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` after each stored turn, on the thread that stored it; it must not wait."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Close the file; every turn is in it already."""
        with self._lock:
            self._db.close()

    def _initialise(self) -> None:
        self._db.execute("BEGIN EXCLUSIVE")
        if self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            self._db.execute("ROLLBACK")  # another program made it a moment ago
            return
        create_schema(self._db)
        song_id = song_row(self._db, Song())
        self._db.execute("INSERT INTO history VALUES (0, ?, NULL)", (song_id,))
        self._db.execute("COMMIT")

    def _read_place(self) -> _Place:
        row = self._db.execute(
            "SELECT revision, state.position, writes, song FROM state JOIN history ON history.position = state.position"
        ).fetchone()
        if row is None:
            raise SessionDamaged(f"{self._path} has no current song; it was left as it is")
        revision, position, writes, song_id = row
        folders = self._db.execute("SELECT value FROM settings WHERE name = 'folders'").fetchone()
        move = self._db.execute("SELECT move FROM turns WHERE move != 'talk' ORDER BY id DESC LIMIT 1").fetchone()
        return _Place(
            load_song(self._db, song_id),
            song_id,
            revision,
            position,
            writes,
            tuple(Path(folder) for folder in json.loads(folders[0])) if folders else (),
            move[0] if move else None,
        )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._db
        try:
            db.execute("BEGIN IMMEDIATE")
            try:
                self._check_alone()
                yield db
                db.execute("UPDATE state SET writes = writes + 1")
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
        except sqlite3.Error as fault:
            raise explained(fault, self._path) from fault
        self._place = replace(self._place, writes=self._place.writes + 1)

    def _check_alone(self) -> None:
        if self._db.execute("SELECT writes FROM state").fetchone()[0] != self._place.writes:
            self._place = self._read_place()
            raise SessionError(
                f"{self._path.name} was changed by another LoopMind; this one now shows that song: say it once more"
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as fault:
                raise explained(fault, self._path) from fault

    def _step(self, move: Move, turn: TurnRecord) -> TurnRecord | None:
        with self._lock:
            place = self._place
            position = place.position + (1 if move == "redo" else -1)
            row = self._db.execute("SELECT song FROM history WHERE position = ?", (position,)).fetchone()
            if row is None:
                return None
            song = load_song(self._db, row[0])
            record = replace(turn, revision=place.revision + 1, song=song)
            with self._transaction() as db:
                insert_turn(db, move, record, row[0])
                db.execute("UPDATE state SET revision = ?, position = ?", (record.revision, position))
            self._place = replace(
                self._place, song=song, song_id=row[0], revision=record.revision, position=position, last_move=move
            )
            return self._published(record)

    def _published(self, record: TurnRecord) -> TurnRecord:
        for listener in tuple(self._listeners):
            listener(record)
        return record

    def _calls_with(self, text: str) -> list[CallOutcome]:
        with self._reading() as db:
            return calls_that_mention(db, text)

    def _turns(self, where: str, limit: int) -> tuple[TurnRecord, ...]:
        with self._reading() as db:
            rows = db.execute(
                "SELECT say, reply, calls, revision, elapsed_s, song FROM turns "  # noqa: S608 - no text from outside
                f"{where} ORDER BY id DESC LIMIT ?",
                (limit,),
            ).fetchall()
            songs = {song_id: load_song(db, song_id) for song_id in {row[5] for row in rows}}
        return tuple(
            TurnRecord(say, reply, read_calls(calls), revision, elapsed, songs[song_id])
            for say, reply, calls, revision, elapsed, song_id in reversed(rows)
        )

    def _said_at(self, position: int) -> str | None:
        with self._reading() as db:
            row = db.execute(
                "SELECT say FROM history JOIN turns ON turns.id = history.turn WHERE position = ?", (position,)
            ).fetchone()
        return row[0] if row else None
