"""Names, folders and queries as words: "Dark808_Hi-Hat" is dark, 808, hi, hat and hihat."""

import re
from itertools import pairwise
from typing import Final

_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")
_TYPED: Final = re.compile(r"[^\W_]+")
_EMPTY: Final = frozenset(
    {
        "a", "an", "the", "some", "any", "and", "or", "with", "in", "on", "at", "of", "for", "to", "me", "my", "it",
        "its", "that", "this", "is", "are", "something", "more", "very", "really", "like", "sound", "sounding", "loop",
        "sample", "please", "find", "give", "want", "need", "show", "bpm",
    }
)  # fmt: skip
_PLURAL_LETTERS: Final = 3


def name_words(text: str) -> list[str]:
    """The words of a file name, small and in the singular, and two neighbours as one word."""
    parts = name_parts(text)
    return parts + joined_words(parts)


def name_parts(text: str) -> list[str]:
    """The words of a file name alone: humps of CamelCase, digits and letters apart."""
    return [singular(piece.lower()) for piece in name_pieces(text)]


def name_pieces(text: str) -> list[str]:
    """The same as they are written."""
    return _PART.findall(text)


def joined_words(parts: list[str]) -> list[str]:
    """Neighbours as one word, since "hi hat" and "hihat" are the same; numbers stay apart."""
    return [one + two for one, two in pairwise(parts) if not (one.isdecimal() or two.isdecimal())]


def query_words(text: str) -> list[str]:
    """The words of a query that can be found in names and tags, each once.

    Letters and digits come apart as in names, humps too where they are typed: "Dark808" asks for dark and 808.
    """
    parts = (part for typed in _TYPED.findall(text) for part in name_parts(_flat(typed)))
    return list(dict.fromkeys(part for part in parts if part not in _EMPTY))


def singular(word: str) -> str:
    """The word without the s of a plural: "kicks" is kick, "bass" stays."""
    return word[:-1] if len(word) > _PLURAL_LETTERS and word.endswith("s") and not word.endswith("ss") else word


def _flat(typed: str) -> str:
    # Shouting has no humps: "DARKBass" is rare, "DARK BASS" is not.
    return typed.lower() if typed.isupper() else typed
