"""Where a model server is: the URL that the user gave, and the key that goes to it and nowhere else."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from loopmind_chat.errors import AgentError

_EXAMPLE: Final = "http://localhost:8000/v1"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A parsed URL."""

    scheme: str
    host: str
    port: int
    path: str
    """Without a slash at its end: "/v1"."""
    model: str = ""
    """What stands behind "#": the model to ask for, where the server has several."""
    key: str = field(default="", repr=False)
    """The API key; never shown, never logged."""

    @property
    def origin(self) -> str:
        """Scheme, host and port, for messages."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{shown}" if self.port == usual else f"{self.scheme}://{shown}:{self.port}"


def is_url(text: str) -> bool:
    """Whether that is the URL of a server and no path."""
    return text.strip().lower().startswith(("http://", "https://"))


def server_address(url: str, environ: Mapping[str, str] | None = None) -> ServerAddress:
    """The address of a URL; raises AgentError where it is none.

    The key is ``LOOPMIND_API_KEY``, or ``OPENAI_API_KEY`` where it cannot be overheard: over https, or to this
    machine itself.
    """
    env = os.environ if environ is None else environ
    try:
        parts = urlsplit(url.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        host.encode("idna")
    except ValueError as fault:  # UnicodeError is one
        raise AgentError(f"that is no URL of a server; one looks like {_EXAMPLE}") from fault
    if not host or parts.scheme not in {"http", "https"}:
        raise AgentError(f"that is no URL of a server; one looks like {_EXAMPLE}")
    if parts.username or parts.password:
        raise AgentError("a URL with a name or password in it is not used: set LOOPMIND_API_KEY instead")
    private = parts.scheme == "https" or is_loopback(host)
    key = env.get("LOOPMIND_API_KEY", "") or (env.get("OPENAI_API_KEY", "") if private else "")
    if not (key.isascii() and key.isprintable()):
        raise AgentError("the API key in the environment holds characters that no key has")
    return ServerAddress(
        parts.scheme, host, port, parts.path.rstrip("/") or "/v1", unquote(parts.fragment), key.strip()
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
