"""What understands a sentence: the port that the conversation asks, whatever model stands behind it."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song

ANSWER_TOKENS: Final = 128
"""Tokens of an answer: four calls with their arguments, and some to spare."""

Cancelled = Callable[[], bool]


class TurnModel(Protocol):
    """A model with its own way of being asked. It gets ready behind the caller's back; one question at a time."""

    @property
    def name(self) -> str:
        """What to call it on the screen."""

    @property
    def ready(self) -> bool:
        """True once it answers at once."""

    @property
    def error(self) -> str | None:
        """One line for the user, where it will not answer any more."""

    @property
    def state(self) -> str:
        """Where it runs and how fast it was, in a few words."""

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for it to be ready. True when it is; raises ModelUnavailable where it cannot be."""

    def understand(self, ground: Ground, turns: Sequence[TurnRecord] = (), cancelled: Cancelled | None = None) -> str:
        """What a sentence asks for, in the call language; ``turns`` are the last ones, oldest first.

        Raises ModelUnavailable, ModelCrashed, TurnCancelled, and AgentError where it gives no answer.
        """

    def warm(self, song: Song) -> None:
        """Get ready for a sentence about this song, in the background; returns at once."""

    def close(self) -> None:
        """End what it started."""
