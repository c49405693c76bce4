"""The words in file names, folders and wishes, brought to one spelling."""

import re
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from loopmind_chat.song.loops import LoopFacts


def word_set(text: str) -> frozenset[str]:
    """The words of a table's row, parted by blanks."""
    return frozenset(text.split())


_JOINED: Final = (
    (re.compile(r"\blo[\s_-]?fi\b"), "lofi"),
    (re.compile(r"\bhip[\s_-]?hop\b"), "hiphop"),
    (re.compile(r"\bboom[\s_-]?bap\b"), "boombap"),
    (re.compile(r"\b(drum\s*(&|and|n|'n'|\+)\s*bass|drum[\s_-]n[\s_-]bass|d\s?(&|n)\s?b)\b"), "dnb"),
    (re.compile(r"\b(r\s?(&|n)\s?b|r and b|rhythm and blues)\b"), "rnb"),
    (re.compile(r"\bafro[\s_-]?beats?\b"), "afrobeats"),
    (re.compile(r"\bhi[\s_-]?hats?\b"), "hihat"),
    (re.compile(r"\bopen[\s_-]?hats?\b"), "openhat"),
)
_CAMEL: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=\d)|(?<=\d)(?=[A-Za-z]{3})"
)
_LIKELY: Final = 0.5
"""Confidence from which a tag is a word that a loop goes by."""
_IDLE: Final = word_set(
    "a all also an and any at audio beat blend by combine directory exclusively folder for from i in it just kit"
    " library loop loops make me mix my nothing of on only our out pack packs please recorded recordings sample"
    " samples some song sound sounds stuff that the their them these this those to track tracks use used uses using"
    " want with"
)
_SURE: Final = 0.25
"""Every loop is a little dark or a little bright by its tags; from here on it is called so."""


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or a wish, in small letters: "Dark808_TapePad-02" is dark 808 tape pad 02."""
    spaced = _CAMEL.sub(" ", text).lower().replace("_", " ")
    for pattern, word in _JOINED:
        spaced = pattern.sub(word, spaced)
    return tuple(re.findall(r"[^\W_]+", spaced))


def content_words(text: str) -> tuple[str, ...]:
    """The words of a wish that say something about loops: "only my guitar loops" is guitar."""
    return tuple(dict.fromkeys(singular(word) for word in words_of(text) if word not in _IDLE))


def loop_words(facts: LoopFacts) -> frozenset[str]:
    """Every word that a loop goes by: its name, its two nearest folders, the tags that are likely, and its role."""
    tags = [tag for tag, confidence in facts.tags.items() if confidence >= _LIKELY]
    parts = [facts.name, *PurePath(facts.path).parts[-3:-1], *tags, str(facts.role)]
    return frozenset(singular(word) for part in parts for word in words_of(part))


def singular(word: str) -> str:
    """The word without its plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - "bus"
