"""The cache of prepared audio: each clip of a plan as float32 frames on disk, ready to be memory-mapped.

Files are named by everything their sound depends on, so two processes that make the same one make the same bytes;
each appears whole or not at all. The folder may be deleted at any time.
"""

import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.audio.plan.values import Clip, clip_with_key
from loopmind_chat.audio.render_clip import Samples, render_clip, with_tone
from loopmind_chat.audio.stretch import Stretcher, choose_stretcher

CACHE_BYTES: Final = 4 * 1024**3
"""Size the cache is kept to; what was used longest ago goes first."""
_CHECK_EVERY: Final = 32
_KEEP_SECONDS: Final = 600.0
"""Files used within this time are never thrown out: a song that plays needs them."""


class Preparer:
    """Makes and finds prepared audio. Several processes and threads may work on one folder."""

    def __init__(self, folder: Path, stretcher: Stretcher | None = None, *, limit_bytes: int = CACHE_BYTES) -> None:
        self.folder = folder
        self._stretcher = stretcher or choose_stretcher()
        self._limit = limit_bytes
        self._made = 0

    def path_of(self, clip: Clip) -> Path:
        """Where the clip's audio is, or will be."""
        return self.path_of_key(clip.key)

    def path_of_key(self, key: str) -> Path:
        """Where the audio of a clip's key is, or will be."""
        return self.folder / key[:2] / f"{key}.npy"

    def is_ready(self, clip: Clip) -> bool:
        """True where the clip's audio is there."""
        return self.path_of(clip).exists()

    def prepare(self, clip: Clip) -> Path:
        """The file with the clip's audio, made if it is not there.

        It holds float32 of shape (LEAD + frames, 2) at the engine's rate. Raises UnreadableAudio, StretchFailed.
        """
        path = self.path_of(clip)
        if self.load(clip.key) is None:
            self._write(path, self._sound(clip))
            self._made += 1
            if self._made % _CHECK_EVERY == 0:
                self.evict()
        return path

    def _sound(self, clip: Clip) -> Samples:
        if not clip.toned:
            return render_clip(clip, self._stretcher)
        dry = clip_with_key(replace(clip, toned=False))
        self.prepare(dry)
        audio = self.load(dry.key)
        return with_tone(render_clip(dry, self._stretcher) if audio is None else audio, clip)

    def load(self, key: str) -> Samples | None:
        """The prepared audio of a clip's key, memory-mapped and read-only; None where it is not there or damaged."""
        path = self.path_of_key(key)
        try:
            audio: Samples = np.load(path, mmap_mode="r", allow_pickle=False)
            os.utime(path)
        except (OSError, ValueError, EOFError):  # not there, thrown out this moment, or cut short by a loss of power
            return None
        return audio if audio.ndim == 2 and audio.dtype == np.float32 else None  # noqa: PLR2004 - (frames, channels)

    def evict(self, now: float | None = None) -> int:
        """Throw out what was used longest ago until the cache is within its limit; return the bytes freed."""
        import time  # noqa: PLC0415 - rarely needed

        recent = (time.time() if now is None else now) - _KEEP_SECONDS
        files = sorted(self._files(), key=lambda file: file[1])
        excess = sum(size for _, _, size in files) - self._limit
        freed = 0
        for path, used, size in files:
            if freed >= excess or used > recent:
                break
            path.unlink(missing_ok=True)
            freed += size
        return freed

    def _files(self) -> list[tuple[Path, float, int]]:
        found = []
        for path in self.folder.glob("??/*.npy"):
            try:
                status = path.stat()
            except FileNotFoundError:  # another process threw it out
                continue
            found.append((path, status.st_mtime, status.st_size))
        return found

    def _write(self, path: Path, audio: Samples) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(6)}.part")
        try:
            with partial.open("xb") as handle:
                np.save(handle, audio, allow_pickle=False)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
