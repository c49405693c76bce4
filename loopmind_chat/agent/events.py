"""What the agent says while a turn runs; the screen shows them in one ``match``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loopmind_chat.session.turns import CallOutcome, TurnRecord


@dataclass(frozen=True, slots=True)
class Thinking:
    """The model has begun, or says what it is waiting for."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A tool is about to run."""

    tool: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallFinished:
    """A tool ran, or was refused."""

    outcome: CallOutcome
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A piece of the reply; pieces are joined as they come."""

    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """An effect (scan, export) is under way."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The turn is over; always the last event."""

    record: TurnRecord


TurnEvent = Thinking | CallStarted | CallFinished | ReplyText | Progress | TurnFinished
