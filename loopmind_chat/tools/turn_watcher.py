"""Who is told what happens while a turn runs."""

from collections.abc import Mapping
from typing import Any, Protocol

from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.tools.calls import Call


class TurnWatcher(Protocol):
    """Told what happens while a turn runs; must not wait."""

    def call_started(self, call: Call) -> None:
        """A tool is about to run."""

    def call_finished(self, outcome: CallOutcome, data: Mapping[str, Any]) -> None:
        """A tool ran, or was refused; ``data`` holds rows for the screen."""

    def progress(self, what: str, done: int, total: int) -> None:
        """A scan or an export goes on."""


class Unwatched:
    """A watcher that does nothing."""

    def call_started(self, call: Call) -> None:
        """Nothing."""

    def call_finished(self, outcome: CallOutcome, data: Mapping[str, Any]) -> None:
        """Nothing."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Nothing."""
