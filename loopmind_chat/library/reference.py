"""A file as the question: what sounds like this? It is read in a worker, as any file of the user's is."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty
from typing import Final

import numpy as np

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.facts_json import facts_from_json
from loopmind_chat.library.workers import Answer, WorkerPool, WorkerSettings
from loopmind_chat.song.loops import LoopFacts

_POLL_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Reference:
    """A sound to compare with."""

    facts: LoopFacts
    sound_model: str
    sound: Vectors | None
    """Unit length; None where it cannot be embedded."""
    text: str = ""
    """The sentence that describes it."""


def hear_reference(path: Path, workers: WorkerSettings, cancelled: Callable[[], bool]) -> Reference:
    """Analyse one file, within the limits of a scan's worker.

    Raises LibraryError, saying why, for a file that is of no use, and on a cancel.
    """
    pool = WorkerPool(replace(workers, count=1))
    try:
        pool.submit(0, {"do": "analyse", "path": str(path.absolute()), "id": ""})
        answer = _answer(pool, cancelled)
    finally:
        pool.close()
    if "facts" not in answer:
        reason = "there is no such file" if "gone" in answer else answer.get("error") or answer.get("broken")
        raise LibraryError(f"{path} cannot be compared: {reason}")
    sound = np.frombuffer(base64.b64decode(answer["sound"]), "<f4").astype(np.float32)
    return Reference(
        facts_from_json(answer["facts"]), answer["sound_model"], sound if len(sound) else None, answer["text"]
    )


def _answer(pool: WorkerPool, cancelled: Callable[[], bool]) -> Answer:
    while not cancelled():
        try:
            return pool.answers.get(timeout=_POLL_S)[1]
        except Empty:
            continue
    raise LibraryError("cancelled")
