"""What a call wants done besides changing the song. Effects run after the turn's commit, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Play:
    """Start the transport, where it is or at a bar."""

    bar: int | None = None
    asked: bool = True
    """False: a new song was made; it starts where nothing plays and the listener wants that."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop the transport."""


@dataclass(frozen=True, slots=True)
class LoopSection:
    """Repeat one section; None: play on."""

    section_id: str | None


@dataclass(frozen=True, slots=True)
class Export:
    """Write the mix, and the stems where asked."""

    path: Path | None = None
    """None: into ``exports/`` beside the session, under the song's name."""
    suffix: str = ".wav"
    stems: bool = False


@dataclass(frozen=True, slots=True)
class Save:
    """Save the session; a path means a copy there."""

    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Open another session. Stands alone in a turn."""

    path: Path


@dataclass(frozen=True, slots=True)
class Scan:
    """Index a folder and use its loops from now on. Runs before the calls that follow it."""

    folder: Path
    add: bool = False
    """True: beside the folders in use; False: instead of them."""


@dataclass(frozen=True, slots=True)
class FixLoop:
    """Correct what is known of a loop: ``{"bpm": 90.0, "key": "A minor", "role": "bass"}``."""

    loop_id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RateLoop:
    """Remember that the user likes (1), dislikes (-1) or no longer minds (0) a loop."""

    loop_id: str
    rating: int


@dataclass(frozen=True, slots=True)
class Audition:
    """Play one loop alone, in the song's tempo and key."""

    loop_id: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back one turn. Stands alone in a turn."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was last taken back. Stands alone in a turn."""


Effect = Play | Stop | LoopSection | Export | Save | Open | Scan | FixLoop | RateLoop | Audition | Undo | Redo
