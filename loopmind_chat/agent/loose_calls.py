"""Calls out of what a model wrote without a grammar: the call language, JSON, or either inside prose and fences."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from loopmind_chat.agent.language import ASK, NO_CALL, parse, write_call
from loopmind_chat.errors import BadArgument
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.registry import all_tools

_THOUGHT: Final = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKS: Final = re.compile(r"^\s*(?:```\w*|[-*>]|\d+[.)]|do:|answer:|calls?:|assistant:)\s*|[`.]+\s*$", re.IGNORECASE)
_ARGUMENTS: Final = ("arguments", "parameters", "args", "input")
_BEGUN: Final = re.compile(r"([a-z_]+)[ \t]+[a-z_]+=")
_ANSWER_MAX: Final = 8000
"""Characters of an answer that are looked at: a model that rambles is not read to its end."""
_BY_SO_MUCH: Final = frozenset({"by", "change", "semitones"})
"""Arguments that go on from what is there: twice up is higher than once."""
_ONE_MORE: Final = frozenset({"add_section", "duplicate_section", "undo", "redo"})
"""Tools that do more when called again."""


def calls_in(text: str) -> list[Call]:
    """The calls of an answer, none where it holds none. Prose around them is left out, not guessed at.

    Raises BadArgument for a call whose arguments cannot be read, or one of them is given twice: the others alone would
    be half of what was asked.
    """
    bare = _THOUGHT.sub(" ", text)[:_ANSWER_MAX]
    return list(_json_calls(bare)) or list(_line_calls(bare))


def read_arguments(raw: object) -> dict[str, object]:
    """The arguments of a tool call of a server: an object, or its JSON. Raises BadArgument where they are neither."""
    value = raw
    if isinstance(raw, str):
        try:
            value = json.loads(raw, object_pairs_hook=_once_each) if raw.strip() else {}
        except ValueError as fault:  # RecursionError is no ValueError: what is nested so deep is cut off by its size
            raise BadArgument(f"these arguments are no JSON: {raw[:80]}") from fault
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadArgument("arguments have to be a JSON object")
    return {str(name): _scalar(name, item) for name, item in value.items() if item is not None}


def without_repeats(calls: Iterable[Call]) -> Sequence[Call]:
    """The calls of one answer without exact repeats: small models say what they have just said again.

    What goes further each time is kept: "louder and louder" is two calls of the same.
    """
    kept: list[Call] = []
    said: set[str] = set()
    for call in calls:
        text = write_call(call.tool, call.args)
        goes_further = call.tool in _ONE_MORE or not _BY_SO_MUCH.isdisjoint(call.args)
        if goes_further or text not in said:
            kept.append(call)
        said.add(text)
    return kept


def is_call(name: str) -> bool:
    """Whether a model may call that."""
    return name in {NO_CALL, ASK} or name in all_tools()


def _scalar(name: object, value: object) -> object:
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
        return " ".join(str(item) for item in value)
    raise BadArgument(f"{str(name)[:40]} has to be one value")


def _line_calls(text: str) -> Iterator[Call]:
    for line in text.splitlines():
        bare = _MARKS.sub("", line).strip()
        try:
            calls = parse(bare)
        except BadArgument:
            begun = _BEGUN.match(bare)
            if begun is not None and is_call(begun[1]):
                raise  # a call that is none
            continue
        if calls and all(is_call(call.tool) for call in calls):
            yield from calls


def _json_calls(text: str) -> Iterator[Call]:
    """Objects with a name and arguments, wherever they stand: ``<tool_call>{...}</tool_call>``, ``[{...}, {...}]``."""
    decoder = json.JSONDecoder(object_pairs_hook=_once_each)
    position = 0
    while (start := text.find("{", position)) >= 0:
        try:
            value, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            position = start + 1
            continue
        call = _call_of(value)
        if call is not None:
            yield call


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The members of a JSON object. Raises BadArgument where one comes twice: JSON would take the last."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise BadArgument("an argument is given twice")
    return members


def _call_of(value: Mapping[str, Any]) -> Call | None:
    inner = value.get("function")
    holder = inner if isinstance(inner, dict) else value
    name = next((holder[key] for key in ("name", "tool", "function") if isinstance(holder.get(key), str)), None)
    if name is None or not is_call(name):
        return None
    raw: object = next((holder[key] for key in _ARGUMENTS if key in holder), {})
    return Call(name, read_arguments(raw))
