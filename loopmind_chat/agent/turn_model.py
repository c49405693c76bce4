"""What understands a sentence: the port that the conversation asks, whatever model stands behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call

ANSWER_TOKENS: Final = 128
"""Tokens of an answer: four calls with their arguments, and some to spare."""
TOO_MUCH: Final = "that was more than one answer of the model holds; say it in parts"

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a turn: what the model called, and what that came to."""

    calls: tuple[Call, ...]
    came: tuple[str, ...]
    """What each call came to: one short line, without paths."""
    song: Song
    """The song that the round left."""
    leads_on: bool = True
    """Whether there is something in it to go on from: a call that was refused, or that looked something up."""


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

    @property
    def uses_results(self) -> bool:
        """Whether it can be told what its calls came to and go on from there; else a turn has one round."""

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for it to be ready. True when it is; raises ModelUnavailable where it cannot be."""

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """What a sentence asks for, in the call language; ``turns`` are the last ones, oldest first.

        ``rounds`` are those that this turn has had: then, what is still to be called, or no call. Raises
        ModelUnavailable, ModelCrashed, TurnCancelled, and AgentError where it gives no answer.
        """

    def warm(self, song: Song) -> None:
        """Get ready for a sentence about this song, in the background; returns at once."""

    def close(self) -> None:
        """End what it started."""
