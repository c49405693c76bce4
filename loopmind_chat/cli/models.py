"""List the models that LoopMind uses, or get those that are missing."""

import argparse

from loopmind_chat import weights
from loopmind_chat.cli.output import print_json, print_line, progress_bar
from loopmind_chat.errors import WeightsError
from loopmind_chat.home import find_home


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "pull"))
    parser.add_argument("--json", action="store_true", help="list: one JSON array")


def run(arguments: argparse.Namespace) -> int:
    """List or pull."""
    home = find_home()
    if arguments.action == "pull":
        with progress_bar("models") as bar:
            weights.pull(home, lambda what, done, total: bar(done, total, what))
    rows = [_row(model.name, model.purpose, model.licence) for model in weights.read_manifest()]
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            state = row["problem"] or row["folder"]
            print_line(f"{row['name']:<24} {row['purpose']:<15} {row['licence']:<12} {state}")
    return 0


def _row(name: str, purpose: str, licence: str) -> dict[str, str | None]:
    home = find_home()
    problem = None
    try:
        weights.verify(home, name, deep=False)
    except WeightsError as fault:
        problem = str(fault)
    folder = str(weights.model_folder(home, name))
    return {"name": name, "purpose": purpose, "licence": licence, "folder": folder, "problem": problem}
