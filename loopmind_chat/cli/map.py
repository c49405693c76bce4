"""Draw the sound map of the library: every loop a point, and what sounds alike lies together."""

import argparse
from pathlib import Path

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note
from loopmind_chat.errors import LibraryError


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("out", type=Path, metavar="OUT.png", help="the picture to write; one that is there is kept")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="only the loops of this folder")


def run(arguments: argparse.Namespace) -> int:
    """Draw; 1 where there is nothing to draw, or the picture is there already."""
    out: Path = arguments.out
    if out.suffix.lower() != ".png":
        raise LibraryError(f"{out}: a map is written as .png")
    if out.exists():
        raise LibraryError(f"{out} is there already: name another file")
    with open_library(writable=False) as library:
        folders = [folder.expanduser().resolve() for folder in arguments.folder]
        drawn = library.sound_map(folders)
        view = library.view(folders)
        found = {facts.id: facts for facts in view.loops()}
    shown = drawn.of([loop_id for loop_id in drawn.ids if loop_id in found])
    if not shown.ids:
        raise LibraryError("no loop here has been heard yet: loopmind scan FOLDER")
    from loopmind_chat.cli.map_picture import map_picture  # noqa: PLC0415 - numpy, and only where it is drawn

    picture = map_picture([found[loop_id] for loop_id in shown.ids], shown.plane, _title(folders))
    try:
        with out.open("xb") as file:
            file.write(picture)
    except OSError as fault:
        raise LibraryError(f"{out} cannot be written: {(fault.strerror or str(fault)).lower()}") from fault
    note(f"{out}: {len(shown.ids)} loops")
    return 0


def _title(folders: list[Path]) -> str:
    return "sound map" + (f" · {folders[0].name}" if len(folders) == 1 else "")
