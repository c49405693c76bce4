"""The files of one export: all of them appear, or none."""

import contextlib
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.errors import ExportFailed
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.soundfiles.write import write_sound

SUFFIXES: Final = (".wav", ".flac", ".mp3", ".ogg")
_NAME_MAX: Final = 40


class OutFiles:
    """Writes beside the targets under hidden names, and names them together at the end."""

    def __init__(self, *, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._written: list[tuple[Path, Path]] = []
        self._made_folders: list[Path] = []

    def check(self, targets: Iterable[Path]) -> None:
        """Raise ExportFailed where one of the targets cannot or must not be written."""
        for target in targets:
            if target.suffix.lower() not in SUFFIXES:
                raise ExportFailed(f"cannot write {target.name}: the name must end in {', '.join(SUFFIXES)}")
            if target.is_dir():
                raise ExportFailed(f"{target} is a folder")
            self._check_free(target)

    def folder(self, folder: Path) -> None:
        """Make a folder where it is not there; it goes again if the export fails."""
        if not folder.is_dir():
            folder.mkdir()
            self._made_folders.append(folder)

    def write(self, target: Path, samples: npt.NDArray[np.float32], tag: Callable[[Path], None]) -> None:
        """Write and tag a file; it has its name only after :meth:`publish`. Raises SoundFileError, OSError."""
        partial = target.with_name(f".{secrets.token_hex(8)}{target.suffix.lower()}")
        self._written.append((partial, target))
        write_sound(partial, samples, SAMPLE_RATE)
        tag(partial)

    def publish(self) -> None:
        """Give all files their names."""
        for _, target in self._written:
            self._check_free(target)
        for partial, target in self._written:
            partial.replace(target)
        self._made_folders.clear()

    def discard(self) -> None:
        """Remove what has no name yet."""
        for partial, _ in self._written:
            partial.unlink(missing_ok=True)
        for folder in self._made_folders:
            with contextlib.suppress(OSError):  # somebody else has put a file into it
                folder.rmdir()

    def _check_free(self, target: Path) -> None:
        if target.exists() and not self._overwrite:
            raise ExportFailed(f"{target} is there already; choose another name")


def need_folder(folder: Path) -> None:
    """Raise ExportFailed where a folder is not there."""
    if not folder.is_dir():
        raise ExportFailed(f"there is no folder {folder}")


def part_of_name(name: str) -> str:
    """A track's name as part of a file name on any system."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else "_" for letter in plain)
    return kept.strip(" ._")[:_NAME_MAX] or "Track"
