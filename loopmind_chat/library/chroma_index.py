"""Chroma as the approximate index: recall among very many loops, one collection for each space of vectors.

The order of the hits is worked out exactly elsewhere. Its faults are known: two processes on one folder destroy it, and
opening a damaged one can end Python. So it is opened behind the library's lock, in another process first, and is never
the only place of anything.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.vector_index import IndexBroken, NoIndex, Space

_FORMER: Final = "loops"
"""The one collection that older versions kept."""
_BATCH: Final = 2_000
_PROBE_LIMIT_S: Final = 90.0
_POLL_S: Final = 0.05
_KEPT_ASIDE: Final = 2


class ChromaIndex:
    """A VectorIndex in a folder. Made by ``open_chroma``, or without the probe by the probe itself."""

    def __init__(self, folder: Path) -> None:
        try:
            import chromadb  # noqa: PLC0415 - most of a second, and only once something is searched or scanned
            from chromadb.config import Settings  # noqa: PLC0415 - the same
        except (ImportError, RuntimeError) as fault:  # not installed; or Python's SQLite is too old for it
            raise NoIndex(f"Chroma cannot be loaded: {fault}") from fault
        try:
            self._client: Any = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            if any(collection.name == _FORMER for collection in self._client.list_collections()):
                self._client.delete_collection(_FORMER)
            self._spaces: dict[Space, Any] = {
                space: self._client.get_or_create_collection(
                    space.value,
                    embedding_function=None,  # its own default downloads a model when first used
                    configuration={"hnsw": {"space": "cosine", "sync_threshold": 500, "ef_search": 200}},
                )
                for space in Space
            }
        except Exception as fault:  # Chroma raises what its Rust core and its SQLite raise
            raise IndexBroken(str(fault)) from fault

    def count(self, space: Space) -> int:
        """How many vectors it holds."""
        try:
            return int(self._spaces[space].count())
        except Exception as fault:  # as above
            raise IndexBroken(str(fault)) from fault

    def put(self, space: Space, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace vectors, 2,000 at a time."""
        try:
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                self._spaces[space].upsert(ids=list(ids[part]), embeddings=vectors[part])
        except Exception as fault:  # as above
            raise IndexBroken(str(fault)) from fault

    def nearest(self, space: Space, vector: Vectors, count: int) -> list[str]:
        """The ids of about the ``count`` nearest by cosine, nearest first."""
        try:
            found = self._spaces[space].query(query_embeddings=vector[None, :], n_results=count, include=[])
        except Exception as fault:  # as above
            raise IndexBroken(str(fault)) from fault
        return list(found["ids"][0])

    def any_vector(self, space: Space) -> Vectors:
        """One of the vectors that a space holds."""
        try:
            found = self._spaces[space].get(limit=1, include=["embeddings"])
            return np.asarray(found["embeddings"][0], np.float32)
        except Exception as fault:  # as above
            raise IndexBroken(str(fault)) from fault

    def close(self) -> None:
        """Let go of the files, and of Chroma's memory of the folder: another index may come to lie there."""
        self._client.close()
        self._client.clear_system_cache()


def open_chroma(folder: Path, closed: Callable[[], bool]) -> ChromaIndex:
    """The index in ``folder``, made if absent; a damaged one is first moved to ``index.bad-N``.

    Only the holder of the library's lock may call this. Raises IndexBroken when ``closed`` before it was looked at.
    """
    if folder.exists() and not _survives_opening(folder, closed):
        if closed():
            raise IndexBroken("closed before it was opened")
        put_aside(folder)
    try:
        return ChromaIndex(folder)
    except IndexBroken:
        put_aside(folder)
        return ChromaIndex(folder)


def put_aside(folder: Path) -> None:
    """Rename a damaged index, keeping the last few for who wants to know what happened."""
    if not folder.exists():
        return
    aside = sorted(folder.parent.glob(f"{folder.name}.bad-*"), key=_number)
    folder.rename(folder.with_name(f"{folder.name}.bad-{_number(aside[-1]) + 1 if aside else 1}"))
    for old in aside[: len(aside) + 1 - _KEPT_ASIDE]:
        shutil.rmtree(old, ignore_errors=True)


def _number(aside: Path) -> int:
    return int(aside.name.rpartition("-")[2])


def _survives_opening(folder: Path, closed: Callable[[], bool]) -> bool:
    if importlib.util.find_spec("chromadb") is None:
        return True  # no fault of the folder's
    command = [sys.executable, "-m", "loopmind_chat.library.chroma_probe", str(folder)]
    environment = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    until = time.monotonic() + _PROBE_LIMIT_S
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as probe:
        while probe.poll() is None:
            if closed() or time.monotonic() > until:
                probe.kill()
            with suppress(subprocess.TimeoutExpired):  # asked again until it ends
                probe.wait(_POLL_S)
        return probe.returncode == 0
