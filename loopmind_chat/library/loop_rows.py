"""What the store knows of loops: facts, places, the user's corrections and ratings."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from loopmind_chat.library.facts_json import facts_from_json
from loopmind_chat.library.limits import collection_paused
from loopmind_chat.library.store import Store, damaged
from loopmind_chat.song.loops import LoopFacts

_SAME_LUFS: Final = 0.05


@dataclass(frozen=True, slots=True)
class LoopRow:
    """All that is stored of one loop."""

    facts: LoopFacts
    """As analysed, before corrections."""
    changes: Mapping[str, Any]
    """The user's corrections, as plain JSON values."""
    rating: int
    places: tuple[str, ...]
    """Paths where it lies, in order."""
    lost: tuple[str, ...]
    """Paths where it once lay."""
    revision: int
    """Of the library, when something about this loop last changed."""
    model: str
    vector: bytes
    """Its embedding as little-endian float32 and the model that made it; both empty before it has one."""
    sound_model: str = ""
    sound: bytes = b""
    """The same of its audio."""


def loops_changed_since(store: Store, revision: int) -> tuple[int, list[LoopRow]]:
    """The library's revision, and the loops that something changed about since an earlier one."""
    places: dict[str, list[str]] = defaultdict(list)
    lost: dict[str, list[str]] = defaultdict(list)
    with store.read() as db:
        (now,) = db.execute("SELECT revision FROM clock").fetchone()
        if now == revision:
            return revision, []
        for loop_id, path, missing in db.execute(
            "SELECT loop_id, path, missing FROM loops CROSS JOIN files ON loop_id = id WHERE revision > ?"
            " ORDER BY path",
            (revision,),
        ):
            (lost if missing else places)[loop_id].append(os.fsdecode(path))
        rows = db.execute(
            "SELECT loops.id, facts, changes, rating, revision, embeddings.model, embeddings.vector,"
            " sounds.model, sounds.vector FROM loops"
            " LEFT JOIN corrections ON corrections.loop_id = loops.id"
            " LEFT JOIN ratings ON ratings.loop_id = loops.id"
            " LEFT JOIN embeddings ON embeddings.loop_id = loops.id"
            " LEFT JOIN sounds ON sounds.loop_id = loops.id"
            " WHERE revision > ?",
            (revision,),
        )
        with _told_as_damage(store), collection_paused():
            return now, [
                LoopRow(
                    facts_from_json(facts),
                    json.loads(changes) if changes else {},
                    rating or 0,
                    tuple(places[loop_id]),
                    tuple(lost[loop_id]),
                    changed_at,
                    model or "",
                    vector or b"",
                    sound_model or "",
                    sound or b"",
                )
                for loop_id, facts, changes, rating, changed_at, model, vector, sound_model, sound in rows
            ]


@contextmanager
def _told_as_damage(store: Store) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError) as fault:
        raise damaged(store.path, f"facts that are none: {fault}") from fault


def stored_changes(store: Store, loop_id: str) -> dict[str, Any]:
    """The corrections of one loop; empty where there are none."""
    with store.read() as db:
        row = db.execute("SELECT changes FROM corrections WHERE loop_id = ?", (loop_id,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def save_changes(store: Store, loop_id: str, changes: Mapping[str, Any], text: str) -> None:
    """Keep a loop's corrections (all of them, plain JSON values) and the sentence that now describes it."""
    with store.write() as (db, revision):
        db.execute("INSERT OR REPLACE INTO corrections VALUES (?, ?)", (loop_id, json.dumps(dict(changes))))
        db.execute("UPDATE loops SET revision = ?, text = ? WHERE id = ?", (revision, text, loop_id))


def save_rating(store: Store, loop_id: str, rating: int) -> None:
    """Keep a rating."""
    with store.write() as (db, revision):
        db.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?)", (loop_id, rating))
        db.execute("UPDATE loops SET revision = ? WHERE id = ?", (revision, loop_id))


def inherit(store: Store, old_id: str, facts: LoopFacts) -> bool:
    """Give what the user said of a loop to the one that replaces it, where that is the same audio; whether it was."""
    with store.read() as db:
        row = db.execute(
            "SELECT facts, changes, rating FROM loops"
            " LEFT JOIN corrections ON corrections.loop_id = id LEFT JOIN ratings ON ratings.loop_id = id"
            " WHERE id = ? AND (changes IS NOT NULL OR rating IS NOT NULL)",
            (old_id,),
        ).fetchone()
    if row is None or not _is_same_audio(facts_from_json(row[0]), facts):
        return False
    _, changes, rating = row
    with store.write() as (db, _):
        if changes is not None:
            db.execute("INSERT OR IGNORE INTO corrections VALUES (?, ?)", (facts.id, changes))
        if rating is not None:
            db.execute("INSERT OR IGNORE INTO ratings VALUES (?, ?)", (facts.id, rating))
    return True


def _is_same_audio(one: LoopFacts, other: LoopFacts) -> bool:
    return (one.duration_s, one.sample_rate, one.channels, one.peak_db) == (
        other.duration_s,
        other.sample_rate,
        other.channels,
        other.peak_db,
    ) and abs((one.loudness_lufs or 0.0) - (other.loudness_lufs or 0.0)) < _SAME_LUFS


def what_the_user_said(store: Store) -> dict[str, dict[str, Any]]:
    """Every correction and rating by loop id: what no rescan could bring back."""
    said: dict[str, dict[str, Any]] = defaultdict(dict)
    with store.read() as db:
        for loop_id, changes in db.execute("SELECT loop_id, changes FROM corrections"):
            said[loop_id]["changes"] = json.loads(changes)
        for loop_id, rating in db.execute("SELECT loop_id, rating FROM ratings"):
            said[loop_id]["rating"] = rating
    return dict(said)


def restore_what_the_user_said(store: Store, said: Mapping[str, Mapping[str, Any]]) -> None:
    """Put corrections and ratings back into a new file; they wait there for their loops."""
    with store.write() as (db, _):
        for loop_id, kept in said.items():
            if "changes" in kept:
                db.execute("INSERT OR REPLACE INTO corrections VALUES (?, ?)", (loop_id, json.dumps(kept["changes"])))
            if "rating" in kept:
                db.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?)", (loop_id, int(kept["rating"])))
