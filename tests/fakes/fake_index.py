"""An exact vector index in memory, that breaks when told to."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.vector_index import IndexBroken, Space


class FakeIndex:
    """Holds what it is given; ``breaks`` makes the next uses fail."""

    def __init__(self) -> None:
        self.held: dict[Space, dict[str, Vectors]] = {space: {} for space in Space}
        self.breaks = 0
        self.puts = 0
        self.closed = False

    def count(self, space: Space) -> int:
        return len(self.held[space])

    def put(self, space: Space, ids: Sequence[str], vectors: Vectors) -> None:
        self._maybe_break()
        self.puts += len(ids)
        self.held[space].update(zip(ids, vectors, strict=True))

    def nearest(self, space: Space, vector: Vectors, count: int) -> list[str]:
        self._maybe_break()
        scores = {loop_id: float(held @ vector) for loop_id, held in self.held[space].items()}
        return sorted(scores, key=lambda loop_id: -scores[loop_id])[:count]

    def close(self) -> None:
        self.closed = True

    def _maybe_break(self) -> None:
        if self.breaks:
            self.breaks -= 1
            raise IndexBroken("Error loading hnsw index")


class FakeShelf:
    """Opens fake indexes by folder, as if they lay on disk."""

    def __init__(self) -> None:
        self.index = FakeIndex()
        self.opened = 0
        self.put_asides = 0

    def open(self, _folder: Path, _closed: Callable[[], bool]) -> FakeIndex:
        self.opened += 1
        return self.index

    def put_aside(self, _folder: Path) -> None:
        self.put_asides += 1
        breaks, self.index = self.index.breaks, FakeIndex()
        self.index.breaks = breaks


def direction(number: int) -> Vectors:
    """A unit vector along one axis."""
    return np.eye(384, dtype=np.float32)[number]
