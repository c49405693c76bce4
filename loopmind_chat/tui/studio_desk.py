"""The desk of the real studio: what the screen asks for, taken from the parts behind it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.errors import CannotDo
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song

if TYPE_CHECKING:
    from loopmind_chat.agent.conversation import Conversation
    from loopmind_chat.agent.model_switch import ModelSwitch
    from loopmind_chat.audio.player import Player
    from loopmind_chat.tools.studio import Studio

_HISTORY: Final = 50
_LAST_TURN_S: Final = 1.5
"""How long what is running when the screen goes may take to end; it was told to stop."""


class StudioDesk:
    """The open studio, as the screen needs it: see :class:`loopmind_chat.tui.desk.Desk`."""

    def __init__(self, conversation: "Conversation", model: "ModelSwitch", player: "Player", parts: ExitStack) -> None:
        self._conversation = conversation
        self._model = model
        self._player = player
        self._parts = parts
        self._closing = threading.Event()
        self._running = 0
        self._changed = threading.Condition()

    @property
    def studio(self) -> "Studio":
        """What turns work on."""
        return self._conversation.studio

    def closing(self) -> bool:
        """Whether the screen has gone."""
        return self._closing.is_set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While something works with the parts, they are not closed beneath it."""
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def song(self) -> Song:
        """The song as it stands."""
        return self.studio.session.song

    def status(self) -> PlayerStatus:
        """The transport and the engine, now."""
        return self._player.status()

    def loops(self) -> Sequence[LoopFacts]:
        """The loops in use."""
        return self.studio.reader().loops()

    def history(self) -> Sequence[TurnRecord]:
        """The turns of the session so far."""
        return self.studio.session.turns(_HISTORY)

    def model_state(self) -> str:
        """A few words on the language model, where it is not simply there."""
        if not self._model.name:
            return "no model: / only"
        if self._model.error:
            return "model failed: / only"
        return "" if self._model.ready else "model loading"

    def model_line(self) -> str:
        """Which language model there is, or why there is none, and which others."""
        return self._model.describe()

    def commands(self) -> Sequence[str]:
        """Slash commands to complete."""
        from loopmind_chat.tools.slash import command_names  # noqa: PLC0415 - every family of tools

        return command_names()

    def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
        """Take one turn of the conversation."""
        with self.busy():
            yield from self._conversation.turn(text, lambda: cancelled() or self.closing())

    def play_or_stop(self) -> None:
        """Toggle the transport."""
        if self._player.status().playing:
            self._player.stop()
        elif self.song().sections:
            self._player.play()
        else:
            raise CannotDo("there is nothing to play yet: say what you want to hear")

    def close(self) -> None:
        """End the child processes."""
        self._closing.set()
        with self._changed:
            self._changed.wait_for(lambda: not self._running, _LAST_TURN_S)
        self._parts.close()
