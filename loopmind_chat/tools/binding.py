"""From raw arguments to typed ones: what a tool gets is of the declared kind and inside its limits, or refused."""

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from loopmind_chat.errors import BadArgument
from loopmind_chat.song.find import role_of, section_kind
from loopmind_chat.song.keys import parse_key
from loopmind_chat.tools.spec import Argument, Kind, Tool

WORDS_MAX: Final = 400
"""Characters of free words: a pasted page is not an argument."""

_NUMBER: Final = re.compile(r"([+-]?\d{1,12}(?:[.,]\d{1,9})?|[+-]?[.,]\d{1,9})\s*([a-z%.]*)", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d)", re.ASCII)
_UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "bpm": {"bpm": 1.0},
    "seconds": dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0)
    | dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
    "bars": {"bar": 1.0, "bars": 1.0},
    "bar": {"bar": 1.0},
    "beats": {"beat": 1.0, "beats": 1.0},
    "db": {"db": 1.0, "decibel": 1.0, "decibels": 1.0},
    "semitones": dict.fromkeys(("st", "semitone", "semitones"), 1.0),
}
_FLAGS: Final = dict.fromkeys(("on", "yes", "true", "1", "y"), True) | dict.fromkeys(
    ("off", "no", "false", "0", "n"), False
)
_STEPS: Final = {
    "louder": "up", "more": "up", "faster": "up", "higher": "up", "longer": "up", "increase": "up", "raise": "up",
    "quieter": "down", "softer": "down", "less": "down", "slower": "down", "lower": "down", "shorter": "down",
    "decrease": "down", "reduce": "down",
}  # fmt: skip
_STEP_SIZES: Final = {
    "a bit": "a bit", "a little": "a bit", "bit": "a bit", "little": "a bit", "slightly": "a bit", "abit": "a bit",
    "way": "way", "much": "way", "a lot": "way", "lots": "way", "far": "way",
}  # fmt: skip
_NAMES: Final = {"bpm": "tempo", "db": "level", "seconds": "length in seconds", "bars": "length in bars"}
_UNIT_WORDS: Final = {"bpm": " BPM", "db": " dB"}
_ALIASES: Final = {"track": "role", "role": "track", "tempo": "bpm", "level": "db", "swing": "amount", "path": "folder"}
"""Another name that a caller may use where the tool does not have it."""


def bind(tool: Tool, raw: Mapping[str, object], refs: Mapping[str, Path] | None = None) -> dict[str, object]:
    """The arguments as the tool's function takes them.

    ``refs`` holds the paths that the user typed in this very sentence ("@1"); no other path can be given. Arguments
    that are None or empty count as not given. Raises BadArgument, saying what would be right.
    """
    bound: dict[str, object] = {}
    for name, value in raw.items():
        argument = _argument(tool, name)
        if argument.name in bound:
            raise BadArgument(f"{argument.name} is given twice")
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        bound[argument.name] = _value(argument, value, refs or {})
    missing = [argument.name for argument in tool.arguments if argument.required and argument.name not in bound]
    if missing:
        raise BadArgument(f"{tool.name} needs {' and '.join(missing)}: {usage(tool)}")
    return bound


def usage(tool: Tool) -> str:
    """The tool with its arguments on one line, as a slash command: "/set_pan track=... [pan=...] [side=...]"."""
    parts = [f"{a.name}=..." if a.required else f"[{a.name}=...]" for a in tool.arguments]
    return " ".join([f"/{tool.name}", *parts])


def limits_text(argument: Argument) -> str:
    """The limits of an argument in words: "tempo is 40 to 250 BPM"."""
    name = _NAMES.get(argument.name, argument.name)
    if argument.limits is None:
        return f"{name} is a number"
    return f"{name} is {argument.limits.low:.10g} to {argument.limits.high:.10g}{_UNIT_WORDS.get(argument.name, '')}"


def _argument(tool: Tool, name: str) -> Argument:
    plain = name.strip().lower().replace("-", "_")
    argument = tool.argument(plain) or tool.argument(_ALIASES.get(plain, ""))
    if argument is not None:
        return argument
    names = ", ".join(a.name for a in tool.arguments)
    said = f'"{name[:40]}"' if name else "a value without a name"
    raise BadArgument(f"{tool.name} does not take {said}; it takes {names or 'nothing'}")


def _value(argument: Argument, value: object, refs: Mapping[str, Path]) -> object:
    typed = {Kind.NUMBER: _number, Kind.INTEGER: _integer, Kind.FLAG: _flag}.get(argument.kind)
    if typed is not None:
        return typed(argument, value)
    text = _text(argument, value)
    match argument.kind:
        case Kind.CHOICE:
            return _choice(argument, text)
        case Kind.KEY:
            return _key(text)
        case Kind.PATH:
            return _path(argument, text, refs)
        case _:
            return _words(argument, text, refs)


def _text(argument: Argument, value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}"
    raise BadArgument(f"{argument.name} is text, not {type(value).__name__}")


def _number(argument: Argument, value: object) -> float:
    number = _read_number(argument, value)
    if number is None or not math.isfinite(number):
        raise BadArgument(f'{limits_text(argument)}, not "{str(value)[:40]}"')
    limits = argument.limits
    if limits is not None and not limits.low <= number <= limits.high:
        raise BadArgument(f"{limits_text(argument)}, not {number:g}")
    return number


def _read_number(argument: Argument, value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e15 else math.inf  # noqa: PLR2004 - an int past float's range would raise
    text = str(value).strip().lower().replace("\u2212", "-")
    clock = _CLOCK.fullmatch(text)
    if clock and argument.name == "seconds":
        return int(clock[1]) * 60.0 + int(clock[2])
    match = _NUMBER.fullmatch(text)
    factor = _unit(argument, match[2].rstrip(".")) if match else None
    return float(match[1].replace(",", ".")) * factor if match and factor is not None else None


def _unit(argument: Argument, unit: str) -> float | None:
    """What a number with that unit is multiplied by; None where the argument has no such unit."""
    if unit == "%" and argument.limits is not None and argument.limits.high <= 1.0:
        return 0.01
    return 1.0 if unit in {"", "%"} else _UNITS.get(argument.name, {}).get(unit)


def _integer(argument: Argument, value: object) -> int:
    number = _number(argument, value)
    if number != int(number):
        raise BadArgument(f"{_NAMES.get(argument.name, argument.name)} is a whole number, not {number:g}")
    return int(number)


def _flag(argument: Argument, value: object) -> bool:
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(str(value).strip().lower())
    if flag is None:
        raise BadArgument(f'{argument.name} is on or off, not "{str(value)[:40]}"')
    return flag


def _choice(argument: Argument, text: str) -> str:
    by_folded = {_folded(choice): choice for choice in argument.choices}
    words = " ".join(re.split(r"[\s_-]+", text.lower()))
    found = by_folded.get(_folded(text)) or by_folded.get(_folded(_synonym(words, argument.choices)))
    if found is None:
        raise BadArgument(f'{argument.name} is one of {", ".join(argument.choices)}, not "{text[:40]}"')
    return argument.enum(found) if argument.enum is not None else found


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text.lower())


def _synonym(text: str, choices: tuple[str, ...]) -> str:
    """What the choices call what ``text`` says: "chorus" is hook, "vox" is vocal, "a little louder" is a bit up."""
    if "a bit up" in choices:
        *size, step = text.rsplit(" ", 1)
        step = _STEPS.get(step, step)
        return " ".join([*(_STEP_SIZES.get(word, word) for word in size), step])
    kind, role = section_kind(text), role_of(text)
    return next((str(word) for word in (kind, role) if word is not None and str(word) in choices), "")


def _key(text: str) -> str:
    key = parse_key(text)
    if key is None:
        raise BadArgument(f'"{text[:40]}" is not a key; write it like "A minor" or "F# major"')
    return str(key)


def _path(argument: Argument, text: str, refs: Mapping[str, Path]) -> Path:
    if text not in refs:
        raise BadArgument(f"{argument.name} has to be a path that you type in the same message")
    return refs[text]


def _words(argument: Argument, text: str, refs: Mapping[str, Path]) -> str:
    if text in refs:
        return refs[text].stem  # a loop's file name looks like a path; as words it is only a name
    if len(text) > WORDS_MAX:
        raise BadArgument(f"{argument.name} is too long: {WORDS_MAX} characters at most")
    return "".join(c if c.isprintable() else " " for c in text).strip()
