"""What the user said of loops as a file to keep, to read and to carry to another machine: one JSON object a line.

``{"loop": "1f0c..", "name": "Dark808", "path": "/loops/Dark808.wav", "changes": {"role": "bass"}, "rating": 1}``; the
loop is told by its content, so that name and path are there for people only.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.corrections import checked_changes

RATINGS: Final = frozenset({-1, 0, 1})
_ID: Final = re.compile(r"[0-9a-f]{12}")
_LINE_MAX: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Said:
    """What the user said of one loop."""

    loop_id: str
    changes: dict[str, Any]
    """Corrections as plain JSON values; empty where there are none."""
    rating: int | None
    name: str = ""
    path: str | None = None


def write_said(path: Path, all_said: Iterable[Said]) -> int:
    """Write a new file, whole or not at all; how many lines. Raises LibraryError, also where the file is there."""
    lines = [_line(said) for said in all_said]
    part = path.with_name(f".{path.name[:100]}.part")
    try:
        if path.exists():
            raise LibraryError(f"{path} is there already: name another file")
        with part.open("w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as fault:
        raise LibraryError(f"{path} cannot be written: {(fault.strerror or str(fault)).lower()}") from fault
    finally:
        part.unlink(missing_ok=True)
    return len(lines)


def read_said(path: Path) -> Iterator[Said | str]:
    """What each line of such a file says, or why it says nothing. Raises LibraryError where it cannot be read."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LINE_MAX):
                number += 1
                if line.strip():
                    yield _read(line, number)
    except OSError as fault:
        raise LibraryError(f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}") from fault


def _line(said: Said) -> str:
    plain = {"loop": said.loop_id, "name": said.name, "path": said.path, "changes": said.changes}
    return json.dumps(plain | ({"rating": said.rating} if said.rating is not None else {}))


def _read(line: bytes, number: int) -> Said | str:
    try:
        plain = json.loads(line)
    except ValueError:
        return f"line {number} is no JSON"
    if not isinstance(plain, dict) or not isinstance(loop_id := plain.get("loop"), str) or not _ID.fullmatch(loop_id):
        return f"line {number} names no loop"
    changes, rating = plain.get("changes") or {}, plain.get("rating")
    if not isinstance(changes, dict) or (rating is not None and rating not in RATINGS):
        return f"line {number} holds no corrections that can be read"
    try:
        return Said(loop_id, checked_changes(changes) if changes else {}, rating)
    except LibraryError as fault:
        return f"line {number}: {fault}"
