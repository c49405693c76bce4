"""Every tool there is, by name."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from loopmind_chat.errors import UnknownTool
from loopmind_chat.tools.spec import Tool

FAMILIES: Final = ("compose", "sections", "loops", "layers", "mix", "song", "transport", "session", "library")
"""One module of :mod:`loopmind_chat.tools` each."""


@cache
def all_tools() -> Mapping[str, Tool]:
    """Every tool, by name, family by family. The first call imports the composer."""
    found: dict[str, Tool] = {}
    for family in FAMILIES:
        module = import_module(f"loopmind_chat.tools.{family}")
        found |= {tool.name: tool for tool in vars(module).values() if isinstance(tool, Tool)}
    return MappingProxyType(found)


def tool_named(name: str) -> Tool:
    """The tool of that name. Raises UnknownTool, naming the nearest."""
    tools = all_tools()
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in tools:
        return tools[plain]
    near = get_close_matches(plain, tools, n=2, cutoff=0.6)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; /help lists them"
    raise UnknownTool(f"there is no tool called {name[:40]}{hint}")
