"""Write the song of a session as audio: .wav, .flac, .mp3 or .ogg by the name's suffix."""

import argparse
from pathlib import Path

from loopmind_chat.cli.output import note, print_json, print_line, progress_bar
from loopmind_chat.errors import ExportFailed
from loopmind_chat.home import find_home
from loopmind_chat.session.session import Session


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("session", type=Path, help="a .loopmind file")
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--stems", type=Path, metavar="DIR", help="write each track as a file of its own, too")
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Render."""
    from loopmind_chat.audio.export import render_song  # noqa: PLC0415 - only this command needs it

    session = Session.open(arguments.session)
    song = session.song
    session.close()
    if not song.sections:
        raise ExportFailed(f"{arguments.session} holds no song yet")
    with progress_bar("rendering") as bar:
        report = render_song(
            song,
            arguments.out,
            home=find_home(),
            stems=arguments.stems,
            overwrite=arguments.force,
            progress=bar,
        )
    for line in report.notes:
        note(line)
    if arguments.json:
        print_json(report.document())
    else:
        print_line(report.line())
    return 0
