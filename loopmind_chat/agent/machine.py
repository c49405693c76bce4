"""What this machine gives a model: cores, memory, a place for its log."""

import os
from pathlib import Path
from typing import IO, Final

_OF_MEMORY: Final = 0.9
_LOG_BYTES: Final = 1_000_000


def cores() -> int:
    """Cores that this process may use: fewer than the machine has, in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def lacking_memory(model: Path) -> str:
    """Why a file is too big for this machine's memory; "" where it is not. One that does not fit pages for ever."""
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return ""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    size = model.stat().st_size
    return "" if size < memory * _OF_MEMORY else f"needs {size / 1e9:.1f} GB; this machine has {memory / 1e9:.1f} GB"


def open_log(path: Path | None) -> IO[bytes]:
    """A log to add to, begun anew once it is long; None: no log."""
    if path is None:
        return Path(os.devnull).open("wb")
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = "ab" if path.exists() and path.stat().st_size < _LOG_BYTES else "wb"
    return path.open(mode)
