"""What workers tell the app. Workers post; handlers change widgets."""

from textual.message import Message

from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.tui.desk import Desk


class DeskOpened(Message):
    """Session, library, player and model are there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


class OpeningFailed(Message):
    """They are not, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class LineSaid(Message):
    """A line for the chat from the program itself."""

    def __init__(self, text: str, *, problem: bool = False) -> None:
        super().__init__()
        self.text = text
        self.problem = problem


class ProgressMade(Message):
    """Something long goes on; ``done == total``: it is over."""

    def __init__(self, what: str, done: int, total: int) -> None:
        super().__init__()
        self.what = what
        self.done = done
        self.total = total


class TurnProgressed(Message):
    """An event of the running turn."""

    def __init__(self, event: TurnEvent) -> None:
        super().__init__()
        self.event = event


class TurnFailed(Message):
    """The turn ended by an error that should not be: the song is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
