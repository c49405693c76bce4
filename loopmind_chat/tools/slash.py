"""Slash commands: `/tool name=value name="two words"`, and the short forms of the common ones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.paths import typed_path
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Kind, Tool

UiName = Literal["show", "help", "device", "model", "ab", "quit"]
UI_COMMANDS: Final[tuple[UiName, ...]] = ("show", "help", "device", "model", "ab", "quit")
SHORT_FORMS: Final[Mapping[str, str]] = {
    "folder": "scan_folder",
    "scan": "scan_folder",
    "save": "save_session",
    "open": "open_session",
    "export": "export_song",
    "compose": "compose_song",
    "swap": "swap_loop",
    "search": "search_loops",
    "mute": "mute_track",
    "solo": "solo_track",
    "tempo": "set_tempo",
    "key": "set_key",
    "mix": "set_mix_mode",
}
"""Short names of tools; a bare value after them is the first argument."""

_WHOLE_REST: Final = frozenset({"scan_folder", "save_session", "open_session", "export_song"})
_NAMED: Final = re.compile(r"([A-Za-z_][\w-]*)=")
_CLOSING: Final = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019"}


@dataclass(frozen=True, slots=True)
class SlashCalls:
    """Tool calls, with the paths that were typed in them."""

    calls: tuple[Call, ...]
    refs: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UiCommand:
    """A command that is no tool: it shows or sets something outside the song."""

    name: UiName
    rest: str = ""


def is_slash(text: str) -> bool:
    """Whether a line is a slash command, and not a path such as /home/me/loops or a sentence."""
    return re.match(r"\s*/[A-Za-z_][\w-]*(?:\s|\Z)", text) is not None


def parse_slash(text: str) -> SlashCalls | UiCommand:
    """What a slash command asks for. Never raises: what is wrong with a call is said when it runs."""
    name, _, rest = text.strip().removeprefix("/").partition(" ")
    name, rest = name.strip().lower().replace("-", "_"), rest.strip()
    if name == "exit":
        name = "quit"
    shown = next((command for command in UI_COMMANDS if command == name), None)
    if shown is not None:
        return UiCommand(shown, rest)
    tool = all_tools().get(SHORT_FORMS.get(name, name))
    if tool is None:
        return SlashCalls((Call(name, dict(_pairs(rest))),))
    return _call(tool, rest)


def command_names() -> tuple[str, ...]:
    """Every slash command, for completing: the short ones first."""
    names = (*UI_COMMANDS, *SHORT_FORMS, *all_tools())
    return tuple(f"/{name}" for name in dict.fromkeys(names))


def _call(tool: Tool, rest: str) -> SlashCalls:
    path = next((a.name for a in tool.arguments if a.kind is Kind.PATH), None)
    if tool.name in _WHOLE_REST and path is not None and rest and not _NAMED.match(rest):
        # a path may hold spaces; options follow it ("/folder My Loops add=yes")
        cut = re.search(r"\s+(?=(?:" + "|".join(a.name for a in tool.arguments) + ")=)", rest)
        pairs = [(path, rest[: cut.start()] if cut else rest), *_pairs(rest[cut.end() :] if cut else "")]
    else:
        pairs = _with_names(tool, list(_pairs(rest)))
    args: dict[str, object] = {}
    refs: dict[str, Path] = {}
    for name, value in pairs:
        argument = tool.argument(name)
        if argument is not None and argument.kind is Kind.PATH and value.strip():
            reference = f"@{len(refs) + 1}"
            refs[reference] = typed_path(value)
            args[name] = reference
        else:
            args[name] = value
    return SlashCalls((Call(tool.name, args),), refs)


def _with_names(tool: Tool, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Bare words are the first argument that is not named: "/set_tempo 140", "/mute_track hi hats"."""
    bare = " ".join(value for name, value in pairs if not name)
    named = [(name, value) for name, value in pairs if name]
    if not bare:
        return named
    taken = {name.lower() for name, _ in named}
    first = next((a.name for a in tool.arguments if a.name not in taken), "")
    if tool.name == "play" and bare.isdecimal():
        first = "bar"
    return [(first, bare), *named]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The ``name=value`` pairs of a text; a bare word has the name "". Backslashes are letters: Windows paths."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        named = _NAMED.match(text, position)
        start = named.end() if named else position
        value, position = _value(text, start)
        yield (named[1] if named else ""), value


def _value(text: str, start: int) -> tuple[str, int]:
    """A quoted or bare value, and where the next begins; an open quote runs to the end."""
    closing = _CLOSING.get(text[start : start + 1])
    if closing is not None:
        end = text.find(closing, start + 1)
        return (text[start + 1 :], len(text)) if end < 0 else (text[start + 1 : end], end + 1)
    match = re.compile(r"\S*").match(text, start)
    return (match[0], match.end()) if match else ("", start + 1)
