"""How long a model may think about one sentence, over all the rounds of its turn."""

import time
from collections.abc import Callable
from typing import Final

from loopmind_chat.errors import AgentError, TurnCancelled

THINKING_S: Final = 30.0

Cancelled = Callable[[], bool]


class OutOfTime(AgentError):
    """The model has thought for as long as it may."""


class ThinkingTime:
    """What is left of the time for a sentence."""

    def __init__(self, stop: Cancelled) -> None:
        """``stop`` turns true where the user gives the turn up."""
        self._stop = stop
        self._left_s = THINKING_S

    def spend(self, ask: Callable[[Cancelled], str]) -> str:
        """What ``ask`` gives, which is to heed what it is handed.

        Raises TurnCancelled where the user gave up, OutOfTime where the time is used up, and what ``ask`` raises.
        """
        began = time.monotonic()
        late = began + self._left_s
        try:
            return ask(lambda: self._stop() or time.monotonic() > late)
        except TurnCancelled as fault:
            if self._stop():
                raise
            raise OutOfTime(f"the model has thought for {THINKING_S:g} s without an answer") from fault
        finally:
            self._left_s = max(0.0, late - time.monotonic())
