"""The conversation: turns and the program's own lines, the newest in view."""

from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.tui.text import plain
from loopmind_chat.tui.turn_view import PastTurn, TurnView

_KEPT: Final = 400
"""Entries that stay in the chat; the session keeps them all."""


class Note(Static):
    """A line from the program itself: progress, a hint, a problem."""

    DEFAULT_CSS = """
    Note { color: $text-muted; }
    Note.problem { color: $text-error; }
    """

    def __init__(self, text: str, *, problem: bool = False) -> None:
        super().__init__(Content(plain(text)), markup=False, classes="problem" if problem else "")


class Waiting(Note):
    """A line that was typed while another turn ran."""

    def __init__(self, text: str) -> None:
        super().__init__(f"next: {text}")
        self.said = text


class ChatLog(VerticalScroll):
    """All turns, the newest in view."""

    DEFAULT_CSS = """
    ChatLog { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="chat")
        self.anchor()

    def begin(self, said: str) -> TurnView:
        """A new turn; its line waits no longer."""
        for waiting in [entry for entry in self.query(Waiting) if entry.said == said][:1]:
            waiting.remove()
        view = TurnView(said)
        self._add(view)
        return view

    def finish(self, view: TurnView, record: TurnRecord) -> None:
        """The turn is over; one that is longer than the screen is read from its beginning."""
        view.finish(record.reply)
        self.call_after_refresh(self._show_beginning, view)

    def wait(self, said: str) -> None:
        """A line that is taken once the running turn is over."""
        self._add(Waiting(said))

    def drop_waiting(self) -> None:
        """What waits is not taken."""
        self.query(Waiting).remove()

    def say(self, text: str, *, problem: bool = False) -> None:
        """A line from the program itself."""
        self._add(Note(text, problem=problem))

    def show_history(self, records: list[TurnRecord]) -> None:
        """Turns of an opened session."""
        self.mount_all(map(PastTurn, records))
        self.anchor()

    def _add(self, entry: Widget) -> None:
        if not self.is_attached:  # the app is leaving
            return
        self.mount(entry)
        for old in self.children[:-_KEPT]:
            old.remove()
        self.anchor()

    def _show_beginning(self, view: TurnView) -> None:
        if view.is_mounted and view.outer_size.height > self.size.height:
            self.scroll_to_widget(view, top=True, animate=False)
