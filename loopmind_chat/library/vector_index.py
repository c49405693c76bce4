"""The port to the approximate index: which vectors are near, found quickly among very many."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from loopmind_chat.library.embed import Vectors


class Space(StrEnum):
    """What vectors are of; those of two spaces are never compared."""

    TEXT = "text"
    """The sentence that describes a loop."""
    AUDIO = "audio"
    """Its sound."""


class VectorIndex(Protocol):
    """A cache of vectors by space and loop id; it may be deleted at any time and made again from the store."""

    def count(self, space: Space) -> int:
        """How many vectors it holds."""

    def put(self, space: Space, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace vectors; raises IndexBroken."""

    def nearest(self, space: Space, vector: Vectors, count: int) -> list[str]:
        """The ids of about the ``count`` nearest, nearest first; raises IndexBroken."""

    def close(self) -> None:
        """Let go of the files."""


class NoIndex(Exception):
    """There can be no index here at all; never leaves this layer."""


class IndexBroken(Exception):
    """The index failed: it is put aside and made again; never leaves this layer."""
