"""The call language: what the model writes, and what a slash command says after its slash.

``swap_loop role=melody query="darker strings"; set_tempo bpm=140``: a name, then ``name=value``; calls stand one a
line or between semicolons. A value of other than letters, digits and ``_ . @ # + -`` is quoted, with the escapes of a
JSON string. No call at all is ``none``, with what the sentence was, or with what the model says in its own words;
``ask`` is a question back.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from loopmind_chat.errors import BadArgument
from loopmind_chat.tools.calls import Call

NO_CALL: Final = "none"
ASK: Final = "ask"
OWN_WORDS: Final = "says"
"""The argument of ``none`` that holds a model's own words."""

_TOKEN: Final = re.compile(
    r"""[^\S\n]*(?:
    (?P<end>[;\n])
    | (?P<name>[A-Za-z_]\w*)=(?P<value>"(?:[^"\\]|\\.)*"|[^\s;"]*)
    | (?P<call>[A-Za-z_]\w*)
    )""",
    re.VERBOSE,
)
_BARE: Final = re.compile(r"[A-Za-z0-9_.@#+-]+\Z")


def write(calls: Iterable[Call]) -> str:
    """The calls on one line, as :func:`parse` reads them."""
    return "; ".join(write_call(call.tool, call.args) for call in calls)


def write_call(tool: str, args: Mapping[str, object], words: Collection[str] = ()) -> str:
    """One call; the values of the arguments ``words`` are quoted whatever they are, as the grammars have them."""
    quoted = {name: json.dumps(_plain(value), ensure_ascii=False) for name, value in args.items() if name in words}
    return " ".join([tool, *(f"{name}={quoted.get(name) or write_value(value)}" for name, value in args.items())])


def write_value(value: object) -> str:
    """A value, quoted where it needs to be."""
    text = _plain(value)
    return text if _BARE.match(text) else json.dumps(text, ensure_ascii=False)


def parse(text: str) -> list[Call]:
    """The calls of a text, values as the strings they are written as.

    Raises BadArgument where it is not calls, or where a call gives one argument two values: which one was meant is not
    to be guessed.
    """
    calls: list[Call] = []
    args: dict[str, object] | None = None
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            raise BadArgument(f'not a call: "{text[position : position + 40].strip()}"')
        position = match.end()
        if match["end"]:
            args = None
        elif match["call"] and args is None:
            args = {}
            calls.append(Call(match["call"], args))
        elif match["name"] and args is not None:
            if match["name"] in args:
                raise BadArgument(f"{match['name'][:40]} is given twice")
            args[match["name"]] = _read(match["value"])
        else:
            raise BadArgument(f'not a call: "{match[0].strip()}"')
    return calls


def _read(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value, strict=False))
    except json.JSONDecodeError as fault:
        raise BadArgument(f"not a value: {value}") from fault


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
