"""Analyse and index folders of loops; only what changed since the last time."""

import argparse
from pathlib import Path

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note, print_json, print_line, progress_bar
from loopmind_chat.errors import LibraryError


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Scan; 1 where no loop could be used."""
    for folder in arguments.folder:
        if not folder.is_dir():
            raise LibraryError(f"there is no folder {folder}")
    folders = [folder.resolve() for folder in arguments.folder]
    with open_library(writable=True) as library:
        with progress_bar("scanning") as bar:
            report = library.scan(folders, progress=lambda at: bar(at.done, at.total, f"{at.stage} {at.current}"))
        usable = len(library.view(folders).loops())
        if usable:
            library.finish_index()
        problems = [(path, reason) for path, reason in library.problems() if _is_in(path, folders)]
    for path, reason in problems:
        note(f"left out: {path}: {reason}")
    if arguments.json:
        print_json(report.document() | {"usable": usable, "problems": [{"path": p, "reason": r} for p, r in problems]})
    elif usable:
        print_line(f"{usable} loops can be used ({report.line()})")
    if not usable:
        note(
            f"no audio loops in {', '.join(str(f) for f in folders)}: name a folder of .wav, .flac, .ogg or .mp3 files"
        )
    return 0 if usable else 1


def _is_in(path: str, folders: list[Path]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
