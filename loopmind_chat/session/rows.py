"""Rows of the session file: songs and turns as they are stored."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final, Literal

from loopmind_chat.errors import SessionDamaged, SongError
from loopmind_chat.session.turns import CallOutcome, Offer, TurnRecord
from loopmind_chat.song.document import from_document, to_document
from loopmind_chat.song.model import Song

Move = Literal["talk", "change", "undo", "redo"]
"""What a turn did to the song."""
_REMEMBERED: Final = 50
"""Turns that are looked through for a call: nobody means a list of long ago by "the second one"."""


def insert_turn(db: sqlite3.Connection, move: Move, record: TurnRecord, song_id: int) -> int | None:
    """Add a turn; gives its id."""
    row = (
        move,
        storable(record.say),
        storable(record.reply),
        calls_text(record.calls),
        record.revision,
        record.elapsed_s,
        song_id,
    )
    return db.execute(
        "INSERT INTO turns (move, say, reply, calls, revision, elapsed_s, song) VALUES (?, ?, ?, ?, ?, ?, ?)", row
    ).lastrowid


def song_row(db: sqlite3.Connection, song: Song) -> int:
    """The id of the row that holds this song; added where no row does."""
    document = json.dumps(to_document(song), allow_nan=False, separators=(",", ":"))
    digest = sha256(document.encode()).hexdigest()
    db.execute("INSERT OR IGNORE INTO songs (digest, document) VALUES (?, ?)", (digest, document))
    return int(db.execute("SELECT id FROM songs WHERE digest = ?", (digest,)).fetchone()[0])


def load_song(db: sqlite3.Connection, song_id: int) -> Song:
    """The song of that row. Raises SessionDamaged where there is none, or it is none."""
    row = db.execute("SELECT document FROM songs WHERE id = ?", (song_id,)).fetchone()
    try:
        return from_document(json.loads(row[0]))
    except (TypeError, ValueError, SongError) as fault:
        raise SessionDamaged(f"the session holds a song that cannot be read ({fault}); it was left as it is") from fault


def storable(text: str) -> str:
    """Text as SQLite takes it: file names that are not UTF-8 stand as lone surrogates, which it refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def calls_text(calls: Sequence[CallOutcome]) -> str:
    """Calls as JSON."""
    return json.dumps([_call_document(call) for call in calls])


def read_calls(text: str) -> tuple[CallOutcome, ...]:
    """Calls from JSON; those of before there were offers have none."""
    return tuple(_read_call(call) for call in json.loads(text))


def calls_that_mention(db: sqlite3.Connection, text: str) -> list[CallOutcome]:
    """The calls of the last turns whose stored calls hold ``text``, the newest call first."""
    query = "SELECT calls FROM turns WHERE instr(calls, ?) ORDER BY id DESC LIMIT ?"
    rows = db.execute(query, (text, _REMEMBERED)).fetchall()
    return [call for (calls,) in rows for call in reversed(read_calls(calls))]


def _call_document(call: CallOutcome) -> dict[str, Any]:
    document: dict[str, Any] = {"tool": call.tool, "args": dict(call.args), "ok": call.ok, "summary": call.summary}
    if call.brought:
        document["brought"] = list(call.brought)
    if call.gone:
        document["gone"] = list(call.gone)
    if call.offer is not None:
        document["offer"] = asdict(call.offer)
    return document


def _read_call(call: Mapping[str, Any]) -> CallOutcome:
    offer = call.get("offer")
    return CallOutcome(
        call["tool"], call["args"], call["ok"], call["summary"], tuple(call.get("brought", ())),
        Offer(**offer | {"loops": tuple(offer["loops"]), "sections": tuple(offer["sections"])}) if offer else None,
        tuple(call.get("gone", ())),
    )  # fmt: skip
