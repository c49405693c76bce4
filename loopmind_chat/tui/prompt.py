"""The line one types into: history by the arrow keys, slash commands completed."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.suggester import SuggestFromList
from textual.widgets import Input


class Prompt(Input):
    """A one-line input that remembers what was typed."""

    DEFAULT_CSS = """
    Prompt, Prompt:focus { height: 3; border: round $accent; }
    .low Prompt, .low Prompt:focus { height: 1; border: none; padding: 0 1; background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "submit", "submit", show=False),  # Enter, as it comes when typed before the screen was there
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="say what you want to hear, or /help", id="prompt", select_on_focus=False)
        self._history: list[str] = []
        self._place = 0

    def complete_from(self, commands: Iterable[str]) -> None:
        """Offer these completions: "/compose_song"."""
        self.suggester = SuggestFromList(commands, case_sensitive=False)

    def remember(self, text: str) -> None:
        """Put a line into the history."""
        if text and (not self._history or self._history[-1] != text):
            self._history.append(text)
        self._place = len(self._history)

    async def take(self, key: events.Key) -> None:
        """A key that was pressed while something else had the focus."""
        self.focus()
        if key.key in {"enter", "ctrl+j"}:
            await self.action_submit()
        elif key.is_printable and key.character:
            self.insert_text_at_cursor(key.character)

    def on_key(self, event: events.Key) -> None:
        """Up and down walk through the history; tab takes the completion."""
        if event.key in {"up", "down"} and self._history:
            self._place = max(0, min(len(self._history), self._place + (-1 if event.key == "up" else 1)))
            self.value = self._history[self._place] if self._place < len(self._history) else ""
            self.cursor_position = len(self.value)
            event.prevent_default()
            event.stop()
        elif event.key == "tab" and self._suggestion:
            self.action_cursor_right()
            event.prevent_default()
            event.stop()

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines become one."""
        event.prevent_default()
        event.stop()
        self.replace(" ".join(event.text.split("\n")).replace("\r", ""), *self.selection)
