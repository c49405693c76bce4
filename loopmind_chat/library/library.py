"""The library: the user's loops, found, analysed, corrected and searched."""

import importlib
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Self

from loopmind_chat.errors import LibraryError, LibraryLocked, NoSuchLoop
from loopmind_chat.home import Home
from loopmind_chat.library.catalogue import Entry
from loopmind_chat.library.chroma_index import open_chroma, put_aside
from loopmind_chat.library.corrections import checked_changes, corrected
from loopmind_chat.library.embed import TextEmbedder, Vectors
from loopmind_chat.library.file_rows import scanned_folders, unusable_files
from loopmind_chat.library.hearing import default_workers
from loopmind_chat.library.index_keeper import IndexKeeper
from loopmind_chat.library.keepsake import open_store, write_keepsake
from loopmind_chat.library.lock import FolderLock
from loopmind_chat.library.loop_rows import inherit, save_rating, stored_changes
from loopmind_chat.library.reading import Reading
from loopmind_chat.library.reference import Reference, hear_reference
from loopmind_chat.library.said_file import RATINGS, Said, read_said, write_said
from loopmind_chat.library.scan import Scan, ScanHooks
from loopmind_chat.library.scan_report import ScanProgress, ScanReport
from loopmind_chat.library.settle.learned import LearnedWord
from loopmind_chat.library.sound_map import SoundMap, draw_map, read_map, write_map
from loopmind_chat.library.store import Store
from loopmind_chat.library.user_said import Taken, all_said, correct, take_in
from loopmind_chat.library.vector_index import Space
from loopmind_chat.library.vectors import VectorBook
from loopmind_chat.library.view import LibraryView
from loopmind_chat.library.workers import WorkerSettings
from loopmind_chat.song.loops import LoopFacts

FACTS_VERSION: Final = 3
"""Raised when the analysis comes to better facts: the next scan then analyses every file again."""

_INDEX_DELAY_S: Final = 10.0
"""A process that ends after one question need not load the index: a few thousand loops are looked at in no time."""


class Library:
    """All that is known of the user's loops, in ``home.library``; threads may share it.

    One process writes, behind a lock. Another that opens the same library meanwhile reads it: ``read_only`` is then
    True, search looks at every vector itself, and what would write raises LibraryLocked, naming the holder.
    """

    def __init__(
        self,
        home: Home,
        embedder: TextEmbedder | None,
        workers: WorkerSettings,
        lock: FolderLock | None,
        busy: Callable[[], bool],
    ) -> None:
        self._folder = home.library
        self._home_note = home.note
        self._workers = workers
        self._lock = lock
        self._embedder = embedder
        self._busy = busy
        self._turn = threading.Lock()
        self._scanning = threading.Lock()
        self._closed = False
        self._retired: list[Store] = []
        self._open_store()

    @classmethod
    def open(
        cls,
        home: Home,
        embedder: TextEmbedder | None = None,
        *,
        must_write: bool = False,
        workers: WorkerSettings | None = None,
        busy: Callable[[], bool] | None = None,
    ) -> Self:
        """The library of a home, made if absent; ``close`` it, and it closes the embedder.

        Loads neither a model nor the index. While ``busy`` answers True (music plays), a scan takes its time. Raises
        LibraryLocked with ``must_write`` where another process holds it, LibraryError where it cannot be opened at all.
        """
        settings = workers or default_workers(home)
        try:
            lock = _lock(home.library)
        except LibraryLocked:
            if must_write:
                raise
            lock = None
        except OSError as fault:
            if must_write or not (home.library / "library.db").exists():
                reason = (fault.strerror or str(fault)).lower()
                raise LibraryError(
                    f"the library {home.library} cannot be written ({reason}): set LOOPMIND_HOME to another folder"
                ) from fault
            lock = None
        with ExitStack() as undo:
            if lock is not None:
                undo.callback(lock.release)
            library = cls(home, embedder, settings, lock, busy or _never)
            undo.pop_all()
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether another process held the library when it was last looked at."""
        return self._lock is None

    @property
    def notices(self) -> tuple[str, ...]:
        """Lines for the user about what does not work fully: a damaged file made anew, no text model, no index."""
        lines = (self._home_note, self._notice, self._book.problem, self._keeper.problem if self._keeper else None)
        return tuple(line for line in lines if line)

    def warm_up(self) -> None:
        """Load the text model, the loops and, after a while, the index in the background; returns at once."""
        self._book.start()

        def load() -> None:
            catalogue = self._reading.catalogue()
            if self._keeper is not None:
                self._keeper.follow(catalogue, delay_s=_INDEX_DELAY_S)

        threading.Thread(target=load, name="library-warm-up", daemon=True).start()

    def scan(
        self,
        folders: Sequence[Path],
        *,
        progress: Callable[[ScanProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ScanReport:
        """Analyse and describe what is new or changed in the folders, in the calling thread.

        ``cancelled`` is asked several times a second; what was done until then is kept. ``progress`` is called from
        this thread. Raises LibraryLocked, or LibraryError where a folder is not there or nothing can be analysed.
        """
        tell, stop = progress or _tell_nobody, cancelled or _never
        roots = [self._checked_folder(folder) for folder in folders]
        self._become_writer()
        if not self._scanning.acquire(blocking=False):
            raise LibraryError("a scan is running already: wait until it is done, or cancel it")
        try:
            scan = Scan(
                self._store,
                roots,
                self._workers,
                ScanHooks(self._described, self._inherit, self._book.start, tell, stop, self._busy),
                version=FACTS_VERSION,
            )
            report = scan.run()
            nothing_usable = report.found == report.failed
            return report if report.cancelled or nothing_usable else self._describe_all(report, tell, stop)
        finally:
            self._scanning.release()

    def finish_index(self, cancelled: Callable[[], bool] | None = None) -> None:
        """Wait until the index has caught up: before a short-lived process ends."""
        if self._keeper is not None:
            self._keeper.follow(self._reading.catalogue())
            self._keeper.wait(cancelled or _never)

    def view(self, folders: Sequence[Path] = ()) -> LibraryView:
        """The loops of some folders (none named: of all) as they are now; quick, and never behind a scan."""
        return self._reading.view(folders)

    def sound_map(self, folders: Sequence[Path] = ()) -> SoundMap:
        """Where the loops of some folders lie on the plane of all; seconds the first time, then kept."""
        view = self.view()
        ids, vectors = view.sounds()
        path, model = self._folder / "sound-map.npz", view.sound_model
        kept = read_map(path, model)
        drawn = draw_map(ids, vectors, kept)
        if not self.read_only and not (kept and set(drawn.ids) <= set(kept.ids)):
            write_map(path, model, drawn)
        return drawn.of([facts.id for facts in self.view(folders).loops()]) if folders else drawn

    def reference(self, path: Path, cancelled: Callable[[], bool] | None = None) -> Reference:
        """What a file sounds like, for ``LibraryView.similar_to``; it is read in a worker and need not be scanned.

        Raises LibraryError for a file that is of no use.
        """
        return hear_reference(path.expanduser(), self._workers, cancelled or _never)

    def fix(self, loop_id: str, changes: Mapping[str, Any]) -> LoopFacts:
        """Correct a loop's ``bpm``, ``key``, ``role`` or ``is_loop``, for good; its facts as they now are.

        Raises NoSuchLoop, LibraryLocked, or LibraryError where a value is not one.
        """
        plain = checked_changes(changes)
        self._become_writer()
        correct(self._store, self._known(loop_id), plain, self._loop_text)
        return self._known(loop_id).anywhere()

    def rate(self, loop_id: str, rating: int) -> None:
        """Remember that the user likes (1), dislikes (-1) or does not mind (0) a loop; raises as ``fix`` does."""
        if rating not in RATINGS:
            raise LibraryError(f"a rating is -1, 0 or 1, not {rating!r}")
        self._become_writer()
        self._known(loop_id)
        save_rating(self._store, loop_id, rating)
        write_keepsake(self._store)

    def said(self) -> list[Said]:
        """Every correction and rating."""
        return all_said(self._store, self._reading.catalogue())

    def export_said(self, path: Path) -> int:
        """Write them to a new file, one JSON object a line; how many. Raises LibraryError."""
        return write_said(path, self.said())

    def import_said(self, path: Path) -> Taken:
        """Take in what such a file says. Raises LibraryLocked, and LibraryError where it cannot be read."""
        lines = list(read_said(path))
        self._become_writer()
        return take_in(self._store, self._reading.catalogue(), lines, self._loop_text)

    def learned_words(self) -> list[LearnedWord]:
        """What the user's own words were found to mean, where that tells something of a loop; by word."""
        return list(self._reading.catalogue().settled.naming.words.values())

    def folders(self) -> tuple[Path, ...]:
        """Every folder that was ever scanned."""
        return scanned_folders(self._store)

    def problems(self) -> list[tuple[str, str]]:
        """Path and reason of every file that is there but cannot be used."""
        return unusable_files(self._store)

    def close(self) -> None:
        """Let go of everything; an index that has not caught up does so next time."""
        if self._closed:
            return
        self._closed = True
        if self._keeper is not None:
            self._keeper.close()
        self._book.close()
        for store in (self._store, *self._retired):
            store.close()
        if self._lock is not None:
            self._lock.release()

    def _open_store(self) -> None:
        self._store, self._notice = open_store(self._folder / "library.db", read_only=self._lock is None)
        self._book = VectorBook(self._store, self._embedder)
        self._keeper: IndexKeeper | None = None
        if self._lock is not None:
            self._keeper = IndexKeeper(self._folder / "index", self._book.model, open_chroma, put_aside)
        self._reading = Reading(self._store, self._book, self._nearest)

    def _become_writer(self) -> None:
        """Make sure of the lock: whoever held it when we opened may have gone since."""
        with self._turn:
            if self._lock is not None:
                return
            self._lock = _lock(self._folder)
            self._retired.append(self._store)  # views made of it may still look up a query
            self._open_store()

    def _known(self, loop_id: str) -> Entry:
        entry = self._reading.catalogue().entries.get(loop_id)
        if entry is None:
            raise NoSuchLoop(f"the library has no loop {loop_id}")
        return entry

    def _described(self, facts: LoopFacts, text: str) -> str:
        changes = stored_changes(self._store, facts.id)
        return self._loop_text(corrected(facts, changes)) if changes else text

    def _inherit(self, old_id: str, facts: LoopFacts) -> None:
        # A program that writes a tag into a file changes its bytes, and so its id, but not what the user said of it.
        if inherit(self._store, old_id, facts):
            write_keepsake(self._store)

    def _describe_all(
        self, report: ScanReport, tell: Callable[[ScanProgress], None], stop: Callable[[], bool]
    ) -> ScanReport:
        if not self._book.is_complete():
            self._book.fill(stop, lambda done, total: tell(ScanProgress("describing", done, total, "", 0.0)))
        if self._keeper is not None and (report.added or report.changed):
            self._keeper.follow(self._reading.catalogue())
        return report.with_note(self._book.problem, cancelled=stop())

    def _loop_text(self, facts: LoopFacts) -> str:
        describe: Callable[[LoopFacts], str] = importlib.import_module(
            self._workers.analyser.partition(":")[0]
        ).loop_text
        return describe(facts)

    def _nearest(self, space: Space, vector: Vectors, count: int) -> list[str] | None:
        return self._keeper.nearest(space, vector, count) if self._keeper is not None else None

    def _checked_folder(self, folder: Path) -> Path:
        root = folder.expanduser().resolve()
        if root.is_dir() or root in self.folders():  # what was scanned once may be on a drive that is not plugged in
            return root
        raise LibraryError(f"{folder} is a file: name its folder" if root.exists() else f"there is no folder {folder}")


def _lock(folder: Path) -> FolderLock:
    folder.mkdir(parents=True, exist_ok=True)
    return FolderLock.take(folder / "lock")


def _tell_nobody(_: ScanProgress) -> None:
    return None


def _never() -> bool:
    return False
