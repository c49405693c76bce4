"""Find loops by words (names, tags and meaning: "rainy piano"), by likeness to a sound, or by both."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note, print_json, print_line
from loopmind_chat.errors import LibraryError
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.vocabulary import Role

if TYPE_CHECKING:
    from loopmind_chat.library.library import Library
    from loopmind_chat.library.view import LibraryView, LoopHit


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("text", nargs="?", default="", help="what it is called, or what it is like")
    parser.add_argument("--like", metavar="FILE_OR_ID", help="what it sounds like: any sound file, or a loop's id")
    parser.add_argument("--role", choices=[str(role) for role in Role])
    parser.add_argument("--bpm", type=float, help="within 4 %%, half and double time too")
    parser.add_argument("--key", type=_key, help='such as "A minor" or Am')
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="one JSON array")

    parser.set_defaults(usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Search; 1 where the library is empty."""
    if arguments.like is None and not arguments.text:
        arguments.usage("say what to look for: TEXT, --like FILE_OR_ID, or both")
    with open_library(writable=False) as library:
        view = library.view()
        if not view.loops():
            raise LibraryError("the library is empty: loopmind scan FOLDER")
        hits = _hits(library, view, arguments)
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


def _hits(library: "Library", view: "LibraryView", arguments: argparse.Namespace) -> "Sequence[LoopHit]":
    role = Role(arguments.role) if arguments.role else None
    text, bpm, key, limit = arguments.text, arguments.bpm, arguments.key, arguments.limit
    if arguments.like is None:
        return view.search(text, role=role, bpm=bpm, key=key, limit=limit)
    if view.get(arguments.like) is not None:
        return view.similar(arguments.like, text=text, role=role, bpm=bpm, key=key, limit=limit)
    path = Path(arguments.like)
    if not path.exists():
        raise LibraryError(f"{arguments.like} is neither a file nor the id of a loop in the library")
    return view.similar_to(library.reference(path), text=text, role=role, bpm=bpm, key=key, limit=limit)


def _key(text: str) -> str:
    key = parse_key(text)
    if key is None:
        raise argparse.ArgumentTypeError(f"not a key: {text!r} (such as 'A minor')")
    return str(key)
