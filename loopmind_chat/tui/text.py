"""Other people's text, made safe to show: file names and tags are never markup, nor terminal commands."""

import re
import unicodedata
from typing import Final

from rich.cells import cell_len, chop_cells, set_cell_size

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COLUMN: Final = re.compile(r"\A.*\S {2,}(?=\S)")
"""Everything before the last column of a line of a table: columns stand two spaces or more apart."""


def plain(text: str) -> str:
    """The text with control, bidirectional and undecodable characters shown as escapes."""
    return "".join(_shown(character) for character in text)


def fitted(text: str, width: int) -> str:
    """The text cut or padded to ``width`` terminal columns."""
    return set_cell_size(text, max(width, 0))


def hanging(text: str, width: int) -> str:
    """The text broken into rows of ``width`` columns; what a line goes on with stands under its last column."""
    return "\n".join(row for line in text.split("\n") for row in _rows(line, max(width, 1)))


def _rows(line: str, width: int) -> list[str]:
    if cell_len(line) <= width:
        return [line]
    start = _indent(line, width)
    rows, row = [], line[:start]
    for number, word in enumerate(line[start:].split(" ")):
        if number and cell_len(row) + 1 + cell_len(word) > width:
            rows.append(row)
            row = " " * start + word
        else:
            row += f" {word}" if number else word
        while cell_len(row) > width:
            first, *rest = chop_cells(row, width)
            rows.append(first)
            row = " " * start + "".join(rest)
    return [*rows, row]


def _indent(line: str, width: int) -> int:
    """Columns under which a long line goes on."""
    column = _COLUMN.match(line)
    if column is not None and len(column[0]) <= width // 2:
        return len(column[0])
    return min(len(line) - len(line.lstrip(" ")), width // 2)


def _shown(character: str) -> str:
    if character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}:
        return character if character == "\n" else f"\\x{ord(character):02x}"
    return character
