"""Find loops by words: names, tags and meaning ("rainy piano")."""

import argparse

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note, print_json, print_line
from loopmind_chat.errors import LibraryError
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.vocabulary import Role


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("text")
    parser.add_argument("--role", choices=[str(role) for role in Role])
    parser.add_argument("--bpm", type=float, help="within 4 %%, half and double time too")
    parser.add_argument("--key", type=_key, help='such as "A minor" or Am')
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="one JSON array")


def run(arguments: argparse.Namespace) -> int:
    """Search; 1 where the library is empty."""
    with open_library(writable=False) as library:
        view = library.view()
        if not view.loops():
            raise LibraryError("the library is empty: loopmind scan FOLDER")
        role = Role(arguments.role) if arguments.role else None
        hits = view.search(arguments.text, role=role, bpm=arguments.bpm, key=arguments.key, limit=arguments.limit)
    rows = [
        {
            "loop": hit.facts.id,
            "path": hit.facts.path,
            "role": str(hit.facts.role),
            "bpm": hit.facts.bpm,
            "key": str(hit.facts.key) if hit.facts.key else None,
            "tags": dict(hit.facts.tags),
            "score": round(hit.score, 4),
        }
        for hit in hits
    ]
    if arguments.json:
        print_json(rows)
        return 0
    for row in rows:
        bpm = f"{row['bpm']:g} BPM" if row["bpm"] else ""
        print_line(f"{row['score']:.2f}  {row['role']!s:<10} {bpm:>8}  {row['key'] or '':<9} {row['path']}")
    if not rows:
        note("nothing found")
    return 0


def _key(text: str) -> str:
    key = parse_key(text)
    if key is None:
        raise argparse.ArgumentTypeError(f"not a key: {text!r} (such as 'A minor')")
    return str(key)
