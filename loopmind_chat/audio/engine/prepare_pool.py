"""Niced processes that prepare clips: beside two threads that stretch, the screen stood still for 90 ms at a time."""

import contextlib
import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Final

from loopmind_chat.audio.engine.children import end_child, shut_output, start_child, write_line
from loopmind_chat.audio.plan import Clip, MixPlan
from loopmind_chat.errors import AudioError

LIMIT_S: Final = 120.0
"""Longest that one clip may take."""
_GRACE_S: Final = 1.0


class PreparePool:
    """Calls go to whichever process is free; one that dies or hangs over a clip is started anew for the next."""

    def __init__(self, folder: Path, log: Path, size: int, *, limit_s: float = LIMIT_S) -> None:
        self.size = size
        self._folder = folder
        self._log = log
        self._limit_s = limit_s
        self._idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        self._all = [self._start() for _ in range(size)]
        self._closed = False
        self._changing = threading.Lock()
        for child in self._all:
            self._idle.put(child)

    def __call__(self, clip: Clip) -> Path:
        """The prepared file of a clip. Raises AudioError, saying why there is none."""
        child = self._idle.get()
        try:
            answer = self._ask(child, MixPlan(tempo=120.0, frames=0, clips=(clip,)).to_json())
        finally:
            self._idle.put(child if child.poll() is None else self._again(child))
        if "path" not in answer:
            raise AudioError(answer["error"])
        return Path(answer["path"])

    def close(self) -> None:
        """End all, also what is under way."""
        with self._changing:
            self._closed = True
        for child in self._all:
            child.kill()
        for child in self._all:
            end_child(child, _GRACE_S)
            shut_output(child)

    def _ask(self, child: subprocess.Popen[str], line: str) -> dict[str, str]:
        watch = threading.Timer(self._limit_s, child.kill)
        watch.daemon = True
        watch.start()
        answer = ""
        with contextlib.suppress(OSError, ValueError):  # it died, or was closed: there is no answer
            write_line(child, line)
            answer = child.stdout.readline() if child.stdout is not None else ""
        watch.cancel()
        if not answer:
            child.kill()
            child.wait()
            raise AudioError("the process that prepares audio crashed or hung over it")
        parsed: dict[str, str] = json.loads(answer)
        return parsed

    def _again(self, dead: subprocess.Popen[str]) -> subprocess.Popen[str]:
        with self._changing:
            if self._closed:
                return dead
            end_child(dead, _GRACE_S)
            shut_output(dead)
            fresh = self._start()
            self._all = [fresh if child is dead else child for child in self._all]
            return fresh

    def _start(self) -> subprocess.Popen[str]:
        return start_child("loopmind_chat.audio.engine.prepare_child", [str(self._folder)], self._log)
