"""Keeps the approximate index in step with the catalogue, in a background thread."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.placed import Placed, Places, places
from loopmind_chat.library.vector_index import IndexBroken, NoIndex, Space, VectorIndex

_BATCH: Final = 2_000
_MOST_REBUILDS: Final = 2
_SAMPLES: Final = 16
_SAME: Final = 0.999


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the index is known to hold, in a file beside it."""

    revision: int = -1
    counts: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    """Both by space."""


IndexOpener = Callable[[Path, Callable[[], bool]], VectorIndex]
"""``(folder, closed)`` to the index there; raises IndexBroken when closed meanwhile, NoIndex where none can be."""


class IndexKeeper:
    """Opens the index, brings it up to date, and answers from it while it is whole.

    Whoever asks never waits: while the index is opened, filled or broken the answer is None, and search looks at every
    vector itself.
    """

    def __init__(self, folder: Path, model: str, opener: IndexOpener, put_aside: Callable[[Path], None]) -> None:
        self._text_model = model
        self._folder = folder
        self._mark_file = folder.with_name(f"{folder.name}.json")
        self._open = opener
        self._put_aside = put_aside
        self._use = threading.Lock()
        self._index: VectorIndex | None = None
        self._fresh = False
        self._closed = threading.Event()
        self._rebuilds = 0
        self._wanted: Catalogue | None = None
        self._last = Catalogue()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._idle = True
        self._not_before = 0.0
        self.problem: str | None = None
        """One line where the index cannot be kept; search works without."""

    def follow(self, catalogue: Catalogue, *, delay_s: float = 0.0) -> None:
        """Bring the index up to this catalogue, in the background, ``delay_s`` from now or sooner if asked again."""
        with self._wake:
            if self._closed.is_set():
                return
            self._wanted = self._last = catalogue
            self._idle = False
            self._not_before = time.monotonic() + delay_s
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="index", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def wait(self, cancelled: Callable[[], bool], poll_s: float = 0.05) -> None:
        """Return when the index has caught up, or on a cancel."""
        with self._wake:
            while not (self._idle or self._closed.is_set() or cancelled()):
                self._wake.wait(poll_s)

    def nearest(self, space: Space, vector: Vectors, count: int) -> list[str] | None:
        """Ids of about the ``count`` nearest; None where the index cannot say just now."""
        if not self._use.acquire(blocking=False):
            return None
        try:
            if self._index is None or not self._fresh:
                return None
            return self._index.nearest(space, vector, count)
        except IndexBroken as fault:
            self._break(str(fault))
            self.follow(self._last)
            return None
        finally:
            self._use.release()

    def close(self) -> None:
        """Stop at the next batch and let go of the index."""
        with self._wake:
            self._closed.set()
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join()
        with self._use:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _serve(self) -> None:
        try:
            while (catalogue := self._next()) is not None:
                self._catch_up(catalogue)
        except NoIndex as fault:
            self.problem = f"search looks at every loop itself: {fault}"
        finally:
            with self._wake:
                self._idle = True
                self._closed.set()  # whatever ended this thread, nobody waits for it
                self._wake.notify_all()

    def _next(self) -> Catalogue | None:
        """What to catch up with, once there is something; None when closed."""
        with self._wake:
            while not self._closed.is_set() and (self._wanted is None or self._not_before > time.monotonic()):
                self._idle = self._wanted is None
                self._wake.notify_all()
                self._wake.wait(None if self._idle else self._not_before - time.monotonic())
            wanted, self._wanted = self._wanted, None
            return None if self._closed.is_set() else wanted

    def _catch_up(self, catalogue: Catalogue) -> None:
        nothing = not any(held.loops for held in places(catalogue, self._text_model).values())
        if nothing and self._index is None and not self._folder.exists():
            return  # Chroma takes a second to load
        while self._rebuilds <= _MOST_REBUILDS and not self._closed.is_set():
            try:
                with self._use:
                    self._fresh = False
                    if self._index is None:
                        self._index = self._open(self._folder, self._closed.is_set)
                if self._fill(self._index, catalogue):
                    self.problem = None
                    self._fresh = True
            except (IndexBroken, OSError) as fault:
                if self._closed.is_set() and self._index is None:
                    return  # it was not broken: there was no time to open it
                with self._use:
                    self._break(str(fault))
            else:
                return

    def _fill(self, index: VectorIndex, catalogue: Catalogue) -> bool:
        """Put in what changed since the mark, all where the mark does not fit; False when closed half-way."""
        mark = self._read_mark()
        counts, models = dict(mark.counts), dict(mark.models)
        for space, held in places(catalogue, self._text_model).items():
            if models.get(space, held.model) != held.model:
                raise IndexBroken("the vectors of another model")
            if not self._fill_space(index, space, held, mark):
                return False
            counts[space], models[space] = len(held.loops), held.model
        new = _Mark(catalogue.revision, counts, models)
        if new != mark:
            self._mark_file.write_text(json.dumps(asdict(new)), "utf-8")
        return True

    def _fill_space(self, index: VectorIndex, space: Space, held: Places, mark: _Mark) -> bool:
        whole = mark.counts.get(space, 0) == index.count(space)
        waiting = [loop for loop in held.loops if not whole or loop.revision > mark.revision]
        for start in range(0, len(waiting), _BATCH):
            part = waiting[start : start + _BATCH]
            with self._use:
                index.put(space, [loop.loop_id for loop in part], np.stack([loop.vector for loop in part]))
            if self._closed.is_set():
                return False
        count = index.count(space)
        if count != len(held.loops):
            raise IndexBroken(f"holds {count} loops, not {len(held.loops)}")
        if not _recalls(index, space, held.loops):
            raise IndexBroken("it does not find what it holds")
        return True

    def _break(self, reason: str) -> None:
        """Give the index up; called with it in hand. The next catalogue makes a new one."""
        self.problem = f"the index is made anew: {reason}"
        self._rebuilds += 1
        self._fresh = False
        if self._index is not None:
            self._index.close()
            self._index = None
        self._mark_file.unlink(missing_ok=True)
        with suppress(OSError):  # a folder that cannot be moved is met again when it is opened
            self._put_aside(self._folder)

    def _read_mark(self) -> _Mark:
        try:
            return _Mark(**json.loads(self._mark_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return _Mark()


def _recalls(index: VectorIndex, space: Space, loops: Sequence[Placed]) -> bool:
    """Whether some vectors find themselves: an index that lost its graph still opens and counts as if it were whole."""
    vectors = {loop.loop_id: loop.vector for loop in loops}
    for vector in list(vectors.values())[:: max(1, len(vectors) // _SAMPLES)]:
        found = [vectors[loop_id] for loop_id in index.nearest(space, vector, 1) if loop_id in vectors]
        if not found or float(found[0] @ vector) < _SAME:
            return False
    return True
