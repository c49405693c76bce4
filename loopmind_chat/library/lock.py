"""One process at a time: an exclusive lock on a file, which the system drops when its holder dies."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

from loopmind_chat.errors import LibraryLocked

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, which others may then still read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """The lock of a folder, held until ``release``.

    The lock is the system's, not the file's existence: what a killed process leaves behind holds nobody up. The text
    in the file only names the holder.
    """

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, path: Path) -> Self:
        """Lock the file at ``path``, made if absent; raises LibraryLocked, naming the process that holds it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _try_lock(handle)
        except OSError as fault:
            os.close(handle)
            raise LibraryLocked(
                f"the library {path.parent} is in use by {_holder(path)}: close that first, or wait until it is done"
            ) from fault
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"process {os.getpid()}\n".encode())
        return cls(handle)

    def release(self) -> None:
        """Let others have it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _holder(path: Path) -> str:
    text = ""
    with suppress(OSError):  # another LoopMind either way
        text = path.read_text("utf-8", "replace").strip()
    return text or "another LoopMind"
