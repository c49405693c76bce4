"""Which files of a folder may hold loops. Nothing is opened: a pipe or a device named ``x.wav`` would hang."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopmind_chat.library.file_rows import Stamp

AUDIO_SUFFIXES: Final = frozenset(
    {".wav", ".wave", ".aif", ".aiff", ".aifc", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".w64", ".rf64", ".caf"}
)
FOREIGN_SUFFIXES: Final = frozenset({".m4a", ".mp4", ".aac", ".wma", ".alac", ".ape", ".wv", ".rx2", ".rex"})
"""Audio that is not read: listed with the reason, not passed over in silence."""

_ASK_EACH: Final = 500
"""Files after which a walk asks whether it is still wanted: on a slow drive a folder of thousands takes a while."""
_FOREIGN: Final = "unsupported format: convert it to WAV or FLAC"


@dataclass(slots=True)
class Walk:
    """What a walk found."""

    files: dict[str, Stamp] = field(default_factory=dict)
    """Paths of audio files, each as it is named under the folder that was asked for."""
    problems: dict[str, str] = field(default_factory=dict)
    """Files and folders that cannot be looked at, with the reason."""
    links: int = 0
    """Links to folders."""


def walk(folders: list[Path], cancelled: Callable[[], bool]) -> Walk:
    """Every audio file under the folders, hidden ones left out.

    Links to files are followed, links to folders are not: what lies inside is found anyway, and a link to ``/`` is not
    a wish to index the disk.
    """
    found = Walk()
    entered: set[tuple[int, int]] = set()
    for root in folders:
        waiting = [str(root)]
        while waiting and not cancelled():
            folder = waiting.pop()
            try:
                here = os.stat(folder)  # noqa: PTH116 - strings: a Path for each of 100,000 names costs seconds
                if (here.st_dev, here.st_ino) in entered:
                    continue
                entered.add((here.st_dev, here.st_ino))
                waiting += _look_into(folder, found, cancelled)
            except OSError as fault:
                found.problems[folder] = _reason(fault)
    return found


def _look_into(folder: str, found: Walk, cancelled: Callable[[], bool]) -> list[str]:
    inner: list[str] = []
    with os.scandir(folder) as entries:
        for number, entry in enumerate(_by_name(entries)):
            if number % _ASK_EACH == _ASK_EACH - 1 and cancelled():
                break
            if entry.name.startswith(".") or entry.name == "__MACOSX":
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.path)
                elif entry.is_dir():
                    found.links += 1
                else:
                    _look_at(entry, found)
            except OSError as fault:
                found.problems[entry.path] = _reason(fault)
    return inner[::-1]  # the last is looked into first


def _by_name(entries: Iterator[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
    return sorted(entries, key=lambda entry: entry.name)


def _look_at(entry: os.DirEntry[str], found: Walk) -> None:
    suffix = entry.name[entry.name.rfind(".") :].lower()
    if suffix in AUDIO_SUFFIXES:
        try:
            status = entry.stat()
        except FileNotFoundError:
            return  # a link that leads nowhere
        if stat.S_ISREG(status.st_mode):
            found.files[entry.path] = Stamp.of(status)
    elif suffix in FOREIGN_SUFFIXES and entry.is_file():
        found.problems[entry.path] = _FOREIGN


def _reason(fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return "no access"
    if isinstance(fault, FileNotFoundError):
        return "not there: is the drive plugged in?"
    return (fault.strerror or "cannot be looked at").lower()
