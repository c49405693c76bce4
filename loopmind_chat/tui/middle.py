"""The chat and the loop list: side by side on a wide screen, one in the other's place on a narrow one."""

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from loopmind_chat.tui.chat import ChatLog
from loopmind_chat.tui.loops import LoopTable

_WIDE: Final = 120
"""Columns from which the loop list stands beside the chat without being asked for."""


class Middle(Horizontal):
    """What takes the room that the other lines leave."""

    DEFAULT_CSS = """
    Middle { height: 1fr; }
    Middle.narrow.listing ChatLog { display: none; }
    Middle.narrow LoopTable { width: 1fr; border-left: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="middle")
        self._asked: bool | None = None

    def compose(self) -> ComposeResult:
        """Both; the classes say what is shown."""
        yield ChatLog()
        yield LoopTable()

    def on_resize(self, event: events.Resize) -> None:
        """Another width."""
        self._lay_out(event.size.width)

    def toggle_loops(self) -> None:
        """Show or hide the loop list, whatever the width."""
        self._asked = not self.query_one(LoopTable).has_class("shown")
        self._lay_out(self.size.width)

    def page(self, direction: int) -> None:
        """Scroll the chat by a screen, or the loop list where that has its place or the focus."""
        loops, chat = self.query_one(LoopTable), self.query_one(ChatLog)
        shown = loops if loops.has_focus or not chat.display else chat
        shown.scroll_relative(y=direction * max(1, shown.size.height - 1), animate=False)

    def _lay_out(self, width: int) -> None:
        narrow = width < _WIDE
        listing = self._asked if self._asked is not None else not narrow
        self.set_class(narrow, "narrow")
        self.set_class(listing, "listing")
        self.query_one(LoopTable).set_class(listing, "shown")
