"""How people name what a song may not have: a track, a section of a kind or of a number that it lacks.

Every function takes the dice, the song and the slot's detail, and gives what is said and what stands for it in a call,
or None where the song leaves nothing of the sort to say.
"""

import random
from collections.abc import Callable, Mapping
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, SECTION_SYNONYMS, Role, SectionKind
from training.agent.words import OTHERS

Way = Callable[[random.Random, Song, str], tuple[str, str] | None]
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERED: Final = 0.4
_UNLIKE_TRACKS: Final = frozenset({"effect", "effects", "beat", "beats", "harmony"})
"""Other words for roles that mean something else as often."""


def absent(dice: random.Random, song: Song, _detail: str) -> tuple[str, str] | None:
    """A track that the song has not, which a call names as it was said."""
    present = {track.role for track in song.tracks}
    gone = [str(role) for role in Role if role not in present]
    also = [word for word, role in ROLE_SYNONYMS.items() if role not in present and word not in _UNLIKE_TRACKS]
    said = dice.choice([*gone, *gone, *also, *OTHERS])
    return None if mentions.tracks_of(song, said) else (said, said)


def missing(dice: random.Random, song: Song, _detail: str) -> tuple[str, str] | None:
    """A section that the song has not: of a kind that it lacks, or "hook 5" of two."""
    present = {section.kind for section in song.sections}
    gone = [kind for kind in SectionKind if kind not in present]
    if present and (not gone or dice.random() < _NUMBERED):
        kind = dice.choice(sorted(present))
        number = sum(section.kind is kind for section in song.sections) + dice.randint(1, 4)
        word = dice.choice(_called(kind))
        ways = (f"{word} {number}", f"{word} {number}", f"the {_ORDINALS[number - 1]} {word}")
        return dice.choice(ways), f"{kind} {number}"
    kind = dice.choice(gone)
    said = f"the {dice.choice(_called(kind))}"
    named = mentions.sections_of(song, said) or mentions.tracks_of(song, said)
    return None if named else (said, str(kind))


def bare(dice: random.Random, song: Song, _detail: str) -> tuple[str, str] | None:
    """A kind of section by its word alone ("bridge"), whether the song has one or not."""
    present = sorted({section.kind for section in song.sections})
    kind = dice.choice(present if present and dice.random() < 0.6 else list(SectionKind))
    said = dice.choice(_called(kind))
    found = mentions.sections_of(song, said)
    if mentions.tracks_of(song, said) or len(found) > 1:
        return None
    return said, found[0] if found else str(kind)


def any_track(dice: random.Random, song: Song, detail: str) -> tuple[str, str] | None:
    """A track by one word, whether the song has it or not."""
    if dice.random() < 0.4 or not song.tracks:
        return absent(dice, song, detail)
    said = str(dice.choice(song.tracks).role) if dice.random() < 0.5 else dice.choice(song.tracks).name.lower()
    found = mentions.tracks_of(song, said)
    return (said, found[0]) if len(found) == 1 else None


def _called(kind: SectionKind) -> list[str]:
    return [str(kind)] * 3 + [word for word, other in SECTION_SYNONYMS.items() if other is kind]


WAYS: Final[Mapping[str, Way]] = {"absent": absent, "missing": missing, "bare": bare, "anytrack": any_track}
"""The ways by the name of their slot."""
