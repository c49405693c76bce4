"""Write the starter pack: three kits of loops, synthesised on this machine, free to use."""

import argparse
from pathlib import Path

from loopmind_chat.cli.output import note, print_line, progress_bar
from loopmind_chat.home import find_home


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, help="where to; by default in LoopMind's own folder")


def run(arguments: argparse.Namespace) -> int:
    """Write the pack."""
    from loopmind_chat.starter import write_pack  # noqa: PLC0415 - scipy

    folder = arguments.folder or find_home().starter
    with progress_bar("starter pack") as bar:
        report = write_pack(folder, bar)
    for name in report.kept:
        note(f"left as it is, it is not ours: {name}")
    print_line(f"{len(report.files)} loops in {folder}; now: loopmind '{folder}'")
    return 0
