import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from loopmind_chat.errors import SessionDamaged, SessionError, SessionTooNew
from loopmind_chat.session.session import Session
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.model import Song

TEMPOS = (100.0, 110.0, 120.5, 130.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.loopmind"


def at(tempo: float) -> Song:
    return Song(tempo=tempo, title="Night")


def commit(session: Session, tempo: float) -> TurnRecord:
    call = CallOutcome("set_tempo", {"bpm": tempo}, ok=True, summary=f"{tempo} BPM")
    return session.commit(f"make it {tempo}", f"{tempo} BPM.", [call], at(tempo), 0.25)


def test_a_new_session_holds_the_empty_song_and_is_there_at_once(path: Path) -> None:
    with_nothing = Session.open(path)
    assert (with_nothing.song, with_nothing.revision, with_nothing.turns()) == (Song(), 0, ())
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert [child.name for child in path.parent.iterdir()] == [path.name]
    with_nothing.close()


def test_a_turn_is_in_the_file_when_commit_returns(path: Path) -> None:
    session = Session.open(path)
    record = commit(session, 101.25)
    other = Session.open(path)
    assert other.song == at(101.25)
    assert other.revision == record.revision == 1
    assert other.turns() == (record,)


def test_undo_and_redo_raise_the_revision_and_walk_the_line(path: Path) -> None:
    session = Session.open(path)
    for tempo in TEMPOS:
        commit(session, tempo)
    seen = []
    while (record := session.undo("undo", "Took it back.")) is not None:
        seen.append((record.revision, record.song.tempo))
    assert seen == [(5, 120.5), (6, 110.0), (7, 100.0), (8, 120.0)]
    assert session.song == Song()
    assert session.undoable() is None
    again = session.redo("redo", "There it is again.")
    assert again is not None
    assert (again.revision, again.song) == (9, at(100.0))
    assert session.undoable() == "make it 100.0"
    assert session.redoable() == "make it 110.0"
    assert session.last_move == "redo"
    session.close()
    reopened = Session.open(path)
    assert (reopened.song, reopened.revision, reopened.redoable()) == (at(100.0), 9, "make it 110.0")


def test_a_new_change_drops_what_could_be_redone(path: Path) -> None:
    session = Session.open(path)
    commit(session, 100.0)
    commit(session, 110.0)
    session.undo("undo", "")
    commit(session, 90.0)
    assert session.redo("redo", "") is None
    session.undo("undo", "")
    assert session.song == at(100.0)


def test_talk_is_kept_but_is_no_undo_step(path: Path) -> None:
    session = Session.open(path)
    commit(session, 100.0)
    commit(session, 110.0)
    session.undo("undo", "")
    talk = session.commit("thanks", "Any time.", [], session.song)
    assert talk.revision == 3
    assert session.redoable() == "make it 110.0"
    assert [turn.say for turn in session.turns(2)] == ["undo", "thanks"]


def test_each_song_state_is_stored_once(path: Path) -> None:
    session = Session.open(path)
    for tempo in (100.0, 110.0, 100.0, 110.0):
        commit(session, tempo)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM songs").fetchone() == (3,)


def test_the_reply_can_be_amended_after_its_effects(path: Path) -> None:
    session = Session.open(path)
    record = commit(session, 100.0)
    session.amend(replace(record, reply="100 BPM. Wrote mix.wav.", elapsed_s=2.0))
    last = Session.open(path).turns(1)[0]
    assert (last.reply, last.elapsed_s, last.say) == ("100 BPM. Wrote mix.wav.", 2.0, "make it 100.0")


def test_folders_stay_and_are_no_undo_step(path: Path, tmp_path: Path) -> None:
    session = Session.open(path)
    folders = (tmp_path / "Trap [/]", Path("/loops/bad\udcff"))
    session.set_folders(folders)
    assert session.undoable() is None
    assert Session.open(path).folders == folders


def test_two_on_one_session_never_overwrite_each_other(path: Path) -> None:
    first, second = Session.open(path), Session.open(path)
    commit(first, 100.0)
    with pytest.raises(SessionError, match="changed by another LoopMind"):
        commit(second, 130.0)
    assert (second.song, second.revision) == (at(100.0), 1)
    assert commit(second, 130.0).revision == 2
    assert Session.open(path).song == at(130.0)
    with pytest.raises(SessionError, match="another LoopMind"):
        first.undo("undo", "")
    assert first.song == at(130.0)


def test_a_disk_that_is_full_leaves_the_last_turn(path: Path) -> None:
    session = Session.open(path)
    commit(session, 100.0)
    pages = session._db.execute("PRAGMA page_count").fetchone()[0]
    session._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SessionError, match="disk is full"):
        session.commit("x" * 40_000, "", [], at(90.0))
    assert (session.song, session.revision) == (at(100.0), 1)
    session._db.execute("PRAGMA max_page_count = 100000")
    assert commit(session, 95.0).revision == 2
    assert [turn.song.tempo for turn in Session.open(path).turns()] == [100.0, 95.0]


def test_listeners_hear_each_stored_turn(path: Path) -> None:
    session = Session.open(path)
    heard: list[TurnRecord] = []
    session.listen(heard.append)
    commit(session, 100.0)
    session.undo("undo", "")
    assert [record.revision for record in heard] == [1, 2]


def test_text_that_is_not_utf8_can_be_said(path: Path) -> None:
    session = Session.open(path)
    session.commit("use bad\udcff", "no \udcff", [CallOutcome("x", {"p": "\udcff"}, ok=False, summary="")], Song())
    turn = session.turns()[0]
    assert (turn.say, turn.calls[0].args["p"]) == ("use bad?", "\udcff")


def test_a_copy_is_a_whole_session_and_never_overwrites(path: Path, tmp_path: Path) -> None:
    session = Session.open(path)
    commit(session, 100.0)
    commit(session, 110.0)
    written = session.save_copy(tmp_path / "copy")
    assert written == tmp_path / "copy.loopmind"
    copy = Session.open(written)
    copy.undo("undo", "")
    assert (copy.song, session.song) == (at(100.0), at(110.0))
    before = written.read_bytes()
    with pytest.raises(SessionError, match="already there"):
        session.save_copy(written)
    assert written.read_bytes() == before
    with pytest.raises(SessionError, match="no folder"):
        session.save_copy(tmp_path / "nowhere" / "x.loopmind")


FOREIGN = {
    "text": b"my lyrics\n" * 30,
    "short": b"RIFF",
    "empty sqlite header": b"SQLite format 3\x00" + b"\x00" * 84,
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_not_a_session_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SessionDamaged, match="not a LoopMind session"):
        Session.open(path)
    assert path.read_bytes() == content
    assert len(list(path.parent.iterdir())) == 1


def test_another_programs_database_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE songs (id)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(SessionDamaged):
        Session.open(path)
    assert path.read_bytes() == before


def test_a_newer_session_is_refused_untouched(path: Path) -> None:
    Session.open(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(SessionTooNew, match="newer LoopMind"):
        Session.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(12))
def test_damage_is_said_or_harmless_but_never_a_crash(path: Path, seed: int) -> None:
    session = Session.open(path)
    for tempo in TEMPOS:
        commit(session, tempo)
    session.close()
    content = bytearray(path.read_bytes())
    start = 100 + seed * (len(content) - 300) // 12
    content[start : start + 200] = bytes((seed * 37 + i * 11) % 256 for i in range(200))
    path.write_bytes(content)
    try:
        reopened = Session.open(path)
    except SessionDamaged:
        assert path.read_bytes() == bytes(content)
    else:
        assert reopened.song.tempo in {120.0, *TEMPOS}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"there is no folder .*nowhere"):
        Session.open(tmp_path / "nowhere" / "x.loopmind")
    with pytest.raises(SessionError, match="is a folder"):
        Session.open(tmp_path)
    with pytest.raises(SessionError, match="there is no session"):
        Session.open(tmp_path / "x.loopmind", create=False)
    assert list(tmp_path.iterdir()) == []
