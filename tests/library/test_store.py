"""The store: whole transactions, readers that do not wait, damage that costs nothing the user said."""

import json
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.file_rows import Examined, Stamp, known_files, save_examined
from loopmind_chat.library.keepsake import open_store, write_keepsake
from loopmind_chat.library.loop_rows import (
    loops_changed_since,
    save_changes,
    save_rating,
    stored_changes,
    what_the_user_said,
)
from loopmind_chat.library.schema import _STEPS
from loopmind_chat.library.store import Store, StoreDamaged
from tests.fakes.loop_rows import made_facts

FACTS = made_facts("/loops/a.wav", "bass", bpm=90.0)


def _filled(path: Path) -> Store:
    store = Store(path, read_only=False)
    save_examined(store, [Examined("/loops/a.wav", Stamp(1, 2, 3, 4), FACTS.id, None, FACTS, "bass")], version=1)
    return store


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    store = _filled(tmp_path / "library.db")
    revision, (row,) = loops_changed_since(store, -1)
    assert (row.facts, row.places, row.changes, row.rating) == (FACTS, ("/loops/a.wav",), {}, 0)
    assert loops_changed_since(store, revision) == (revision, [])
    assert list(known_files(store, [Path("/loops")])) == ["/loops/a.wav"]
    assert known_files(store, [Path("/loop")]) == {}
    store.close()


def test_every_change_to_a_loop_is_noticed(tmp_path: Path) -> None:
    store = _filled(tmp_path / "library.db")
    revision, _ = loops_changed_since(store, -1)
    for change in (
        lambda: save_changes(store, FACTS.id, {"bpm": 45.0}, "bass"),
        lambda: save_rating(store, FACTS.id, 1),
        lambda: save_examined(store, [Examined("/loops/b.wav", Stamp(1, 2, 3, 5), FACTS.id)], version=1),
        lambda: save_examined(store, [Examined("/loops/a.wav", Stamp(0, 2, 3, 4), problem="empty file")], version=1),
    ):
        before = store.data_version()
        change()
        assert store.data_version() != before
        revision, rows = loops_changed_since(store, revision)
        assert [row.facts.id for row in rows] == [FACTS.id]
    assert rows[0].places == ("/loops/b.wav",)
    store.close()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = _filled(tmp_path / "library.db")
    before = loops_changed_since(store, -1)
    with pytest.raises(LibraryError), store.write() as (db, _):
        db.execute("DELETE FROM loops").execute("no SQL")
    assert loops_changed_since(store, -1) == before
    store.close()


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = _filled(tmp_path / "library.db")
    answered = threading.Event()

    def read() -> None:
        loops_changed_since(store, -1)
        answered.set()

    with store.write() as (db, _):
        db.execute("DELETE FROM ratings")
        reader = threading.Thread(target=read)
        reader.start()
        assert answered.wait(5)
    reader.join()
    store.close()


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    store = _filled(tmp_path / "library.db")
    assert store._writer is not None
    (pages,) = store._writer.execute("PRAGMA page_count").fetchone()
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    many = [Examined(f"/loops/{number}.wav", Stamp(1, 2, 3, number), problem="x" * 500) for number in range(200)]
    with pytest.raises(LibraryError, match="no space left"):
        save_examined(store, many, version=1)
    assert list(known_files(store, [Path("/loops")])) == ["/loops/a.wav"]
    store._writer.execute("PRAGMA max_page_count = 100000")
    save_examined(store, many, version=1)
    assert len(known_files(store, [Path("/loops")])) == 201
    store.close()


def test_a_newer_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    _filled(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(_STEPS) + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="newer LoopMind"):
        Store(path, read_only=False)
    assert path.read_bytes() == before


def _written_by_the_first_version(path: Path) -> None:
    db = sqlite3.connect(path)
    db.executescript(_STEPS[0])
    facts = {
        "id": FACTS.id, "path": "/loops/a.wav", "name": "a", "duration_s": 8.0, "sample_rate": 48_000, "channels": 2,
        "is_loop": True, "bpm": 90.0, "bpm_confidence": 0.5, "bpm_alternates": [45.0], "bars": 3.0, "beats": 12.0,
        "key": "A minor", "key_confidence": 0.9, "role": "bass", "role_confidence": 0.8, "tags": {"dark": 0.7},
        "loudness_lufs": -14.0, "peak_db": -1.0, "brightness_hz": 200.0, "density": 2.0, "error": None,
    }  # fmt: skip
    db.execute("INSERT INTO loops VALUES (?, ?, 'bass', 1, 1)", (FACTS.id, json.dumps(facts)))
    db.execute("INSERT INTO files VALUES (?, 1, 2, 3, 4, ?, NULL, 0)", (b"/loops/a.wav", FACTS.id))
    db.execute("INSERT INTO corrections VALUES (?, ?)", (FACTS.id, json.dumps({"bpm": 45.0})))
    db.execute("INSERT INTO ratings VALUES (?, 1)", (FACTS.id,))
    db.execute("INSERT INTO embeddings VALUES (?, 'words', 'bass', ?)", (FACTS.id, np.float32([1, 0]).tobytes()))
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()


def test_a_library_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    _written_by_the_first_version(tmp_path / "library.db")
    store = Store(tmp_path / "library.db", read_only=False)
    _, (row,) = loops_changed_since(store, -1)
    assert (row.facts.bpm, str(row.facts.key), row.facts.tempo_readings) == (90.0, "A minor", ())
    assert (row.changes, row.rating, row.places) == ({"bpm": 45.0}, 1, ("/loops/a.wav",))
    assert (row.model, row.vector, row.sound) == ("words", np.float32([1, 0]).tobytes(), b"")
    assert known_files(store, [Path("/loops")])["/loops/a.wav"].version == 1  # older facts: the next scan reads it anew
    sound = np.float32([0, 1]).tobytes()
    new = Examined("/loops/a.wav", Stamp(1, 2, 3, 4), FACTS.id, None, FACTS, "bass", "audio", sound)
    save_examined(store, [new], version=2)
    _, (row,) = loops_changed_since(store, -1)
    assert (row.sound_model, row.sound, row.vector) == ("audio", sound, np.float32([1, 0]).tobytes())
    assert row.changes == {"bpm": 45.0}
    store.close()


def test_a_reader_of_half_a_library_is_told_to_wait(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "library.db").close()
    with pytest.raises(LibraryError, match="try again"):
        Store(tmp_path / "library.db", read_only=True)


def test_a_reader_does_not_write(tmp_path: Path) -> None:
    _filled(tmp_path / "library.db").close()
    store = Store(tmp_path / "library.db", read_only=True)
    with pytest.raises(LibraryError, match="read-only"):
        save_rating(store, FACTS.id, 1)
    assert len(loops_changed_since(store, -1)[1]) == 1
    store.close()


@pytest.mark.parametrize("damage", [b"this is no database at all" * 200, b"SQLite format 3\x00" + b"\xa5" * 9000])
def test_a_damaged_library_is_made_anew_and_keeps_what_was_said(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "library.db"
    store = _filled(path)
    save_changes(store, FACTS.id, {"bpm": 45.0}, "bass")
    save_rating(store, "b" * 12, -1)
    write_keepsake(store)
    said = what_the_user_said(store)
    store.close()
    path.write_bytes(damage)
    store, notice = open_store(path, read_only=False)
    assert notice is not None
    assert "what you said of 2 loops was kept" in notice
    assert (tmp_path / "library.db.bad-1").read_bytes() == damage
    assert what_the_user_said(store) == said
    assert stored_changes(store, FACTS.id) == {"bpm": 45.0}
    store.close()


def test_damage_found_while_in_use_is_mended_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    store = _filled(path)
    with store.write() as (db, revision):
        db.execute("UPDATE loops SET facts = ?, revision = ?", ('{"id": "rubb', revision))
    with pytest.raises(StoreDamaged):
        loops_changed_since(store, -1)
    store.close()
    store, notice = open_store(path, read_only=False)
    assert notice is not None
    assert loops_changed_since(store, -1)[1] == []
    store.close()
    assert open_store(path, read_only=False)[1] is None


def test_a_keepsake_that_is_rubbish_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"rubbish" * 1000)
    (tmp_path / "kept.json").write_text(json.dumps([1, 2]))
    store, notice = open_store(path, read_only=False)
    assert notice is not None
    assert what_the_user_said(store) == {}
    store.close()
