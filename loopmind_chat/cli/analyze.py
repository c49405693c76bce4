"""Say what is known of files, one JSON line each, without indexing them."""

import argparse
import os
from pathlib import Path

from loopmind_chat.cli.output import note, print_json, print_line
from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.home import find_home


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Analyse each file; 1 where none could be read."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(find_home().numba_cache))
    from loopmind_chat.library.analysis import analysis_line, analyze_file  # noqa: PLC0415 - numpy and more

    readable = 0
    for path in arguments.file:
        facts, error = None, None
        try:
            facts = analyze_file(str(path.absolute()))
            readable += 1
        except UnreadableAudio as fault:
            error = str(fault)
            if not arguments.json:
                note(f"{path}: {error}")
        line = analysis_line(str(path), facts, error)
        if arguments.json:
            print_json(line)
        elif facts is not None:
            bpm = f"{facts.bpm:g} BPM" if facts.bpm else "no tempo"
            kind = f"{facts.bars:g} bars" if facts.is_loop and facts.bars else "loop" if facts.is_loop else "one-shot"
            print_line(f"{path}: {facts.role}, {kind}, {bpm}, {facts.key or 'no key'}, {', '.join(facts.tags)}")
    return 0 if readable else 1
