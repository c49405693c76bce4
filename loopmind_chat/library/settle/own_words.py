"""The words in names that are the user's own: what the vocabulary does not know, or only in parts ("Dark808")."""

import re
from functools import lru_cache
from pathlib import PurePath
from typing import Final, NamedTuple

from loopmind_chat.library.analysis.words import (
    CONTINUOUS_PHRASES,
    DOUBLE_TIME_PHRASES,
    GENRES,
    HALF_TIME_PHRASES,
    LOOP_PHRASES,
    MEANINGS,
    MOODS,
    ONE_SHOT_PHRASES,
)

FOLDER_MARK: Final = "/"
"""Ends a word of a folder's name: it is another word than the same one in a file's."""

_TOKEN: Final = re.compile(r"[^\W_]+")
_PART: Final = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+|\d+")
_SHORTEST: Final = 3
_NOTE: Final = re.compile(r"[a-g](?:#|b|sharp|flat)?(?:m|min|maj|minor|major)?\d?")
_HASH: Final = re.compile(r"(?=.*\d)[0-9a-f]{6,}")
_EMPTY: Final = frozenset(
    (
        "and", "the", "bpm", "key", "min", "maj", "minor", "major", "wav", "wet", "dry", "mix", "full", "alt", "new",
        "old", "mono", "stereo", "left", "right", "main", "version", "ver", "copy", "take", "pack", "kit", "sample",
        "samples", "sound", "sounds", "audio", "bar", "bars", "high", "low", "mid", "long", "short", "fast", "slow",
    )
)  # fmt: skip
_KNOWN: Final = frozenset(
    word
    for phrases in (
        *(MEANINGS, GENRES, MOODS, LOOP_PHRASES, ONE_SHOT_PHRASES, CONTINUOUS_PHRASES),
        *(HALF_TIME_PHRASES, DOUBLE_TIME_PHRASES, _EMPTY),
    )
    for phrase in phrases
    for word in phrase.split()
)


class OwnWords(NamedTuple):
    """The user's own words in one name."""

    new: tuple[str, ...]
    """Words that the vocabulary does not know at all."""
    joined: tuple[str, ...]
    """Words written as one that have a known part: "dark808", "tapepad"."""


@lru_cache(maxsize=1 << 17)
def own_words(name: str) -> OwnWords:
    """The user's own words in the name of a file or a folder, in small letters, each once."""
    new: dict[str, None] = {}
    joined: dict[str, None] = {}
    for token in _TOKEN.findall(name):
        if _HASH.fullmatch(token.lower()):
            continue
        parts = [part.lower() for part in _PART.findall(token)]
        while parts and parts[-1].isdigit() and parts[-1] not in _KNOWN:
            parts.pop()  # "Zorp03" is the third zorp
        known = [part in _KNOWN for part in parts]
        new.update(dict.fromkeys(part for part, is_known in zip(parts, known, strict=True) if _is_word(part, is_known)))
        if sum(_says_something(part) for part in parts) > 1:
            (joined if any(known) else new)["".join(parts)] = None
    return OwnWords(tuple(new), tuple(word for word in joined if word not in _KNOWN))


@lru_cache(maxsize=1 << 14)
def folder_words(folder: str) -> tuple[str, ...]:
    """The user's own words in the name of a folder, marked as such."""
    words = own_words(PurePath(folder).name)
    return tuple(word + FOLDER_MARK for word in (*words.new, *words.joined))


def _is_word(part: str, is_known: bool) -> bool:  # noqa: FBT001 - an inner step
    if is_known or part.isdigit() or _NOTE.fullmatch(part):
        return False
    return len(part) >= (_SHORTEST if part.isascii() else 2)


def _says_something(part: str) -> bool:
    return part not in _EMPTY and (part in _KNOWN or not (part.isdigit() or _NOTE.fullmatch(part)))
