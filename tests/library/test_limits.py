"""What a worker asks of the system, seen from outside."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from loopmind_chat.library.frames import read_frame, write_frame

ROOT = Path(__file__).parents[2]


def _run(script: str) -> subprocess.CompletedProcess[str]:
    start = "from loopmind_chat.library.limits import *\n"
    return subprocess.run(
        [sys.executable, "-c", start + script], capture_output=True, text=True, cwd=ROOT, check=False, timeout=30
    )


def test_a_worker_that_hangs_ends_itself() -> None:
    assert _run("die_after(0.2)\nwhile True: pass").returncode == -signal.SIGALRM
    assert _run("die_after(0.2)\ndie_after(0)\nimport time; time.sleep(0.5)").returncode == 0


def test_memory_has_an_end() -> None:
    done = _run("limit_memory(1 << 30)\ntry: bytearray(2 << 30)\nexcept MemoryError: print('enough')")
    assert done.stdout == "enough\n"


def test_others_go_first() -> None:
    done = _run("import os\nbefore = os.nice(0)\nlower_priority(3)\nprint(os.nice(0) - before)")
    assert done.stdout in {"3\n", "0\n"}  # 0 where the priority was the lowest already


@pytest.mark.parametrize("cut", [0, 2, 4, 7])
def test_half_a_frame_is_no_frame(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "pipe"
    with path.open("wb") as stream:
        write_frame(stream, b"hello")
    whole = path.read_bytes()
    with path.open("rb") as stream:
        assert read_frame(stream) == b"hello"
        assert read_frame(stream) is None
    path.write_bytes(whole[:cut])
    with path.open("rb") as stream:
        assert read_frame(stream) is None
