"""The engine's child process, as its parent sees it: commands down, facts up."""

import contextlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from loopmind_chat.audio.engine.children import end_child, shut_output, start_child, write_line

Message = Mapping[str, Any]
_GRACE_S: Final = 2.0
_READER_S: Final = 1.0


class Link:
    """A running engine. A thread of ours calls ``heard`` with each fact, and ``gone`` when it ends unasked."""

    def __init__(
        self, arguments: Sequence[str], log: Path, heard: Callable[[Message], None], gone: Callable[[], None]
    ) -> None:
        self._heard = heard
        self._gone = gone
        self._closing = False
        self._child = start_child("loopmind_chat.audio.engine", arguments, log)
        self._reader = threading.Thread(target=self._listen, name="facts of the engine", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    def send(self, message: Message) -> None:
        """Send a command; where the engine has gone nothing happens, and ``gone`` says so."""
        with contextlib.suppress(OSError, ValueError):
            write_line(self._child, json.dumps(message))

    def close(self) -> None:
        """End it within two seconds."""
        self._closing = True
        end_child(self._child, _GRACE_S)
        self._reader.join(timeout=_READER_S)

    def _listen(self) -> None:
        if self._child.stdout is not None:
            for line in self._child.stdout:
                self._heard(json.loads(line))
        if not self._closing:
            end_child(self._child, _GRACE_S)
            self._gone()
        shut_output(self._child)
