"""What one turn of the conversation was, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loopmind_chat.song.model import Song


@dataclass(frozen=True, slots=True)
class Offer:
    """Loops that were named to the user for one track, in the order named: "the second one" is one of them."""

    track: str
    """Id of the track."""
    instead_of: str
    """Id of the loop that played there."""
    loops: tuple[str, ...]
    seed: int
    """Seed of the song that they were named for: a song made anew has another one."""
    sections: tuple[str, ...] = ()
    """Ids of the sections asked about; none: wherever the track plays."""


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """One tool call, and how it went."""

    tool: str
    args: Mapping[str, Any]
    ok: bool
    summary: str
    brought: tuple[str, ...] = ()
    """Ids of the loops that the song plays since this call."""
    offer: Offer | None = None
    gone: tuple[str, ...] = ()
    """Ids of the loops that the song has not played since this call."""


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
