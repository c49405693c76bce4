"""Say what is known of files, one JSON line each, without indexing them."""

import argparse
from pathlib import Path

from loopmind_chat.cli.output import note, print_json, print_line
from loopmind_chat.home import find_home
from loopmind_chat.song.loops import LoopFacts


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Analyse the files, which settle each other's doubts; 1 where none could be read."""
    from loopmind_chat.library.analysis import analysis_line, facts_line  # noqa: PLC0415 - after --help
    from loopmind_chat.library.hearing import default_workers, hear_files  # noqa: PLC0415 - the same

    heard = hear_files(arguments.file, default_workers(find_home()))
    for path, loop in zip(arguments.file, heard, strict=True):
        facts, error = (None, loop) if isinstance(loop, str) else (loop, None)
        if arguments.json:
            print_json(analysis_line(str(path), facts, error))
        elif facts is not None:
            print_line(f"{path}: {facts_line(facts)}")
        else:
            note(f"{path}: {error}")
    return 0 if any(isinstance(loop, LoopFacts) for loop in heard) else 1
