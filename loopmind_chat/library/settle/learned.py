"""What was learned of the user's own words, and a loop as it is told anew by them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role


@dataclass(frozen=True, slots=True)
class LearnedWord:
    """What a word of the user's own means."""

    word: str
    """In small letters; one of a folder's name ends in "/"."""
    role: Role | None
    """None where it says nothing of the role."""
    share: float
    """How far the loops that carry it bear that out, 0..1."""
    loops: int
    """How many carry it."""
    corrected: int
    """How many of them the user has corrected."""
    is_loop: bool | None = None
    """Whether what carries it goes round; None where it says nothing of that."""

    def line(self) -> str:
        """One line for the user."""
        means = [str(self.role)] if self.role else []
        means += [] if self.is_loop is None else ["loop" if self.is_loop else "one-shot"]
        of = f"{self.loops} loops" + (f", {self.corrected} corrected" if self.corrected else "")
        return f'"{self.word}" means {" and ".join(means)} ({of})'


@dataclass(frozen=True, slots=True)
class Naming:
    """What was learned of the user's naming, and what follows."""

    words: Mapping[str, LearnedWord] = field(default_factory=dict)
    facts: Mapping[str, LoopFacts] = field(default_factory=dict)
    """By id, the loops that it tells something new about."""
    because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By id, the words that told it."""


def with_role(loop: LoopFacts, role: Role, sure: float, source: str) -> LoopFacts:
    """The loop in another role; what has no pitch has no key."""
    keyless = role in UNPITCHED
    return replace(
        loop,
        role=role,
        role_confidence=round(sure, 3),
        role_source=source,
        key=None if keyless else loop.key,
        key_confidence=0.0 if keyless else loop.key_confidence,
    )


def told_round(
    loop: LoopFacts, words: Iterable[str], going: Mapping[str, bool], said: Mapping[str, Any]
) -> tuple[LoopFacts, tuple[str, ...]]:
    """The loop as one that goes round or does not, where a word says so, and that word."""
    if not going or "is_loop" in said or "bpm" in said:
        return loop, ()
    word = next((word for word in words if going.get(word, loop.is_loop) is not loop.is_loop), None)
    if word is None:
        return loop, ()
    if going[word]:
        return replace(loop, is_loop=True), (word,)
    return replace(
        loop, is_loop=False, tempo_source="", bpm=None, bpm_confidence=0.0, bpm_alternates=(), beats=None, bars=None
    ), (word,)
