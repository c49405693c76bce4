"""The model's own process: llama.cpp behind JSON lines on standard input and output.

``python -m loopmind_chat.agent.llama_child '{"model": PATH, ...}'``. A crash or a hang of llama.cpp stays in here.
Standard output carries the protocol alone: it is moved to a private descriptor before llama.cpp can print.
The process ends when its standard input does.
"""

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TextIO

from jinja2 import TemplateError

from loopmind_chat.agent.llama_engine import Engine, GrammarFault, Interrupted, Refused

_NICE = 10
_RATED = 4
"""Tokens below which a rate says nothing."""

Request = dict[str, Any]
Send = Callable[[dict[str, Any]], None]


def main(settings_json: str) -> None:
    """Load the model, then answer requests until standard input ends."""
    send = _sender(_private_stdout())
    if hasattr(os, "nice"):
        os.nice(_NICE)
    inbox = _Inbox()
    settings = json.loads(settings_json)
    try:
        engine = Engine(settings["model"], settings.get("lora"), n_ctx=settings["n_ctx"], threads=settings["threads"])
    except (ValueError, OSError, RuntimeError, TemplateError) as fault:
        send({"failed": f"{type(fault).__name__}: {fault}".splitlines()[0]})
        return
    send({"ready": True, "n_ctx": engine.n_ctx})
    while True:
        _answer(engine, inbox.next(), inbox, send)


class _Inbox:
    """Requests in order, read by a thread so that a cancel is seen while llama.cpp works."""

    def __init__(self) -> None:
        self._requests: queue.Queue[Request] = queue.Queue()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> Request:
        return self._requests.get()

    def is_cancelled(self, request: Request) -> bool:
        """True for a cancelled request, and for warming as soon as anything else waits."""
        return request["id"] in self._cancelled or (request["do"] == "warm" and not self._requests.empty())

    def _read(self) -> None:
        for line in sys.stdin:
            request = json.loads(line)
            if request["do"] == "cancel":
                self._cancelled.add(request["id"])
            else:
                self._requests.put(request)
        os._exit(0)  # llama.cpp may be deep in a batch: leave without tearing the interpreter down under it


def _answer(engine: Engine, request: Request, inbox: _Inbox, send: Send) -> None:
    number = request["id"]

    def stop() -> bool:
        return inbox.is_cancelled(request)

    try:
        match request["do"]:
            case "generate":
                _generate(engine, request, stop, send)
            case "warm":
                engine.read(engine.tokens(request["prompt"]), 1, stop, lambda _: None)
                send({"id": number, "done": True})
            case "count":
                send({"id": number, "done": True, "count": len(engine.tokens([[request["text"], False]]))})
            case "format":
                send({"id": number, "done": True, "prompt": engine.chat_prompt(request["messages"])})
            case other:
                send({"id": number, "error": f"unknown request {other}"})
    except Interrupted:
        send({"id": number, "interrupted": True})
    except GrammarFault as fault:
        send({"id": number, "error": str(fault), "grammar": True})
    except Refused as fault:
        send({"id": number, "error": str(fault)})


def _generate(engine: Engine, request: Request, stop: Callable[[], bool], send: Send) -> None:
    """Read, write, and say at last how long a token took."""
    number, room = request["id"], request["max_tokens"]
    tokens = engine.tokens(request["prompt"])
    began = time.perf_counter()
    count = engine.read(tokens, room, stop, lambda done: send({"id": number, "read": done}))
    read_at = time.perf_counter()
    pieces = 0
    for text in engine.write(request["grammar"], room, stop):
        send({"id": number, "text": text})
        pieces += 1
    written_at = time.perf_counter()
    rates = {"reads": count / max(read_at - began, 1e-6), "writes": pieces / max(written_at - read_at, 1e-6)}
    send({"id": number, "done": True, "enough": count >= _RATED and pieces >= _RATED, **rates})


def _private_stdout() -> TextIO:
    """The protocol's stream; from now on file descriptor 1 is the log."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return stream


def _sender(stream: TextIO) -> Send:
    def send(message: dict[str, Any]) -> None:
        stream.write(json.dumps(message) + "\n")
        stream.flush()

    return send


if __name__ == "__main__":
    main(sys.argv[1])
