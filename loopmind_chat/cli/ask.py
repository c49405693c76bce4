"""One turn of the conversation with a session, or one turn a line from standard input."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import Progress, Thinking, TurnFinished
from loopmind_chat.bootstrap import open_conversation
from loopmind_chat.cli import MODEL_HELP
from loopmind_chat.cli.output import note, print_json, print_line, progress_bar
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.document import Document, to_document


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("session", type=Path, help="a .loopmind file; made if absent")
    parser.add_argument("text", nargs="?", help="a sentence or a slash command; without it, a turn a line")
    parser.add_argument("--model", metavar="MODEL", help=MODEL_HELP)
    parser.add_argument("--json", action="store_true", help="one JSON object a turn")


def run(arguments: argparse.Namespace) -> int:
    """Take the turns; 0 if each was answered."""
    said = (arguments.text or "").lstrip()
    understands = not said.startswith("/") or said.startswith("/model")
    with open_conversation(arguments.session, understands=understands, model=arguments.model) as conversation:
        for sentence in _sentences(arguments.text):
            record = _turn(conversation, sentence)
            if arguments.json:
                print_json(turn_document(record))
            else:
                print_line(record.reply)
    return 0


def turn_document(record: TurnRecord) -> Document:
    """The turn as ``ask --json`` prints it (``docs/schema/turn.json``)."""
    calls = [{"tool": c.tool, "args": dict(c.args), "ok": c.ok, "summary": c.summary} for c in record.calls]
    return {
        "say": record.say,
        "reply": record.reply,
        "calls": calls,
        "revision": record.revision,
        "elapsed_s": round(record.elapsed_s, 3),
        "song": to_document(record.song),
    }


def _sentences(text: str | None) -> Iterator[str]:
    if text is not None:
        yield text
        return
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _turn(conversation: Conversation, sentence: str) -> TurnRecord:
    with progress_bar("working") as bar:
        for event in conversation.turn(sentence):
            match event:
                case Thinking(text) if text:
                    note(text)
                case Progress(what, done, total):
                    bar(done, total, what)
                case TurnFinished(record):
                    return record
                case _:
                    pass
    raise RuntimeError("a turn ended without TurnFinished")
