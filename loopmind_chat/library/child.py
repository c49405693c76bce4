"""A child process of ours that answers one message at a time, and can be killed when it hangs."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, cast

from loopmind_chat.library.frames import read_frame, write_frame

_GRACE_S: Final = 2.0
_LOG_LIMIT: Final = 1 << 20


class ChildGone(Exception):
    """The child ended, or was ended because it did not answer in time; never leaves this layer."""

    def __init__(self, text: str, *, hung: bool = False) -> None:
        super().__init__(text)
        self.hung = hung


class ChildNotStarted(ChildGone):
    """There was no process to begin with."""


class Child:
    """One ``python -m module`` with a pipe each way; not for use by two threads at once.

    It gets our module search path, its standard error goes to ``log`` (nowhere, where that cannot be written), and it
    ends when its input closes, so that no child outlives us. Raises ChildNotStarted.
    """

    def __init__(
        self, module: str, arguments: Sequence[str] = (), *, log: Path, environ: Mapping[str, str] | None = None
    ) -> None:
        environment = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)} | dict(environ or {})
        try:
            with _opened(log) as errors:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", module, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=environment,
                    start_new_session=True,  # Ctrl-C in the terminal is for us to handle
                )
        except OSError as fault:
            raise ChildNotStarted(f"no process can be started: {(fault.strerror or str(fault)).lower()}") from fault
        self._in = cast("BinaryIO", self._process.stdin)
        self._out = cast("BinaryIO", self._process.stdout)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ask(self, message: bytes, limit_s: float) -> bytes:
        """Its answer to ``message``; raises ChildGone when it dies, or takes longer than ``limit_s`` and is killed."""
        try:
            write_frame(self._in, message)
        except OSError as fault:
            self.kill()
            raise ChildGone(self._ending()) from fault
        return self.hear(limit_s)

    def hear(self, limit_s: float) -> bytes:
        """The next message from it; raises ChildGone as ``ask`` does."""
        overdue = threading.Event()

        def give_up() -> None:
            overdue.set()
            self._process.kill()

        timer = threading.Timer(limit_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            answer = read_frame(self._out)
        finally:
            timer.cancel()
        if answer is None:
            self.kill()
            if overdue.is_set():
                raise ChildGone(f"no answer within {limit_s:g} seconds", hung=True)
            raise ChildGone(self._ending())
        return answer

    def kill(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()
        self._shut()

    def interrupt(self) -> None:
        """End it now from another thread; the one that waits for an answer gets ChildGone and cleans up."""
        self._process.kill()

    def close(self) -> None:
        """Let it end by itself, or end it."""
        try:
            self._in.close()
        except OSError:
            self._process.kill()
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._shut()

    def _shut(self) -> None:
        for stream in (self._in, self._out):
            try:
                stream.close()
            except OSError:  # unsent bytes for a process that has gone
                continue

    def _ending(self) -> str:
        code = self._process.wait()
        return f"ended by signal {-code}" if code < 0 else f"ended with status {code}"


def _opened(log: Path) -> BinaryIO:
    """The log, begun anew where it has grown long; the null device on a disk that is full or may not be written."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        too_long = log.exists() and log.stat().st_size > _LOG_LIMIT
        return log.open("wb" if too_long else "ab")
    except OSError:
        return Path(os.devnull).open("ab")
