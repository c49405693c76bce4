"""Child processes of the player: lines in and out, noise into a log, no life of their own."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_LOG_BYTES: Final = 1_000_000


def start_child(module: str, arguments: Sequence[str], log: Path) -> subprocess.Popen[str]:
    """``python -m module`` with our search path, in a session of its own, so that Ctrl-C does not reach it.

    Standard error is added to ``log``, which starts anew past a megabyte.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    mode = "ab" if log.exists() and log.stat().st_size < _LOG_BYTES else "wb"
    with log.open(mode) as errors:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,
        )


def write_line(child: subprocess.Popen[str], line: str) -> None:
    """Send a line. Raises OSError where the child has gone, ValueError where its pipe was closed."""
    if child.stdin is not None:
        child.stdin.write(line + "\n")
        child.stdin.flush()


def end_child(child: subprocess.Popen[str], grace_s: float) -> None:
    """Let a child end by itself when its input closes, or kill it after ``grace_s``."""
    with contextlib.suppress(OSError):  # what could not be sent any more
        if child.stdin is not None:
            child.stdin.close()
    try:
        child.wait(grace_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def shut_output(child: subprocess.Popen[str]) -> None:
    """Close the pipe from a child that has ended."""
    if child.stdout is not None:
        child.stdout.close()
