"""What workers tell the app. Workers post; handlers change widgets."""

from dataclasses import dataclass

from textual.message import Message

from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.tui.desk import Desk
from loopmind_chat.tui.loops import LoopRow


@dataclass(frozen=True, slots=True)
class DeskOpened:
    """Session, library, player and model are there."""

    desk: Desk


@dataclass(frozen=True, slots=True)
class OpeningFailed:
    """They are not, or the loops could not be brought, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class LoopsBrought:
    """The folder asked for is scanned, or the starter pack written."""


@dataclass(frozen=True, slots=True)
class LoopsListed:
    """The loop list, sorted and cut to what is drawn."""

    rows: tuple[LoopRow, ...]
    total: int
    """How many loops there are."""
    widespread: frozenset[str]
    """Words that many of their names hold."""


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A line for the chat from the program itself."""

    text: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class ProgressMade:
    """Something long goes on; ``done == total``: it is over."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TurnProgressed:
    """An event of the running turn."""

    event: TurnEvent


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The turn ended by an error that should not be: the song is as it was."""

    reason: str


Fact = DeskOpened | OpeningFailed | LoopsBrought | LoopsListed | LineSaid | ProgressMade | TurnProgressed | TurnFailed


class FromBehind(Message):
    """Carries a fact from a worker thread to the app."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.fact = fact
