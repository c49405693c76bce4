"""One HTTP exchange with a model server, on a thread of its own, so that the user can give it up at any moment.

The standard library's client: it follows no redirects and heeds no proxies, so that what is sent goes to the address
that the user gave and nowhere else.
"""

import contextlib
import http.client
import json
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any, Final

from loopmind_chat.agent.server_address import ServerAddress
from loopmind_chat.agent.waiting import POLL_S
from loopmind_chat.errors import AgentError, ModelUnavailable, TurnCancelled

_LINE_MAX: Final = 1_000_000
_BODY_MAX: Final = 4_000_000
_SAID_MAX: Final = 160
_OK: Final = 200
_STREAM: Final = "text/event-stream"

Cancelled = Callable[[], bool]


class ServerRefusal(AgentError):
    """The server answered, but not with what it was asked for."""

    def __init__(self, status: int, said: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.said = said
        """The server's own words."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 5.0
    silence: float = 25.0
    """Between two lines of an answer, and before the first."""


_PATIENCE: Final = Patience()


def ask_server(  # noqa: PLR0913 - an exchange's parts, each by name
    address: ServerAddress,
    method: str,
    path: str,
    body: Any = None,  # noqa: ANN401 - any JSON
    *,
    cancelled: Cancelled | None = None,
    patience: Patience = _PATIENCE,
) -> Generator[dict[str, Any], None, None]:
    """The JSON objects that the server answers with: one, or many where it streams.

    Raises ModelUnavailable where nobody answers, TurnCancelled, ServerRefusal, and AgentError for what is no answer.
    """
    exchange = _Exchange(address, method, path, body, patience)
    try:
        status, kind = exchange.head(cancelled)
        if status == _OK and kind == _STREAM:
            yield from _events(exchange.lines(cancelled), address)
            return
        text = b"".join(exchange.lines(cancelled)).decode("utf-8", "replace")
    finally:
        exchange.abandon()
    if status != _OK:
        raise _refusal(address, status, path, text)
    yield _object(text, address)


class _Exchange:
    """A request under way. What its thread finds goes into a queue; nobody waits for the thread."""

    def __init__(self, address: ServerAddress, method: str, path: str, body: object, patience: Patience) -> None:
        self._address = address
        self._patience = patience
        self._found: queue.SimpleQueue[tuple[int, str] | bytes | AgentError | None] = queue.SimpleQueue()
        self._abandoned = threading.Event()
        self._socket: socket.socket | None = None
        data = None if body is None else json.dumps(body).encode()
        run = threading.Thread(target=self._run, args=(method, path, data), daemon=True, name="model-server")
        run.start()

    def head(self, cancelled: Cancelled | None) -> tuple[int, str]:
        """Status and content type."""
        found = self._next(cancelled)
        if not isinstance(found, tuple):
            raise AgentError(f"what answers at {self._address.origin} ended without a word")
        return found

    def lines(self, cancelled: Cancelled | None) -> Iterator[bytes]:
        """The lines of the body."""
        while isinstance(found := self._next(cancelled), bytes):
            yield found

    def abandon(self) -> None:
        """Close the connection under whoever waits on it."""
        self._abandoned.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the other side was quicker
                self._socket.shutdown(socket.SHUT_RDWR)

    def _next(self, cancelled: Cancelled | None) -> tuple[int, str] | bytes | None:
        late = time.monotonic() + self._patience.connect + self._patience.silence
        while True:
            if cancelled is not None and cancelled():
                raise TurnCancelled("stopped")
            try:
                found = self._found.get(timeout=POLL_S)
            except queue.Empty:
                if time.monotonic() > late:
                    raise self._silent() from None
                continue
            if isinstance(found, AgentError):
                raise found
            return found

    def _silent(self) -> AgentError:
        return AgentError(f"the server at {self._address.origin} said nothing for {self._patience.silence:g} s")

    def _run(self, method: str, path: str, data: bytes | None) -> None:
        try:
            self._talk(method, path, data)
            self._found.put(None)
        except TimeoutError as fault:
            connected = self._socket is not None
            unheard = ModelUnavailable(f"{self._address.origin} did not answer within {self._patience.connect:g} s")
            self._found.put(self._silent() if connected else _because(unheard, fault))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            self._found.put(_because(_unreachable(self._address, fault), fault))

    def _talk(self, method: str, path: str, data: bytes | None) -> None:
        connection = self._connection()
        try:
            connection.connect()
            self._socket = connection.sock
            if self._abandoned.is_set():
                return
            connection.sock.settimeout(self._patience.silence)
            connection.request(method, self._address.path + path, data, self._headers())
            response = connection.getresponse()
            kind = (response.headers.get_content_type() or "").lower()
            self._found.put((response.status, kind))
            size = 0
            while not self._abandoned.is_set() and (line := response.readline(_LINE_MAX)):
                size += len(line)
                if size > _BODY_MAX:
                    self._found.put(AgentError(f"the server at {self._address.origin} does not stop talking"))
                    return
                self._found.put(line)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port, timeout = self._address.host, self._address.port, self._patience.connect
        if self._address.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=timeout)
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        if self._address.key:
            headers["Authorization"] = f"Bearer {self._address.key}"
        return headers | {"Connection": "close"}


def _because(error: AgentError, cause: BaseException) -> AgentError:
    error.__cause__ = cause
    return error


def _unreachable(address: ServerAddress, fault: Exception) -> AgentError:
    origin = address.origin
    if isinstance(fault, ConnectionRefusedError):
        return ModelUnavailable(f"nothing answers at {origin} (is the server running?)")
    if isinstance(fault, socket.gaierror):
        return ModelUnavailable(f"there is no host {address.host}")
    if isinstance(fault, ssl.SSLError):
        return ModelUnavailable(f"no secure connection to {origin}: {fault.reason or 'unknown reason'}")
    if isinstance(fault, (ConnectionResetError, BrokenPipeError, http.client.IncompleteRead)):
        return AgentError(f"the server at {origin} broke off")
    if isinstance(fault, http.client.HTTPException):
        return AgentError(f"what answers at {origin} does not speak HTTP as it should")
    return ModelUnavailable(f"{origin} cannot be reached: {str(fault)[:_SAID_MAX]}")


def _events(lines: Iterator[bytes], address: ServerAddress) -> Iterator[dict[str, Any]]:
    """The objects of a stream of server-sent events."""
    for line in lines:
        field, _, value = line.decode("utf-8", "replace").strip().partition(":")
        if field != "data" or not value.strip():
            continue  # a comment that keeps the line alive, or the name of an event
        if value.strip() == "[DONE]":
            return
        event = _object(value, address)
        if "error" in event:
            said = _said(value, address)
            raise ServerRefusal(_OK, said, f"the server at {address.origin} failed: {said}")
        yield event


def _object(text: str, address: ServerAddress) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise AgentError(f"what {address.origin} answers is no JSON (is it an OpenAI-compatible server?)") from fault
    if not isinstance(value, dict):
        raise AgentError(f"what {address.origin} answers is not what a model server says")
    return value


def _refusal(address: ServerAddress, status: int, path: str, text: str) -> ServerRefusal:
    said = _said(text, address)
    origin, own = address.origin, f": {said}" if said else ""
    match status:
        case 401 | 403:
            wants = "refuses the key" if address.key else "wants a key"
            text = f"the server at {origin} {wants}; set LOOPMIND_API_KEY to the right one"
        case 404:
            text = f"{origin} has nothing at {address.path}{path}, or no such model{own}; a URL often ends in /v1"
        case 429:
            text = f"the server at {origin} has too much to do, or your quota is used up{own}"
        case _ if 300 <= status < 400:  # noqa: PLR2004 - the redirects of HTTP
            text = f"{origin} points to another address; give that one instead"
        case _:
            text = f"the server at {origin} answers with error {status}{own}"
    return ServerRefusal(status, said, text)


def _said(text: str, address: ServerAddress) -> str:
    """The server's own words on what is wrong: one short line, without the key, which some repeat."""
    try:
        value = json.loads(text)
        error = value.get("error", value.get("detail", "")) if isinstance(value, dict) else ""
        said = str(error.get("message", "") if isinstance(error, dict) else error)
    except (ValueError, RecursionError):
        said = re.sub(r"<[^>]*>", " ", text)
    if address.key:
        said = said.replace(address.key, "***")
    return " ".join("".join(char if char.isprintable() else " " for char in said).split())[:_SAID_MAX]
