"""The tools as JSON Schema, as servers take them; ``none`` and ``ask`` are tools too, so that a model can decline."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from loopmind_chat.agent.grammar import ASK_ABOUT, NO_CALL_REASONS
from loopmind_chat.agent.language import ASK, NO_CALL
from loopmind_chat.tools.spec import Argument, Kind, Tool

_WHAT: Final[Mapping[Kind, str]] = {
    Kind.TRACK: "a track's name or role, or all",
    Kind.SECTION: "a section such as hook 2; hook for every hook; or all",
    Kind.LOOP: "a loop's name",
    Kind.KEY: "a key such as A minor or F# major",
    Kind.WORDS: "words of the sentence",
    Kind.FORM: "a form such as intro 8, verse 16, hook 8",
    Kind.PATH: "the reference to a path in the sentence, such as @1",
}
"""Tracks and sections are no enumeration: what the song has not is named all the same, and the answer says so."""
_TYPES: Final[Mapping[Kind, str]] = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.FLAG: "boolean"}


def tool_schemas(tools: Iterable[Tool], refs: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The ``tools`` of a request. ``refs`` are the paths that the user typed: without one, no tool takes a path."""
    paths = list(refs)
    offered = [tool for tool in tools if paths or not any(_is_needed_path(a) for a in tool.arguments)]
    return [
        _function(NO_CALL, "Change nothing: thanks, talk, what no tool can do.", {"why": list(NO_CALL_REASONS)}),
        _function(ASK, "Ask back, where it is not clear what is meant.", {"about": list(ASK_ABOUT)}),
        *(_schema(tool, paths) for tool in offered),
    ]


def _is_needed_path(argument: Argument) -> bool:
    return argument.required and argument.kind is Kind.PATH


def _function(name: str, what: str, choices: Mapping[str, list[str]]) -> dict[str, Any]:
    properties = {key: {"type": "string", "enum": values} for key, values in choices.items()}
    return _wrapped(name, what, properties, list(choices))


def _schema(tool: Tool, paths: list[str]) -> dict[str, Any]:
    arguments = [argument for argument in tool.arguments if paths or argument.kind is not Kind.PATH]
    properties = {argument.name: _property(argument, paths) for argument in arguments}
    return _wrapped(tool.name, tool.summary, properties, [a.name for a in arguments if a.required])


def _wrapped(name: str, what: str, properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    parameters = {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "description": what, "parameters": parameters}}


def _property(argument: Argument, paths: list[str]) -> dict[str, Any]:
    if argument.kind is Kind.PATH:
        return {"type": "string", "enum": paths, "description": _WHAT[Kind.PATH]}
    if argument.choices:
        return {"type": "string", "enum": list(argument.choices)}
    found: dict[str, Any] = {"type": _TYPES.get(argument.kind, "string")}
    if argument.limits is not None:
        found |= {"minimum": argument.limits.low, "maximum": argument.limits.high}
    if argument.kind in _WHAT:
        found["description"] = _WHAT[argument.kind]
    return found
