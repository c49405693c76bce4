"""The ``loopmind`` command: one module a sub-command, each with ``add(parsers)`` and ``run(arguments)``.

Exit status: 0 ok, 1 failed, 2 usage, 130 interrupted. A failure is one clear line on stderr.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from loopmind_chat import __version__
from loopmind_chat.errors import LoopMindError

COMMANDS = {
    "scan": "analyse and index folders of loops",
    "analyze": "say what is known of files, without indexing them",
    "search": "find loops by words, or by likeness to a sound",
    "map": "draw the sound map of the library",
    "corrections": "list, export or import what you said of your loops",
    "ask": "one turn of the conversation, or one a line from standard input",
    "show": "the song of a session",
    "render": "write the song as .wav, .flac, .mp3 or .ogg",
    "demo": "write the starter pack of loops",
    "doctor": "what is installed, found and missing, and how to mend it",
    "models": "list the models, or get them",
}

MODEL_HELP = (
    "what understands you: a GGUF by its path, an OpenAI-compatible server by its URL, a name, or none "
    "(/model lists them)"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        parsed = _parse(words)
        return int(import_module(f"loopmind_chat.cli.{parsed.command}").run(parsed))
    except LoopMindError as fault:
        print(f"loopmind: {fault}", file=sys.stderr)  # noqa: T201 - the command line speaks through print
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe went away: nothing is left to say, and Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parse(words: list[str]) -> argparse.Namespace:
    if words and words[0] in COMMANDS:
        name = words[0]
        module = import_module(f"loopmind_chat.cli.{name}")
        parser = argparse.ArgumentParser(prog=f"loopmind {name}", description=_described(module.__doc__))
        module.add(parser)
        # an option may stand between SESSION and TEXT; parsers with sub-commands cannot have it so
        parsed = (parser.parse_intermixed_args if name == "ask" else parser.parse_args)(words[1:])
        parsed.command = name
        return parsed
    parsed = _chat_parser().parse_args(words)
    parsed.command = "chat"
    return parsed


def _described(doc: str | None) -> str:
    return (doc or "").split("\n\n")[0]


def _chat_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<11} {what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="loopmind",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Songs made of your own loops, by conversation. Everything stays on this machine.",
        epilog=f"commands (each has --help):\n{commands}\n\n"
        "environment:\n"
        "  LOOPMIND_HOME    where the library, models and caches are kept\n"
        "  LOOPMIND_MODELS  where the models are kept, if elsewhere\n"
        "  LOOPMIND_MODEL   the language model, as --model takes it\n"
        "  LOOPMIND_API_KEY the key of the model server, where it wants one",
    )
    parser.add_argument("folder", nargs="?", help="a folder of audio loops; without one, those you used last")
    parser.add_argument("--session", metavar="FILE", help="a .loopmind file to open or make")
    parser.add_argument("--model", metavar="MODEL", help=MODEL_HELP)
    parser.add_argument("--version", action="version", version=f"loopmind {__version__}")
    return parser
