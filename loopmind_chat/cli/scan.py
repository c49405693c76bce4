"""Analyse and index folders of loops; only what changed since the last time."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loopmind_chat.bootstrap import open_library
from loopmind_chat.cli.output import note, print_json, print_line, progress_bar
from loopmind_chat.errors import LibraryError
from loopmind_chat.library.scan_report import ScanProgress
from loopmind_chat.song.loops import LoopFacts


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
            report = library.scan(
                folders, progress=lambda at: bar(at.done, at.total, f"{at.stage} {at.current}", pace=_pace(at))
            )
        loops = library.view(folders).loops()
        if loops:
            library.finish_index()
        problems = [(path, reason) for path, reason in library.problems() if _is_in(path, folders)]
        learned = [word.line() for word in library.learned_words()]
        notices = dict.fromkeys(filter(None, (report.note, *library.notices)))
    for path, reason in problems:
        note(f"left out: {path}: {reason}")
    for line in notices:
        note(line)
    what = _what_was_found(loops) | {"learned": learned}
    if arguments.json:
        listed = [{"path": p, "reason": r} for p, r in problems]
        print_json(report.document() | {"usable": len(loops), "problems": listed} | what)
    elif loops:
        print_line(f"{len(loops)} loops can be used ({report.line()})")
        for line in _summary(what):
            print_line(f"  {line}")
    if not loops:
        note(
            f"no audio loops in {', '.join(str(f) for f in folders)}: name a folder of .wav, .flac, .ogg or .mp3 files"
        )
    return 0 if loops else 1


def _pace(at: ScanProgress) -> str:
    if not at.per_second:
        return ""
    rate = f"{at.per_second:.0f}" if at.per_second >= 10 else f"{at.per_second:.1f}"  # noqa: PLR2004 - two digits
    left = "" if at.seconds_left is None else f", {_span(at.seconds_left)} left"
    return f"{rate} files/s{left}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _what_was_found(loops: Sequence[LoopFacts]) -> dict[str, Any]:
    going_round = [facts for facts in loops if facts.is_loop]
    return {
        "loops": len(going_round),
        "one_shots": len(loops) - len(going_round),
        "roles": dict(Counter(str(facts.role) for facts in loops).most_common()),
        "tempo_known": sum(facts.bpm is not None for facts in going_round),
        "key_known": sum(facts.key is not None for facts in loops),
    }


def _summary(what: dict[str, Any]) -> list[str]:
    tempos = f", the tempo of {what['tempo_known']} known" if what["loops"] else ""
    lines = [
        f"{what['loops']} loops{tempos}; {what['one_shots']} one-shots; {what['key_known']} in a known key",
        ", ".join(f"{count} {role}" for role, count in what["roles"].items()),
    ]
    return lines + [f"learned: {line}" for line in what["learned"]]


def _is_in(path: str, folders: list[Path]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
