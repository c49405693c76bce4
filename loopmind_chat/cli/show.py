"""The song of a session: its form, tracks and loops."""

import argparse
from pathlib import Path

from loopmind_chat.cli.output import print_json, print_line
from loopmind_chat.session.session import Session
from loopmind_chat.song.document import to_document
from loopmind_chat.song.model import Song


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("session", type=Path, help="a .loopmind file; made if absent")
    parser.add_argument("--json", action="store_true", help="the whole song as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the song."""
    session = Session.open(arguments.session)
    try:
        if arguments.json:
            print_json(to_document(session.song))
        else:
            for line in lines(session.song):
                print_line(line)
    finally:
        session.close()
    return 0


def lines(song: Song) -> list[str]:
    """The song as text: a line for the song, a line for each section, and its layers."""
    if not song.sections:
        return ["no song yet: try  loopmind ask SESSION 'make something dark at 140'"]
    key = str(song.key) if song.key else "no key"
    length = f"{int(song.seconds // 60)}:{int(song.seconds % 60):02d}"
    text = [f"{song.title}: {song.tempo:g} BPM, {key}, {song.mix}, {song.bars} bars, {length}, seed {song.seed}"]
    names = {track.id: track.name for track in song.tracks}
    for bar, section in song.starts():
        entered = f", by {section.transition.kind}" if section.transition else ""
        text.append(f"  bar {bar + 1:>3}  {section.name}, {section.bars} bars, energy {section.energy:.2f}{entered}")
        text.extend(
            f"           {names[layer.track]}: {_name(layer.path)}{' (muted)' if layer.muted else ''}"
            for layer in section.layers
        )
    return text


def _name(path: str) -> str:
    """A loop's name on one line: a file's name may hold a line break."""
    return Path(path).stem.replace("\n", "\\n")
