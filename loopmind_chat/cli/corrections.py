"""What you said of your loops: list it, write it to a file, or take it in from one."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note, print_line

if TYPE_CHECKING:
    from loopmind_chat.library.library import Library


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="every correction and rating, and the words that LoopMind learned from them")
    export = actions.add_parser("export", help="write them to a new file, one JSON object a line")
    export.add_argument("file", type=Path)
    take = actions.add_parser("import", help="take them in from such a file; what it says goes before what was said")
    take.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 where an import found nothing to take in."""
    with open_library(writable=arguments.action == "import") as library:
        match arguments.action:
            case "export":
                count = library.export_said(arguments.file)
                print_line(f"what you said of {count} {_loops(count)} is in {arguments.file}")
                return 0
            case "import":
                taken = library.import_said(arguments.file)
                for reason in taken.refused:
                    note(f"left out: {reason}")
                waiting = f", {taken.waiting} of them not scanned yet" if taken.waiting else ""
                print_line(f"took in what was said of {taken.loops} {_loops(taken.loops)}{waiting}")
                return 0 if taken.loops else 1
            case _:
                return _list(library)


def _list(library: "Library") -> int:
    for said in library.said():
        changes = ", ".join(f"{name} {value}" for name, value in said.changes.items())
        rating = {1: "liked", -1: "disliked"}.get(said.rating or 0, "")
        print_line(f"{said.path or said.name or said.loop_id}: {', '.join(filter(None, (changes, rating)))}")
    for word in library.learned_words():
        print_line(word.line())
    return 0


def _loops(count: int) -> str:
    return "loop" if count == 1 else "loops"
