"""Where exports go: names that every system can hold, and never over a file that is there."""

import re
from pathlib import Path
from typing import Final

from loopmind_chat.errors import CannotDo

SUFFIXES: Final = (".wav", ".flac", ".mp3", ".ogg")

_NAME_MAX: Final = 80
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def safe_name(title: str) -> str:
    """A title as a file name without suffix, good on Linux, macOS and Windows."""
    plain = "".join(c if c.isprintable() and c not in '<>:"/\\|?*' else " " for c in title)
    plain = " ".join(plain.split()).strip(". ")[:_NAME_MAX].rstrip(". ")
    plain = plain.encode("utf-8", "ignore").decode("utf-8")
    return f"{plain} song" if _RESERVED.match(plain) else plain or "Untitled"


def export_target(path: Path | None, *, suffix: str, title: str, exports: Path) -> Path:
    """The file to write: ``path`` with a suffix, or one under the title in ``path`` (a folder) or ``exports``.

    Numbered where something is there already. Raises CannotDo for a folder that is not there or a suffix that is no
    audio format.
    """
    if path is None:
        return _free(exports / f"{safe_name(title)}{suffix}")
    target = path.expanduser().absolute()
    if target.is_dir():
        return _free(target / f"{safe_name(title)}{suffix}")
    if not target.parent.is_dir():
        raise CannotDo(f"there is no folder {target.parent}")
    if not target.suffix:
        target = target.with_suffix(suffix)
    if target.suffix.lower() not in SUFFIXES:
        raise CannotDo(f"{target.suffix} is no format to write; there are {', '.join(SUFFIXES)}")
    return _free(target)


def stems_folder(mix: Path) -> Path:
    """The folder for the tracks of a mix, beside it; numbered where something is there already."""
    return _free(mix.with_name(f"{mix.stem} stems"), folder=True)


def _free(path: Path, *, folder: bool = False) -> Path:
    """The path, or "NAME 2", "NAME 3" ... where something is there already."""
    stem, suffix = (path.name, "") if folder else (path.stem, path.suffix)
    candidate, number = path, 1
    while candidate.exists() or candidate.is_symlink():
        number += 1
        candidate = path.with_name(f"{stem} {number}{suffix}")
    return candidate
