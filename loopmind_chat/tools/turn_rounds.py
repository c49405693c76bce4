"""The rounds of a turn: what a round of calls came to, and what is called next. Nothing is committed in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call

ROUNDS_MAX: Final = 8
"""Rounds of calls in one turn."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a call came to."""

    call: Call
    """As it was asked for."""
    outcome: CallOutcome
    told_only: bool = False
    """Whether it went well and neither changed the song nor did anything else: it looked something up."""


@dataclass(frozen=True, slots=True)
class Next:
    """What follows on a round: more calls; none end the turn."""

    calls: Sequence[Call] = ()
    closing: str = ""
    """What to say after what the tools say."""


class Further(Protocol):
    """Asked after each round for the next. What it raises ends the turn with the song as it was."""

    def __call__(self, came: Sequence[Came], song: Song, /) -> Next:
        """What to call next, told what the last round came to and the song that it left, which is not stored yet."""
