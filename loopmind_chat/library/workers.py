"""Workers that analyse files: they may hang, crash or be killed, and the scan goes on."""

import json
import os
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from loopmind_chat.library.child import Child, ChildGone, ChildNotStarted

_MODULE: Final = "loopmind_chat.library.analysis_worker"
_MOST: Final = 8

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How workers are started and how long they may take."""

    analyser: str
    """``module:function``."""
    log: Path
    environ: Mapping[str, str]
    file_limit_s: float = 20.0
    warm_limit_s: float = 180.0
    """For the first imports, on a cold disk and a busy machine."""
    count: int = 0
    """0: one a core, eight at most."""

    def alone(self) -> "WorkerSettings":
        """The same with one process."""
        return replace(self, count=1)

    def workers(self) -> int:
        """How many processes."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return self.count or max(1, min(_MOST, cores))


class WorkerPool:
    """Threads with one child process each, started when there is something for it to do.

    A child that hangs is killed and its file set aside; one that dies gets the file once more in a new process, for
    the fault may have been another's. Answers arrive in ``answers`` as (ticket, answer).
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._requests: queue.SimpleQueue[tuple[int, Answer] | None] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._closed = False
        self._children: dict[int, Child] = {}
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"analysis-{slot}", daemon=True)
            for slot in range(settings.workers())
        ]
        for thread in self._threads:
            thread.start()

    @property
    def size(self) -> int:
        """How many files can be worked on at once."""
        return len(self._threads)

    def submit(self, ticket: int, request: Answer) -> None:
        """Have a request done; its answer will carry the ticket."""
        self._requests.put((ticket, request))

    def close(self) -> None:
        """End all workers, in the middle of a file too."""
        self._closed = True
        for child in list(self._children.values()):
            child.interrupt()
        for _ in self._threads:
            self._requests.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self, slot: int) -> None:
        warm = False
        while not self._closed and (item := self._requests.get()) is not None:
            ticket, request = item
            answer, warm = self._done(slot, request, warm=warm)
            self.answers.put((ticket, answer))
        if (child := self._children.pop(slot, None)) is not None:
            child.close()

    def _done(self, slot: int, request: Answer, *, warm: bool) -> tuple[Answer, bool]:
        ending = ""
        for _ in range(2):
            if self._closed:
                break
            try:
                if request["do"] == "analyse" and not (warm and slot in self._children):
                    warm = self._warmed(slot)
                return self._ask(slot, request, self._settings.file_limit_s), warm
            except _WorkerWillNotStart as fault:
                return {"broken": str(fault)}, False
            except ChildNotStarted as fault:
                return {"broken": f"the analysis does not start ({fault})"}, False
            except ChildGone as fault:
                self._children.pop(slot, None)
                warm = False
                if fault.hung:
                    return {"error": f"took longer than {self._settings.file_limit_s:g} s to read: set aside"}, False
                ending = str(fault)
        return {"error": f"crashed the analysis twice ({ending}): set aside"}, False

    def _warmed(self, slot: int) -> bool:
        for _ in range(2):
            try:
                self._ask(slot, {"do": "warm"}, self._settings.warm_limit_s)
            except ChildNotStarted:
                raise
            except ChildGone as fault:
                self._children.pop(slot, None)
                last = str(fault)
            else:
                return True
        raise _WorkerWillNotStart(f"the analysis does not start ({last}); see {self._settings.log}")

    def _ask(self, slot: int, request: Answer, limit_s: float) -> Answer:
        if slot not in self._children:
            s = self._settings
            self._children[slot] = Child(_MODULE, [s.analyser], log=s.log, environ=s.environ)
        child = self._children[slot]
        if self._closed:
            child.interrupt()
        answer: Answer = json.loads(child.ask(json.dumps(request | {"limit_s": limit_s}).encode(), limit_s))
        return answer


class _WorkerWillNotStart(Exception):
    """The imports of the analysis fail: no file is to blame."""
