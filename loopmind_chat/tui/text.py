"""Other people's text, made safe to show: file names and tags are never markup, nor terminal commands."""

import unicodedata

from rich.cells import set_cell_size

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text with control, bidirectional and undecodable characters shown as escapes."""
    return "".join(_shown(character) for character in text)


def fitted(text: str, width: int) -> str:
    """The text cut or padded to ``width`` terminal columns."""
    return set_cell_size(text, max(width, 0))


def _shown(character: str) -> str:
    if character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}:
        return character if character == "\n" else f"\\x{ord(character):02x}"
    return character
