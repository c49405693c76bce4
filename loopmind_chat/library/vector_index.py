"""The port to the approximate index: which vectors are near, found quickly among very many."""

from collections.abc import Sequence
from typing import Protocol

from loopmind_chat.library.embed import Vectors


class VectorIndex(Protocol):
    """A cache of vectors by loop id; it may be deleted at any time and made again from the store."""

    def count(self) -> int:
        """How many vectors it holds."""

    def put(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace vectors; raises IndexBroken."""

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """The ids of about the ``count`` nearest, nearest first; raises IndexBroken."""

    def close(self) -> None:
        """Let go of the files."""


class NoIndex(Exception):
    """There can be no index here at all; never leaves this layer."""


class IndexBroken(Exception):
    """The index failed: it is put aside and made again; never leaves this layer."""
