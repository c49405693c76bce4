"""A model server that says what a test tells it to, well or badly, on a free port of this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]
"""Writes a whole HTTP answer."""


@dataclass
class Asked:
    """One request, with the means to answer it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any] = field(default_factory=dict)

    def send(self, data: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.send_header("Content-Length", str(len(data)))
        self.handler.end_headers()
        self.handler.wfile.write(data)


class FakeServer:
    """Answers chat requests one after another from a list, the last one for ever; remembers what it was asked."""

    def __init__(self, *answers: Answer, models: Answer | None = None) -> None:
        self._answers = list(answers)
        self._models = models or json_answer({"data": [{"id": "fake/first"}, {"id": "second"}]})
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.freed = threading.Event()
        """Set at the end, for answers that hang."""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        body = json.loads(handler.rfile.read(length)) if length else {}
        self.paths.append(handler.path)
        self.headers.append(dict(handler.headers))
        if handler.command == "GET":
            self._models(Asked(handler))
            return
        self.asked.append(body)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        answer(Asked(handler, body))


@contextmanager
def serving(server: FakeServer) -> Iterator[str]:
    """The URL of the server while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def do_POST(self) -> None:
            server.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """The client went away: that is what some tests are about."""

    with Quiet(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            server.freed.set()
            http.shutdown()
            thread.join()


def json_answer(value: object, status: int = 200) -> Answer:
    return raw_answer(json.dumps(value).encode(), status=status)


def raw_answer(data: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> Answer:
    return lambda asked: asked.send(data, status=status, kind=kind, **headers)


def error(status: int, message: str) -> Answer:
    return json_answer({"error": {"message": message, "type": "invalid_request_error"}}, status)


def says(text: str) -> Answer:
    """A whole message of text."""
    message = {"role": "assistant", "content": text}
    return json_answer({"choices": [{"message": message, "finish_reason": "stop"}]})


def calls(*wanted: tuple[str, object]) -> Answer:
    """A message of tool calls; arguments that are no text are written as JSON."""
    rows = [
        {"id": f"c{n}", "type": "function", "function": {"name": name, "arguments": _text(arguments)}}
        for n, (name, arguments) in enumerate(wanted)
    ]
    message = {"role": "assistant", "content": None, "tool_calls": rows}
    return json_answer({"choices": [{"message": message, "finish_reason": "tool_calls"}]})


def streams(*deltas: dict[str, Any], end: bool = True) -> Answer:
    """A stream of pieces; without ``end`` it breaks off."""
    events = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    last = [{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}] if end else []
    lines = [b": keep alive", b"", *(b"data: " + json.dumps(event).encode() for event in [*events, *last])]
    return raw_answer(b"\r\n".join([*lines, b"data: [DONE]" if end else b"", b""]), kind="text/event-stream")


def _text(arguments: object) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments)
