"""The lock: one holder, named, and none after its death."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from loopmind_chat.errors import LibraryLocked
from loopmind_chat.library.lock import FolderLock

_HOLD = """
import sys
from pathlib import Path
from loopmind_chat.library.lock import FolderLock
lock = FolderLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_taker_is_told_who_holds_it(tmp_path: Path) -> None:
    lock = FolderLock.take(tmp_path / "lock")
    with pytest.raises(LibraryLocked, match=f"in use by process {os.getpid()}"):
        FolderLock.take(tmp_path / "lock")
    lock.release()
    lock.release()
    FolderLock.take(tmp_path / "lock").release()


def test_a_dead_holder_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryLocked, match=f"process {holder.pid}:"):
            FolderLock.take(tmp_path / "lock")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    FolderLock.take(tmp_path / "lock").release()


def test_the_leftovers_of_another_machine_are_only_text(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("process 1\nand much older nonsense\n" * 9)
    lock = FolderLock.take(tmp_path / "lock")
    assert (tmp_path / "lock").read_text() == f"process {os.getpid()}\n"
    lock.release()
