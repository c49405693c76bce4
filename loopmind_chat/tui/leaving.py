"""Leaving for certain: signals end the app as ctrl+q does, and no thread can keep the terminal waiting."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

_PATIENCE_S: Final = 4.0
"""What was committed is on disk already: nothing that still runs after this long is worth waiting for."""


def leave_on_signals(leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the exit status where the system asks us to end, so that the terminal is put back."""
    if sys.platform == "win32":
        return  # no such signals there: closing the window ends the process
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, leave, 128 + number)


def end_soon(status: int) -> None:
    """End the process, should a thread that does not answer hold it up."""
    last_resort = threading.Timer(_PATIENCE_S, os._exit, [status])
    last_resort.daemon = True
    last_resort.start()
