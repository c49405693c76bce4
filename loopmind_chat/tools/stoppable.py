"""Work that the user can walk away from: a tool only reads and returns, so what is left behind does no harm."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, TypeVar

from loopmind_chat.errors import CannotDo, TurnCancelled
from loopmind_chat.tools.ports import Cancelled

_POLL_S: Final = 0.05
_T = TypeVar("_T")


def run_stoppable(work: Callable[[], _T], cancelled: Cancelled, seconds: float) -> _T:
    """What ``work`` gives, or its error.

    Raises TurnCancelled soon after ``cancelled`` turns true and CannotDo after ``seconds``; the work then runs to its
    end on its own thread, and nobody hears of it.
    """
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as fault:  # noqa: BLE001 - raised again on the thread that asked
            future.set_exception(fault)

    late = time.monotonic() + seconds
    threading.Thread(target=run, name="tool", daemon=True).start()
    while not wait((future,), _POLL_S).done:
        if cancelled():
            raise TurnCancelled("stopped; the song is as it was")
        if time.monotonic() > late:
            raise CannotDo("that took too long and was stopped")
    return future.result()
