"""A scan: what is new or changed in some folders is analysed, and kept as it comes."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from loopmind_chat.library.file_rows import (
    UNSETTLED,
    Examined,
    KnownFile,
    Stamp,
    add_folders,
    known_files,
    mark_folder_missing,
    mark_missing,
    places_of,
    save_examined,
)
from loopmind_chat.library.file_work import FileWork, Gone
from loopmind_chat.library.scan_report import ScanProgress, ScanReport
from loopmind_chat.library.store import Store
from loopmind_chat.library.tally import Tally
from loopmind_chat.library.walk import Walk, walk
from loopmind_chat.library.workers import WorkerSettings
from loopmind_chat.song.loops import LoopFacts

_BATCH: Final = 32
_BATCH_S: Final = 0.5
_TELL_S: Final = 0.05
_RECENT_NS: Final = 2_000_000_000
_WENT_AWAY: Final = "went away during the scan: scan again when it is back, and the rest is read"


@dataclass(frozen=True, slots=True)
class ScanHooks:
    """What a scan asks and tells while it runs."""

    describe: Callable[[LoopFacts, str], str]
    """``(facts, text)`` to the sentence to embed: another one where the user has corrected the facts."""
    replaced: Callable[[str, LoopFacts], None]
    """``(old id, facts)`` of a file whose bytes are others than before, ahead of ``describe``."""
    on_work: Callable[[], None]
    """Called once it is clear that files must be read."""
    progress: Callable[[ScanProgress], None]
    cancelled: Callable[[], bool]
    busy: Callable[[], bool]
    """Whether something that must not be held up is running: music."""


class Scan:
    """One run over some folders; ``run`` does it all in the calling thread, with workers for the files.

    What is learned is committed a few files at a time, so a scan that is killed goes on where it was.
    """

    def __init__(
        self,
        store: Store,
        folders: Sequence[Path],
        workers: WorkerSettings,
        hooks: ScanHooks,
        *,
        version: int,
    ) -> None:
        self._store = store
        self._folders = list(folders)
        self._workers = workers
        self._version = version
        self._hooks = hooks
        self._cancelled = hooks.cancelled
        self._known: dict[str, KnownFile] = {}
        self._tally = Tally()
        self._batch: list[Examined] = []
        self._gone: list[str] = []
        self._lost: list[str] = []
        self._told_at = 0.0
        self._saved_at = self._started = time.monotonic()

    def run(self) -> ScanReport:
        """Scan; raises LibraryError where nothing can be analysed at all."""
        self._known = known_files(self._store, self._folders)
        found = walk(self._folders, self._cancelled)
        self._tally.found = len(found.files) + len(found.problems)
        if not self._cancelled():
            add_folders(self._store, self._folders)
            try:
                self._note_problems(found)
                self._work_through(self._unsettled(found))
            finally:
                self._save()
        cancelled = self._cancelled()
        if not cancelled:
            self._note_missing(found)
        self._tell("")
        return self._tally.report(
            links=found.links,
            cancelled=cancelled,
            seconds=time.monotonic() - self._started,
            note="; ".join(f"{folder} {_WENT_AWAY}" for folder in self._lost) or None,
        )

    def _unsettled(self, found: Walk) -> list[tuple[str, Stamp]]:
        """What must be read; files that may still be written come last."""
        files = []
        back = []
        for path, stamp in found.files.items():
            known = self._known.get(path)
            if known is None or not self._is_settled(known, stamp):
                files.append((path, stamp))
                continue
            self._tally.unchanged(known.loop_id)
            if known.missing:
                back.append(path)
        mark_missing(self._store, back, missing=False)
        recent = time.time_ns() - _RECENT_NS
        return sorted(files, key=lambda file: file[1].mtime_ns > recent)

    def _is_settled(self, known: KnownFile, stamp: Stamp) -> bool:
        return known.version == self._version and known.stamp.same_content(stamp)

    def _note_problems(self, found: Walk) -> None:
        for path, reason in found.problems.items():
            self._tally.failed += 1
            known = self._known.get(path)
            if known is None or known.problem != reason or known.missing:
                self._batch.append(Examined(path, Stamp(0, UNSETTLED, 0, 0), problem=reason))

    def _note_missing(self, found: Walk) -> None:
        gone = [path for path in self._known if path not in found.files and path not in found.problems]
        lost = [path for path in gone if not self._known[path].missing]
        mark_missing(self._store, lost, missing=True)
        for folder in self._lost:
            mark_folder_missing(self._store, Path(folder))
        self._tally.missing += sum(self._known[path].problem is None for path in gone)
        self._tally.lost(self._known[path].loop_id for path in lost)

    def _work_through(self, files: list[tuple[str, Stamp]]) -> None:
        if not files:
            return
        self._hooks.on_work()
        self._tally.work_begins(len(files))
        work = FileWork(
            self._workers,
            lambda loop_id: places_of(self._store, loop_id, version=self._version),
            held={k.stamp: k.loop_id for k in self._known.values() if k.loop_id and k.stamp.is_lasting},
            busy=self._hooks.busy,
        )
        with closing(work.results(files)) as results:
            for result in results:
                if self._cancelled():
                    return
                if isinstance(result, Examined):
                    self._note(result)
                elif isinstance(result, Gone):
                    self._note_gone(result, work)
                now = time.monotonic()
                if len(self._batch) >= _BATCH or now - self._saved_at > _BATCH_S:
                    self._save()
                if now - self._told_at > _TELL_S:
                    self._tell(result.path if result else "")

    def _note(self, file: Examined) -> None:
        known = self._known.get(file.path)
        before = known.loop_id if known is not None else None
        self._tally.examined(file, before)
        if file.facts is not None:
            if before is not None and before != file.loop_id:
                self._hooks.replaced(before, file.facts)
            file = replace(file, text=self._hooks.describe(file.facts, file.text))
        self._batch.append(file)

    def _note_gone(self, file: Gone, work: FileWork) -> None:
        gone = [file.path]
        for folder in map(str, self._folders):
            if folder not in self._lost and not os.path.isdir(folder):  # noqa: PTH112 - asked for each file gone
                self._lost.append(folder)
                gone += work.leave_out(_start(folder))
        for path in gone:
            self._tally.gone(was_known=path in self._known)
        self._gone += [path for path in gone if path in self._known]

    def _save(self) -> None:
        if self._batch:
            save_examined(self._store, self._batch, version=self._version)
            self._batch.clear()
        if self._gone:
            mark_missing(self._store, self._gone, missing=True)
            self._gone.clear()
        self._saved_at = time.monotonic()

    def _tell(self, current: str) -> None:
        self._told_at = time.monotonic()
        self._hooks.progress(self._tally.progress(current, self._told_at))


def _start(folder: str) -> str:
    """What the paths of files in a folder begin with."""
    return os.path.join(folder, "")  # noqa: PTH118 - a string, as the walk gave it
