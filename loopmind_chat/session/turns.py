"""What one turn of the conversation was, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loopmind_chat.song.model import Song


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """One tool call, and how it went."""

    tool: str
    args: Mapping[str, Any]
    ok: bool
    summary: str


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn: what was said, done and answered, and the song it left."""

    say: str
    reply: str
    calls: tuple[CallOutcome, ...]
    revision: int
    """Rises by one with each turn that changes the song, undo included."""
    elapsed_s: float
    song: Song
