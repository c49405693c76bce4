"""Prepared audio in memory: mapped files, each read once beforehand so that mixing never waits for a disk."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from loopmind_chat.audio.engine.ring import Block

_CHUNK = 1 << 20


class Clips:
    """The audio of one plan, by key; what is not there yet can be added."""

    def __init__(self, paths: Mapping[str, str], known: "Clips | None" = None) -> None:
        self._clips: dict[str, Block] = {}
        self.unreadable: dict[str, str] = {}
        """Why a clip that should be there is not."""
        for key, path in paths.items():
            older = known.get(key) if known else None
            try:
                self._clips[key] = mapped(path) if older is None else older
            except (OSError, ValueError) as fault:  # thrown out of the cache meanwhile, or damaged
                self.unreadable[key] = str(fault)
        self._missed: set[str] = set()

    def get(self, key: str) -> Block | None:
        """A clip, where it is there."""
        return self._clips.get(key)

    def add(self, key: str, path: str) -> bool:
        """Add a clip. True where it was asked for before it was there, and so is silent until asked anew."""
        self._clips[key] = mapped(path)
        late = key in self._missed
        self._missed.discard(key)
        return late

    def view(self) -> Callable[[str], Block | None]:
        """A way to load that answers the same each time: a clip that comes late does not start half-way."""
        missing: set[str] = set()

        def load(key: str) -> Block | None:
            clip = None if key in missing else self._clips.get(key)
            if clip is None:
                missing.add(key)
                self._missed.add(key)
            return clip

        return load


def mapped(path: str | Path) -> Block:
    """A prepared file, (frames, 2) float32, mapped. Raises OSError, or ValueError where it is not one.

    A page fault on a slow disk would hold the interpreter, and with it the callback; reading does not.
    """
    buffer = bytearray(_CHUNK)
    with Path(path).open("rb", buffering=0) as file:
        while file.readinto(buffer):
            pass
    clip: Block = np.load(path, mmap_mode="r")
    if clip.ndim != 2 or clip.shape[1] != 2 or clip.dtype != np.float32:  # noqa: PLR2004 - frames by two channels
        raise ValueError(f"{path} is not stereo float32")
    return clip
