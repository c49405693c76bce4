"""Vectors of loops and queries: remembered in the store, made by the embedder when they are new."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from loopmind_chat.errors import LibraryError, WeightsError
from loopmind_chat.library.embed import COMMON_WORDS, TextEmbedder, Vectors, normal_query
from loopmind_chat.library.store import Store
from loopmind_chat.library.vector_rows import query_vectors, save_embeddings, save_queries, texts_to_embed

_BATCH: Final = 32
_POLL_S: Final = 0.05
_REMEMBERED: Final = 5_000

_Item = TypeVar("_Item")

NO_MODEL: Final = "there is no text model: search goes by names and tags only (loopmind models pull)"


class VectorBook:
    """Every vector comes from here. Without a working embedder ``problem`` says why, and queries have none."""

    def __init__(self, store: Store, embedder: TextEmbedder | None) -> None:
        self._store = store
        self._embedder = embedder
        self._turn = threading.Lock()
        self._queries: dict[str, Vectors] | None = None
        self._failed: str | None = None if embedder else NO_MODEL

    @property
    def model(self) -> str:
        """Whose vectors these are; "" without an embedder."""
        return self._embedder.name if self._embedder else ""

    @property
    def problem(self) -> str | None:
        """One line where search by meaning does not work."""
        return self._failed

    def of_query(self, text: str) -> Vectors | None:
        """The unit vector of a query, shape (n,); None without a working embedder.

        Remembered queries are answered at once; a new one waits for the model, and is remembered.
        """
        query = normal_query(text)
        if self._embedder is None or not query:
            return None
        with self._turn:
            known = self._remembered().get(query)
        if known is not None:
            return known
        try:
            vectors = self._embedder.embed([query])  # seconds, at first: those who ask for what is known go ahead
        except (WeightsError, LibraryError) as fault:
            self._failed = f"search goes by names and tags only: {fault}"
            return None
        self._failed = None
        with self._turn:
            self._remember([query], vectors)
            return self._remembered()[query]

    def start(self) -> None:
        """Have the embedder load in the background."""
        if self._embedder is not None:
            self._embedder.start()

    def is_complete(self) -> bool:
        """Whether every loop and every common word has its vector."""
        if self._embedder is None:
            return True
        return not texts_to_embed(self._store, self.model) and not self._new_words()

    def fill(self, cancelled: Callable[[], bool], tell: Callable[[int, int], None]) -> None:
        """Make what is missing, committing as it comes; ``tell(done, total)``. What goes wrong is in ``problem``."""
        if (embedder := self._embedder) is None:
            return
        try:
            self._fill(embedder, cancelled, tell)
        except _Cancelled:
            return
        except (WeightsError, LibraryError) as fault:
            self._failed = f"search goes by names and tags only: {fault}"
        else:
            self._failed = None

    def close(self) -> None:
        """End the embedder."""
        if self._embedder is not None:
            self._embedder.close()

    def _fill(self, embedder: TextEmbedder, cancelled: Callable[[], bool], tell: Callable[[int, int], None]) -> None:
        loops = texts_to_embed(self._store, self.model)
        words = self._new_words()
        done, total = 0, len(loops) + len(words)
        for part in _parts(loops):
            vectors = _embedded(embedder, [text for _, text in part], cancelled)
            save_embeddings(self._store, self.model, part, vectors)
            done += len(part)
            tell(done, total)
        for some in _parts(words):
            vectors = _embedded(embedder, some, cancelled)
            with self._turn:
                self._remember(some, vectors)
            done += len(some)
            tell(done, total)

    def _new_words(self) -> list[str]:
        with self._turn:
            return [word for word in COMMON_WORDS if normal_query(word) not in self._remembered()]

    def _remembered(self) -> dict[str, Vectors]:
        if self._queries is None:
            self._queries = query_vectors(self._store, self.model)
        return self._queries

    def _remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        queries = self._remembered()
        if not self._store.read_only and len(queries) < _REMEMBERED:
            save_queries(self._store, self.model, texts, vectors)
        queries.update(zip(texts, vectors, strict=True))


class _Cancelled(Exception):
    """The user did not want to wait."""


def _embedded(embedder: TextEmbedder, texts: list[str], cancelled: Callable[[], bool]) -> Vectors:
    # In a thread of its own, left to itself on a cancel: loading the model may take longer than a user waits.
    outcome: list[Vectors | LibraryError | WeightsError] = []

    def work() -> None:
        try:
            outcome.append(embedder.embed(texts))
        except (WeightsError, LibraryError) as fault:
            outcome.append(fault)

    thread = threading.Thread(target=work, name="embedding", daemon=True)
    thread.start()
    while thread.is_alive():
        if cancelled():
            raise _Cancelled
        thread.join(_POLL_S)
    if isinstance(outcome[0], LibraryError | WeightsError):
        raise outcome[0]
    return outcome[0]


def _parts(items: list[_Item]) -> Iterator[list[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
