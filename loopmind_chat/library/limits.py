"""What a worker process asks of its operating system; each request does nothing where there is no such thing."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

WORKER_MEMORY: Final = 6 << 30
"""Address space of a worker in bytes: ample for ten minutes of audio, and an end to forged headers."""

ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Environment that keeps a numeric process to one thread: workers are many already, and sums come out the same."""


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep the garbage collector from searching through 100,000 loops again and again while they are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def lower_priority(steps: int = 10) -> None:
    """Let the sound engine and the screen go first."""
    if hasattr(os, "nice"):
        os.nice(steps)  # on Linux the disk's queue follows it
    if hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # never to cut in on one that wakes


def limit_memory(limit: int = WORKER_MEMORY) -> None:
    """Make an allocation beyond ``limit`` bytes of address space fail with MemoryError."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        with suppress(ValueError, OSError):  # macOS accepts no such limit
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def die_after(seconds: float) -> None:
    """End this process ``seconds`` from now, even inside C code; 0 calls it off.

    The parent kills a hung worker itself; this is for a worker whose parent was killed first.
    """
    if sys.platform != "win32":
        import signal  # noqa: PLC0415 - the timer is POSIX only

        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
