"""Sentence embeddings by all-MiniLM-L6-v2, in a process of its own (its imports take seconds and 440 MB)."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.errors import LibraryError, LoopMindError
from loopmind_chat.library.child import Child, ChildGone
from loopmind_chat.library.embed import DIMENSIONS, Vectors

_MODULE: Final = "loopmind_chat.library.minilm_child"
_START_LIMIT_S: Final = 180.0
_ANSWER_LIMIT_S: Final = 30.0
_LIMIT_PER_TEXT_S: Final = 0.5


class MiniLm:
    """A TextEmbedder. The process starts with ``start`` or the first ``embed``, and once more if it dies.

    ``locate`` gives the folder of the verified model, or raises WeightsError; it is called in the background, since
    verifying reads the whole model the first time.
    """

    name = "all-minilm-l6-v2"

    def __init__(self, locate: Callable[[], Path], *, log: Path, module: str = _MODULE) -> None:
        self._locate = locate
        self._log = log
        self._module = module
        self._turn = threading.Lock()  # one question at a time
        self._child: Child | None = None
        self._closed = threading.Event()

    def start(self) -> None:
        """Begin to load in the background; what goes wrong is told by the first ``embed``."""
        threading.Thread(target=self._start_early, name="text-model-start", daemon=True).start()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, 384); raises WeightsError without a model, LibraryError when it fails twice."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        message = json.dumps([_speakable(text) for text in texts]).encode()
        limit = _ANSWER_LIMIT_S + _LIMIT_PER_TEXT_S * len(texts)
        with self._turn:
            try:
                answer = self._running().ask(message, limit)
            except ChildGone:
                self._child = None
                answer = self._ask_again(message, limit)
        return np.frombuffer(answer, "<f4").reshape(len(texts), -1).astype(np.float32)

    def close(self) -> None:
        """End the process; an ``embed`` under way fails."""
        self._closed.set()
        child = self._child
        if child is not None:
            child.interrupt()
        with self._turn:
            if self._child is not None:
                self._child.close()
                self._child = None

    def _ask_again(self, message: bytes, limit: float) -> bytes:
        try:
            return self._running().ask(message, limit)
        except ChildGone as fault:
            self._child = None
            raise LibraryError(f"the text model stopped twice ({fault}); see {self._log}") from fault

    def _start_early(self) -> None:
        with self._turn:
            try:
                self._running()
            except ChildGone:
                self._child = None  # the first embed starts it again, and says so if that fails too
            except (LoopMindError, OSError):
                return  # a background start has no listener; the first embed meets the same fault

    def _running(self) -> Child:
        """The child, started and ready; called with the turn held."""
        if self._closed.is_set():
            raise LibraryError("the text model is closed")
        if self._child is None:
            child = Child(self._module, [str(self._locate())], log=self._log)
            self._child = child  # known at once, so that close() can interrupt the loading
            if self._closed.is_set():
                child.interrupt()
            child.hear(_START_LIMIT_S)
        return self._child


def _speakable(text: str) -> str:
    """Names hold bytes that are no text; the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode()
