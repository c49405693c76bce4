"""The starter pack written by a child process: the screen stays quick, and may be left at any moment."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from loopmind_chat.errors import SoundFileError
from loopmind_chat.starter.pack import Progress

_POLL_S: Final = 0.1


def write_pack_apart(folder: Path, *, log: Path, report: Progress, cancelled: Callable[[], bool]) -> bool:
    """Write the starter pack into ``folder`` in another process, whose complaints go to ``log``; True: all of it.

    A pool of processes cannot be started beneath a screen that has standard error for itself. What was written
    before ``cancelled`` is kept. Raises SoundFileError where the folder cannot be written.
    """
    process = _started(folder, log)
    threading.Thread(target=_watch, args=(process, cancelled), name="starter pack", daemon=True).start()
    failed = ""
    with process:
        for line in process.stdout or ():
            fact = json.loads(line)
            if isinstance(fact, dict):
                failed = fact["failed"]
            else:
                report(*fact)
    if process.returncode and not cancelled():
        raise SoundFileError(failed or f"the starter pack could not be written; the log {log} says why")
    return process.returncode == 0


def _started(folder: Path, log: Path) -> subprocess.Popen[str]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as complaints:
        return subprocess.Popen(
            [sys.executable, "-m", "loopmind_chat.starter", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(place for place in sys.path if place)},
            encoding="utf-8",
            start_new_session=True,  # its workers end with it, and ctrl+c in the terminal is for the screen
        )


def _watch(process: subprocess.Popen[str], cancelled: Callable[[], bool]) -> None:
    """Once cancelled, close the child's input: that ends it."""
    while process.poll() is None:
        if cancelled() and process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
            return
        threading.Event().wait(_POLL_S)
