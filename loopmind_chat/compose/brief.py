"""What a user asks a song to be."""

from dataclasses import dataclass

from loopmind_chat.song.keys import Key
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import Role, SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A wish for a whole song. What is empty or None is the composer's to choose."""

    genre: str = ""
    mood: str = ""
    bpm: float | None = None
    key: Key | None = None
    seconds: float | None = None
    bars: int | None = None
    form: tuple[tuple[SectionKind, int], ...] = ()
    """Section kinds with their bars."""
    sources: str = ""
    """Words that say which loops may be used: "only my guitar loops"."""
    roles: frozenset[Role] = frozenset()
    """Only these roles; empty: all."""
    without: frozenset[Role] = frozenset()
    anchor: str | None = None
    """Id of a loop to build around."""
    seed: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """A song, and what its composer has to say about it ("no vocal fits 140 BPM")."""

    song: Song
    notes: tuple[str, ...] = ()
