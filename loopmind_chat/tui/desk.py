"""What the screen needs of everything behind it: two small ports, wired in ``bootstrap``."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song


class Desk(Protocol):
    """An open studio. ``turn`` and ``play_or_stop`` are called from worker threads, the rest from the screen."""

    def song(self) -> Song:
        """The song as it stands."""

    def status(self) -> PlayerStatus:
        """The transport and the engine, now. Never waits."""

    def loops(self) -> Sequence[LoopFacts]:
        """The loops in use. Never waits on a scan."""

    def history(self) -> Sequence[TurnRecord]:
        """The turns of the session so far, oldest first."""

    def model_state(self) -> str:
        """A few words on the language model where it is not ready: "model loading", "no model: / only"; else ""."""

    def model_line(self) -> str:
        """A sentence on the language model: which one, or why there is none."""

    def commands(self) -> Sequence[str]:
        """Slash commands to complete: "/compose_song", "/play"."""

    def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
        """Take one turn of the conversation."""

    def play_or_stop(self) -> None:
        """Toggle the transport."""

    def close(self) -> None:
        """End the child processes; everything that was committed is saved already. Harmless when called again."""


Say = Callable[[str], None]
"""Shows a line in the chat; callable from any thread."""

Report = Callable[[str, int, int], None]
"""Shows progress: what, done, total; callable from any thread."""


class Opening(Protocol):
    """The slow part of starting up, done behind the first frame, in a worker thread."""

    def open(self, say: Say) -> Desk:
        """Open session, library, player and model."""

    def bring_loops(self, desk: Desk, say: Say, report: Report) -> None:
        """Scan the folder that was asked for, or write and scan the starter pack where there is none."""
