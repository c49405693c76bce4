"""Waiting that can be given up."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from loopmind_chat.errors import TurnCancelled

POLL_S: Final = 0.02
"""How often a wait looks whether it was cancelled."""


@contextmanager
def one_at_a_time(lock: threading.Lock, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Hold the lock; who waits for it can be cancelled too, which raises TurnCancelled."""
    while not lock.acquire(timeout=POLL_S):
        if cancelled is not None and cancelled():
            raise TurnCancelled("stopped")
    try:
        yield
    finally:
        lock.release()
