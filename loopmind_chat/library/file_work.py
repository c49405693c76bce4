"""The files of a scan on their way through the workers: hashed, recognised or analysed, tried again."""

import base64
import os
import queue
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.facts_json import facts_from_json
from loopmind_chat.library.file_rows import UNSETTLED, Examined, Stamp
from loopmind_chat.library.workers import Answer, WorkerPool, WorkerSettings

_POLL_S: Final = 0.05
_SETTLE_S: Final = 2.0
"""A file that has not changed for so long is taken for complete."""
_REST_MAX_S: Final = 2.0
_TRIES: Final = 3
_HASH_FIRST_LIMIT: Final = 1 << 30
"""Beyond a gigabyte a file is looked at before it is hashed: it is hardly a loop, and reading it all takes a while."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that was deleted between the walk and its turn."""

    path: str


@dataclass(slots=True)
class _Job:
    """One file on its way."""

    path: str
    stamp: Stamp
    loop_id: str = ""
    tries: int = 1
    not_before: float = 0.0
    sent_at: float = 0.0


class FileWork:
    """Takes files, gives what was learned of each, in the order in which they are done.

    A sound is analysed once, however many files hold it. ``places_of`` tells where the library has seen a sound, so
    that a copied or moved file keeps its facts; one that was renamed is analysed anew, for names say much. ``held``
    tells the sound of files by their stamps: another name of one of them (a link, or the file moved) need not be read
    to be recognised. While ``busy`` answers True, files are read one at a time, and after each there
    is a pause as long as it took: music goes first.
    """

    def __init__(
        self,
        workers: WorkerSettings,
        places_of: Callable[[str], list[str]],
        *,
        held: Mapping[Stamp, str] | None = None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = workers
        self._places_of = places_of
        self._held = dict(held or {})
        self._busy = busy
        self._rest_until = 0.0
        self._waiting: deque[_Job] = deque()
        self._running: dict[int, _Job] = {}
        self._ticket = 0
        self._twins: dict[str, list[_Job]] = {}
        self._analysed: set[str] = set()

    def results(self, files: Iterable[tuple[str, Stamp]]) -> Generator[Examined | Gone | None, None, None]:
        """What was learned of each file; None, several times a second, while none is done.

        Closing the iterator ends the workers at once. Raises LibraryError where the analysis itself does not start.
        """
        self._waiting.extend(_Job(path, stamp) for path, stamp in files)
        if not self._waiting:
            return
        pool = WorkerPool(self._settings)
        try:
            while self._waiting or self._running:
                self._hand_out(pool)
                try:
                    ticket, answer = pool.answers.get(timeout=_POLL_S)
                except queue.Empty:
                    yield None
                    continue
                job = self._running.pop(ticket)
                now = time.monotonic()
                self._rest_until = now + min(_REST_MAX_S, now - job.sent_at)
                yield from self._take(pool, job, answer)
        finally:
            pool.close()

    def leave_out(self, start: str) -> list[str]:
        """Forget the files whose path begins so and which are still waiting; gives them."""
        left_out = [job.path for job in self._waiting if job.path.startswith(start)]
        self._waiting = deque(job for job in self._waiting if not job.path.startswith(start))
        return left_out

    def _hand_out(self, pool: WorkerPool) -> None:
        busy = self._busy()
        if busy and time.monotonic() < self._rest_until:
            return
        # Few files on their way at a time: what a kill can lose is what is on its way.
        most = 1 if busy else 2 * pool.size
        for _ in range(len(self._waiting)):
            if len(self._running) >= most:
                return
            job = self._waiting.popleft()
            if job.not_before > time.monotonic():
                self._waiting.append(job)
                continue
            with suppress(OSError):  # the worker meets it too, and says what it is
                job.stamp = Stamp.of(os.stat(job.path))  # noqa: PTH116 - a string, as the walk gave it
            if (known := self._held.get(job.stamp)) is not None:
                pool.answers.put((self._started(job), {"id": known}))
            elif job.stamp.size > _HASH_FIRST_LIMIT:
                self._send(pool, job, {"do": "analyse", "path": job.path, "id": ""})
            else:
                self._send(pool, job, {"do": "hash", "path": job.path})

    def _send(self, pool: WorkerPool, job: _Job, request: Answer) -> None:
        pool.submit(self._started(job), request)

    def _started(self, job: _Job) -> int:
        self._ticket += 1
        self._running[self._ticket] = job
        job.sent_at = time.monotonic()
        return self._ticket

    def _take(self, pool: WorkerPool, job: _Job, answer: Answer) -> Iterator[Examined | Gone]:
        if "broken" in answer:
            raise LibraryError(answer["broken"])
        if "gone" in answer:
            self._requeue_twins(job)
            yield Gone(job.path)
        elif self._is_being_written(job):
            self._requeue_twins(job)
            yield from self._later(job)
        elif "id" in answer:
            job.loop_id = self._held[job.stamp] = answer["id"]
            yield from self._recognised(pool, job)
        elif "facts" in answer:
            facts = facts_from_json(answer["facts"])
            self._analysed.add(facts.id)
            sound = base64.b64decode(answer["sound"])
            yield Examined(job.path, job.stamp, facts.id, None, facts, answer["text"], answer["sound_model"], sound)
            yield from self._release_twins(job)
        else:
            yield self._refused(job, answer)
            yield from self._release_twins(job, answer)

    def _recognised(self, pool: WorkerPool, job: _Job) -> Iterator[Examined]:
        if job.loop_id in self._twins:
            self._twins[job.loop_id].append(job)  # the same sound is being analysed under another name
        elif job.loop_id in self._analysed or self._is_known(job):
            yield Examined(job.path, job.stamp, job.loop_id)
        else:
            self._twins[job.loop_id] = []
            self._send(pool, job, {"do": "analyse", "path": job.path, "id": job.loop_id})

    def _is_known(self, job: _Job) -> bool:
        name = PurePath(job.path).name
        return any(PurePath(place).name == name or os.path.lexists(place) for place in self._places_of(job.loop_id))

    def _is_being_written(self, job: _Job) -> bool:
        try:
            now = Stamp.of(os.stat(job.path))  # noqa: PTH116 - as above
        except OSError:
            return False
        return not now.same_content(job.stamp)

    def _later(self, job: _Job) -> Iterator[Examined]:
        if job.tries == _TRIES:
            stamp = job.stamp._replace(mtime_ns=UNSETTLED)
            yield Examined(job.path, stamp, problem="still being written: scan again when it is done")
        else:
            self._waiting.append(
                _Job(job.path, job.stamp, tries=job.tries + 1, not_before=time.monotonic() + _SETTLE_S)
            )

    def _refused(self, job: _Job, answer: Answer) -> Examined:
        stamp = job.stamp._replace(mtime_ns=UNSETTLED) if answer.get("again") else job.stamp
        return Examined(job.path, stamp, problem=answer["error"])

    def _release_twins(self, job: _Job, refusal: Answer | None = None) -> Iterator[Examined]:
        for twin in self._twins.pop(job.loop_id, []):
            yield self._refused(twin, refusal) if refusal else Examined(twin.path, twin.stamp, job.loop_id)

    def _requeue_twins(self, job: _Job) -> None:
        self._waiting.extend(self._twins.pop(job.loop_id, []))
