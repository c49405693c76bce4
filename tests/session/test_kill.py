"""``kill -9`` at any moment leaves the last acknowledged turn, or the one being written."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loopmind_chat.session.session import Session

CHILD = """
import sys
from loopmind_chat.session.session import Session
from loopmind_chat.song.model import Song

session = Session.open(sys.argv[1])
print(session.revision, flush=True)
while True:
    revision = session.revision
    if revision % 5 == 4:
        session.undo("undo", "")
    else:
        session.commit(f"turn {revision + 1}", "x" * 3000, [], Song(title=f"after {revision + 1}", seed=revision))
    print(session.revision, flush=True)
"""
KILLS = 24


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_at_random_the_last_turn_is_there(tmp_path: Path) -> None:
    path = tmp_path / "s.loopmind"
    chance = random.Random(5)  # noqa: S311 - when to kill is no secret
    reached = 0
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert int(child.stdout.readline()) >= reached
            time.sleep(chance.uniform(0.0, 0.08))
            os.kill(child.pid, signal.SIGKILL)
            lines = child.stdout.read().split("\n")
        acknowledged = int(lines[-2]) if len(lines) > 1 else reached
        began = time.monotonic()
        session = Session.open(path)
        assert time.monotonic() - began < 3.0
        assert session.revision in {acknowledged, acknowledged + 1}
        last = session.turns(1)
        assert not last or (last[0].revision, last[0].song) == (session.revision, session.song)
        assert session._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        reached = session.revision
        session.close()
    assert reached > KILLS


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_while_it_is_made_the_session_opens(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same
    for index in range(6):
        path = tmp_path / f"{index}.loopmind"
        with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE) as child:
            while not path.exists():
                time.sleep(0.0005)
            time.sleep(chance.uniform(0.0, 0.01))
            os.kill(child.pid, signal.SIGKILL)
        assert Session.open(path).revision >= 0


def test_a_cut_off_write_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "s.loopmind"
    session = Session.open(path)
    session.commit("a", "", [], session.song)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA cache_spill = 1")
    db.execute("PRAGMA cache_size = 2")
    db.execute("BEGIN IMMEDIATE")
    for _ in range(200):
        db.execute("INSERT INTO settings VALUES (hex(randomblob(8)), hex(randomblob(900)))")
    journal = Path(f"{path}-journal").read_bytes()
    torn = path.read_bytes()
    db.execute("ROLLBACK")
    path.write_bytes(torn)
    Path(f"{path}-journal").write_bytes(journal)
    assert [turn.say for turn in Session.open(path).turns()] == ["a"]
