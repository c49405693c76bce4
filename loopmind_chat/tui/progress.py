"""One line for what takes long: writing the starter pack, a scan, an export."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from loopmind_chat.tui.text import fitted, plain

_BAR: Final = 20


class ProgressLine(Static):
    """Shown while something goes on, gone when it is done."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; padding: 0 1; background: $boost; display: none; text-wrap: nowrap; }
    ProgressLine.shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="progress", markup=False)

    def show(self, what: str, done: int, total: int) -> None:
        """Draw ``done`` of ``total``; both 0: only say what goes on; done: go away."""
        self.set_class(done < total or total == 0, "shown")
        filled = _BAR * done // max(total, 1)
        bar = "█" * filled + "─" * (_BAR - filled)
        count = f"{done}/{total}" if total else ""
        self.update(Content(f"{bar} {count:>11}  {fitted(plain(what), 60).rstrip()}"))

    def hide(self) -> None:
        """Nothing goes on."""
        self.remove_class("shown")
