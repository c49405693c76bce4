"""Prepares clips in the background, in the order in which they will be heard."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from loopmind_chat.audio.plan import Clip
from loopmind_chat.errors import LoopMindError

Prepare = Callable[[Clip], Path]
"""Makes the prepared file of a clip, or finds it. Raises LoopMindError or OSError."""


class Preparation:
    """A list of clips to prepare, and threads that work it off; a new list takes the place of the old.

    ``done`` is called on those threads with each clip and its file, or with the reason why there is none.
    """

    def __init__(self, prepare: Prepare, done: Callable[[Clip, Path | str], None], workers: int) -> None:
        self._prepare = prepare
        self._done = done
        self._wanted: list[Clip] = []
        self._underway: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, name=f"prepare {number}", daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def want(self, clips: Sequence[Clip]) -> None:
        """From now on prepare these, the first first; what is under way is finished all the same."""
        with self._changed:
            self._wanted = [clip for clip in clips if clip.key not in self._underway]
            self._changed.notify_all()

    def close(self) -> None:
        """End. A clip under way is left to its thread."""
        with self._changed:
            self._closed = True
            self._wanted = []
            self._changed.notify_all()

    def _work(self) -> None:
        while (clip := self._next()) is not None:
            try:
                result: Path | str = self._prepare(clip)
            except (LoopMindError, OSError) as fault:
                result = str(fault)
            with self._changed:
                self._underway.discard(clip.key)
                closed = self._closed
            if not closed:
                self._done(clip, result)

    def _next(self) -> Clip | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._wanted)
            if self._closed:
                return None
            clip = self._wanted.pop(0)
            self._underway.add(clip.key)
            return clip
