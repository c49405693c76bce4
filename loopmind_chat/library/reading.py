"""The library as it is read: a catalogue renewed when the store has changed, and views of it."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.limits import collection_paused
from loopmind_chat.library.loop_rows import loops_changed_since
from loopmind_chat.library.store import Store
from loopmind_chat.library.vectors import VectorBook
from loopmind_chat.library.view import LibraryView, Nearest

_VIEWS_KEPT: Final = 4


class Reading:
    """Gives the newest catalogue and views, from memory as long as nothing has changed; threads may share it."""

    def __init__(self, store: Store, book: VectorBook, nearest: Nearest) -> None:
        self._store = store
        self._book = book
        self._nearest = nearest
        self._turn = threading.RLock()
        self._catalogue = Catalogue()
        self._seen_version = -1
        self._views: dict[tuple[Path, ...], tuple[Catalogue, LibraryView]] = {}

    def catalogue(self) -> Catalogue:
        """Every loop as last committed, by whichever process."""
        with self._turn:
            version = self._store.data_version()
            if version != self._seen_version:
                revision, rows = loops_changed_since(self._store, self._catalogue.revision)
                if rows or self._catalogue.revision < 0:
                    self._catalogue = self._catalogue.renewed(revision, rows)
                self._seen_version = version
            return self._catalogue

    def view(self, folders: Sequence[Path]) -> LibraryView:
        """The loops of some folders as they are now."""
        key = tuple(folder.resolve() for folder in folders)
        with self._turn:
            catalogue = self.catalogue()
            cached = self._views.pop(key, None)
            if cached is None or cached[0] is not catalogue:
                with collection_paused():
                    view = LibraryView(
                        catalogue, key, model=self._book.model, query_vector=self._book.of_query, nearest=self._nearest
                    )
                cached = (catalogue, view)
            self._views[key] = cached  # the one used last is dropped last
            for oldest in list(self._views)[:-_VIEWS_KEPT]:
                del self._views[oldest]
            return cached[1]
