"""The grammar of one turn: which calls, with which values, the model can write at all.

Built from the tools' declared arguments, the live song and the sentence. A value that is neither in the song nor in
the sentence cannot be written; an argument without admissible values is left out, and a tool that needs it too.
The notation is llama.cpp's GBNF.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.agent.language import ASK, NO_CALL, write_value
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import Role, SectionKind
from loopmind_chat.tools.spec import Argument, Kind, Tool

CALLS_MAX: Final = 4
"""Calls of one answer."""
NO_CALL_REASONS: Final = ("thanks", "hello", "off_topic", "cannot", "stop_it")
ASK_ABOUT: Final = ("what", "track", "section", "amount")
_SPAN_WORDS: Final = 6
_ON_BY_DEFAULT: Final = frozenset({"on"})
_OPEN: Final = frozenset({"change"})
"""Choices that sentences seldom name: "too loud" is a change down."""
_NEEDS_ONE: Final[Mapping[str, frozenset[str]]] = {
    "add_layer": frozenset({"role", "query", "loop"}),
    "fix_loop": frozenset({"bpm", "key", "role"}),
    "lock": frozenset({"track", "section"}),
    "loop_section": frozenset({"section", "on"}),
    "move_section": frozenset({"after", "before", "to"}),
    "resize_section": frozenset({"bars", "change"}),
    "set_energy": frozenset({"energy", "change"}),
    "set_groove": frozenset({"amount", "change"}),
    "set_key": frozenset({"key", "semitones"}),
    "set_level": frozenset({"db", "change"}),
    "set_pan": frozenset({"pan", "side"}),
    "set_tempo": frozenset({"bpm", "change"}),
}
"""Tools that do nothing without one of these arguments."""
_CUES: Final[Mapping[str, re.Pattern[str]]] = {
    "title": re.compile(r"\b(call|name|title)", re.IGNORECASE),
    "without": re.compile(r"\b(without|no|minus|except|but)\b", re.IGNORECASE),
    "roles": re.compile(r"\b(only|just|nothing but)\b", re.IGNORECASE),
    "sources": re.compile(r"\b(loops?|samples?|sounds?|folder|from|using|use)\b", re.IGNORECASE),
    "anchor": re.compile(r"\b(around|based|built|start)", re.IGNORECASE),
    "stems": re.compile(r"\b(stem|track|separate)", re.IGNORECASE),
    "add": re.compile(r"\b(add|also|too|as well|beside)", re.IGNORECASE),
}
"""Arguments that a small model adds unasked: offered only where the sentence has a word for them."""
_UNITS: Final[Mapping[str, frozenset[str]]] = {
    "bpm": frozenset({"bpm", ""}),
    "seconds": frozenset({"seconds"}),
    "bars": frozenset({"bars", ""}),
    "bar": frozenset({"bars", ""}),
    "db": frozenset({"db", ""}),
    "beats": frozenset({"beats"}),
    "semitones": frozenset({"semitones"}),
    "seed": frozenset({"seed"}),
    "energy": frozenset({"share"}),
    "amount": frozenset({"share", ""}),
    "pan": frozenset({"share"}),
}
"""Units that the number of an argument may have been said with."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the values of a turn may be taken from."""

    song: Song
    sentence: str
    refs: Mapping[str, Path] = field(default_factory=dict)
    before: str = ""
    """The calls of the last turn, in the call language: "a bit more" may repeat their values."""


def grammar_for(tools: Mapping[str, Tool], ground: Ground) -> str:
    """The grammar of a turn: up to four calls, or none, or a question back; one space before the first word."""
    rules = _Rules(ground)
    names = [name for name, tool in tools.items() if rules.add_tool(tool)]
    calls = " | ".join(_symbol(name) for name in names)
    answers = ["nocall", "ask"]
    if names:
        rules.add("call", calls)
        rules.add("calls", f'call (";" " " call){{0,{CALLS_MAX - 1}}}')
        answers.insert(0, "calls")
    rules.add("nocall", f"{_literal(NO_CALL + ' why=')} ({_either(NO_CALL_REASONS)})")
    rules.add("ask", f"{_literal(ASK + ' about=')} ({_either(ASK_ABOUT)})")
    return "\n".join([f'root ::= " " ({" | ".join(answers)}) "\\n"?', *rules.lines]) + "\n"


class _Rules:
    """Collects rules; values that several tools share are written once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._values = _Values(ground)
        self._symbols: dict[tuple[str, ...], str] = {}
        self._words_written = False
        self.lines: list[str] = []

    def add(self, symbol: str, body: str) -> None:
        self.lines.append(f"{symbol} ::= {body}")

    def add_tool(self, tool: Tool) -> bool:
        """Write a tool's rule. False where something that it needs has nothing that it could be."""
        head = [_literal(tool.name)]
        rest: list[tuple[str, str]] = []
        for argument in tool.arguments:
            symbol = self._value_symbol(argument)
            if symbol is None:
                if argument.required:
                    return False
                continue
            part = f"{_literal(f' {argument.name}=')} {symbol}"
            if argument.required:
                head.append(part)
            else:
                rest.append((argument.name, part))
        tail = _some(rest, _NEEDS_ONE.get(tool.name, frozenset()))
        if tail is None:
            return False
        self.add(_symbol(tool.name), " ".join([*head, tail]).strip())
        return True

    def _value_symbol(self, argument: Argument) -> str | None:
        if argument.name in _CUES and not _CUES[argument.name].search(self._ground.sentence):
            return None
        if argument.kind is Kind.WORDS:
            return self._words_symbol()
        values = self._values.of(argument)
        if not values:
            return None
        if values not in self._symbols:
            symbol = f"v{len(self._symbols)}"
            self._symbols[values] = symbol
            self.add(symbol, _either(write_value(value) for value in values))
        return self._symbols[values]

    def _words_symbol(self) -> str | None:
        """A rule for one to six consecutive words: a chain, so that its size grows with the sentence only."""
        words = mentions.words_of(self._ground.sentence)
        if not words:
            return None
        if not self._words_written:
            self._words_written = True
            for index, word in enumerate(words):
                for left in range(_SPAN_WORDS, 0, -1):
                    more = index + 1 < len(words) and left > 1
                    tail = f' (" " w{index + 1}n{left - 1})?' if more else ""
                    if left == _SPAN_WORDS or index > 0:
                        self.add(f"w{index}n{left}", _literal(word) + tail)
            starts = " | ".join(f"w{index}n{_SPAN_WORDS}" for index in range(len(words)))
            self.add("words", f'"\\"" ({starts}) "\\""')
        return "words"


class _Values:
    """What each kind of argument may be in this turn.

    A required argument may be anything in the song where the sentence names nothing; one that can be left out may
    only be what the sentence names: what nobody said is not for the model to add.
    """

    def __init__(self, ground: Ground) -> None:
        self._song = ground.song
        self._sentence = ground.sentence
        self._before = ground.before
        self._refs = tuple(ground.refs)
        self._follows = not mentions.tracks_of(ground.song, ground.sentence)

    def of(self, argument: Argument) -> tuple[str, ...]:
        """The admissible values of an argument, as text."""
        named = self._named(argument, self._sentence)
        if not named and (argument.required or self._follows):
            named = self._named(argument, self._before)
        if named or not argument.required:
            return named
        return self._any(argument)

    def _named(self, argument: Argument, text: str) -> tuple[str, ...]:  # noqa: PLR0911 - one answer a kind: a table
        match argument.kind:
            case Kind.TRACK:
                return mentions.tracks_of(self._song, text)
            case Kind.SECTION:
                return mentions.sections_of(self._song, text)
            case Kind.LOOP:
                return self._loops(text)
            case Kind.KEY:
                return mentions.keys_of(text)
            case Kind.PATH:
                return self._refs
            case Kind.FORM:
                form = mentions.form_of(text)
                return (form,) if form else ()
            case Kind.CHOICE:
                return self._choices(argument, text)
            case Kind.FLAG:
                return ("false",) if argument.name in _ON_BY_DEFAULT else ("true",)
            case _:
                return _numbers(argument, text)

    def _any(self, argument: Argument) -> tuple[str, ...]:
        match argument.kind:
            case Kind.TRACK:
                roles = [str(track.role) for track in self._song.tracks]
                return tuple(dict.fromkeys([*roles, *(track.name for track in self._song.tracks)]))
            case Kind.SECTION:
                kinds = [str(section.kind) for section in self._song.sections]
                return tuple(dict.fromkeys([*kinds, *(section.name for section in self._song.sections)]))
            case Kind.CHOICE:
                return argument.choices
            case _:
                return ()

    def _choices(self, argument: Argument, text: str) -> tuple[str, ...]:
        choices = set(argument.choices)
        if argument.name in _OPEN:
            return argument.choices
        if choices <= {kind.value for kind in SectionKind}:
            named = mentions.kinds_of(text)
        elif choices <= {role.value for role in Role}:
            named = mentions.roles_of(text)
        else:
            named = mentions.choices_of(argument.choices, text)
        return tuple(choice for choice in argument.choices if choice in named)

    def _loops(self, text: str) -> tuple[str, ...]:
        """Names of the song's loops that the text quotes, and tracks, for the loop that they play."""
        names = [Path(layer.path).stem for _, layer in self._song.layers()]
        quoted = [name for name in names if name and name.lower() in text.lower()]
        return tuple(dict.fromkeys([*quoted, *mentions.tracks_of(self._song, text)]))


def _numbers(argument: Argument, text: str) -> tuple[str, ...]:
    """The numbers of a text that could be this argument, by unit and limits; a decrease in dB is negative."""
    units = _UNITS.get(argument.name, {""})
    numbers = [measure.value for measure in mentions.measures_of(text) if measure.unit in units]
    if argument.limits is not None and argument.limits.low < 0:
        numbers += [-number for number in numbers]
    return tuple(dict.fromkeys(f"{number:g}" for number in _fitting(numbers, argument)))


def _some(parts: Sequence[tuple[str, str]], needed: frozenset[str]) -> str | None:
    """Each part or not, in order; where some are needed, at least one of those. None where that cannot be."""
    if not needed:
        return " ".join(f"({part})?" for _, part in parts)
    ways = []
    for index, (name, part) in enumerate(parts):
        if name in needed:
            before = [f"({other})?" for other_name, other in parts[:index] if other_name not in needed]
            after = [f"({other})?" for _, other in parts[index + 1 :]]
            ways.append(" ".join([*before, part, *after]))
    return f"({' | '.join(ways)})" if ways else None


def _fitting(numbers: Sequence[float], argument: Argument) -> list[float]:
    limits = argument.limits
    return [
        number
        for number in numbers
        if (argument.kind is not Kind.INTEGER or number.is_integer())
        and (limits is None or limits.low <= number <= limits.high)
    ]


def _either(values: Iterable[str]) -> str:
    return " | ".join(_literal(value) for value in values)


def _literal(text: str) -> str:
    """A GBNF string; anything but plain letters, digits and common signs is written by its code point."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char.isascii() and (char.isalnum() or char in " _=@.#,+-'/&%:;"):
        return char
    return f"\\U{ord(char):08X}"


def _symbol(name: str) -> str:
    return "t-" + re.sub(r"[^a-z0-9]", "-", name.lower())
