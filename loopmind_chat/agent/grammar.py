"""The grammar of one turn: which calls, with which values, the model can write at all.

Built from the tools' declared arguments, the live song and the sentence. A value that is neither in the song nor in
the sentence cannot be written; an argument without admissible values is left out, and a tool that needs it too. A
lone call uses the numbers, keys, tracks and sections that the sentence names, where its tool can take them. The
notation is llama.cpp's GBNF.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.agent.admissible import Ground, Values
from loopmind_chat.agent.language import ASK, NO_CALL, write_value
from loopmind_chat.tools.spec import Argument, Kind, Tool

CALLS_MAX: Final = 4
"""Calls of one answer."""
NO_CALL_REASONS: Final = ("thanks", "hello", "off_topic", "cannot")
ASK_ABOUT: Final = ("what", "track", "section", "amount")
_SPAN_WORDS: Final = 6
_JOINTS: Final = re.compile(r"[,;&+]|\b(?:and|then|also|plus|but|with)\b", re.IGNORECASE)
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


def grammar_for(tools: Iterable[Tool], ground: Ground) -> str:
    """The grammar of a turn: calls, or none, or a question back; one space before the first word.

    As many calls as the sentence has parts, four at most.
    """
    rules = _Rules(ground)
    names = [tool.name for tool in tools if rules.add_tool(tool)]
    answers = ["nocall", "ask"]
    if names:
        rules.add("lone", " | ".join(_symbol("lone", name) for name in names))
        answers.insert(0, "lone")
        more = min(len(_JOINTS.findall(ground.sentence)), CALLS_MAX - 1)
        if more:
            rules.add("call", " | ".join(_symbol("call", name) for name in names))
            answers.insert(1, f'call (";" " " call){{1,{more}}}')
    rules.add("nocall", f"{_literal(f'{NO_CALL} why=')} ({_either(NO_CALL_REASONS)})")
    rules.add("ask", f"{_literal(f'{ASK} about=')} ({_either(ASK_ABOUT)})")
    return "\n".join([f'root ::= " " ({" | ".join(answers)}) "\\n"?', *rules.lines]) + "\n"


class _Rules:
    """Collects rules; values that several tools share are written once."""

    def __init__(self, ground: Ground) -> None:
        self._values = Values(ground)
        self._words = mentions.words_of(ground.sentence)
        self._symbols: dict[tuple[str, ...], str] = {}
        self._words_written = False
        self.lines: list[str] = []

    def add(self, symbol: str, body: str) -> None:
        """Write a rule."""
        self.lines.append(f"{symbol} ::= {body}")

    def add_tool(self, tool: Tool) -> bool:
        """Write a tool's rules, alone and among others. False where what it needs has nothing that it could be."""
        parts: dict[str, str] = {}
        for argument in tool.arguments:
            symbol = self._value_symbol(argument)
            if symbol is not None:
                parts[argument.name] = f"{_literal(f' {argument.name}=')} {symbol}"
            elif argument.required:
                return False
        required = {argument.name for argument in tool.arguments if argument.required}
        one_of = _NEEDS_ONE.get(tool.name, frozenset())
        free = _sequence(parts, required, one_of)
        said = required | self._values.said(tool)
        if "change" in one_of and one_of & said:
            parts.pop("change", None)
        lone = _sequence(parts, said, one_of)
        if free is None or lone is None:
            return False
        self.add(_symbol("call", tool.name), f"{_literal(tool.name)} {free}".strip())
        self.add(_symbol("lone", tool.name), f"{_literal(tool.name)} {lone}".strip())
        return True

    def _value_symbol(self, argument: Argument) -> str | None:
        if argument.kind is Kind.WORDS:
            return self._words_symbol() if self._values.may_hold_words(argument) else None
        values = self._values.of(argument)
        if not values:
            return None
        if values not in self._symbols:
            self._symbols[values] = f"v{len(self._symbols)}"
            self.add(self._symbols[values], _either(write_value(value) for value in values))
        return self._symbols[values]

    def _words_symbol(self) -> str | None:
        """A rule for one to six consecutive words: a chain, so that its size grows with the sentence only."""
        count = len(self._words)
        if not count:
            return None
        if not self._words_written:
            self._words_written = True
            for index, word in enumerate(self._words):
                for left in range(_SPAN_WORDS, 0, -1):
                    more = index + 1 < count and left > 1
                    self.add(f"w{index}n{left}", _literal(word) + (f' (" " w{index + 1}n{left - 1})?' if more else ""))
            self.add("words", f'"\\"" ({" | ".join(f"w{index}n{_SPAN_WORDS}" for index in range(count))}) "\\""')
        return "words"


def _sequence(parts: Mapping[str, str], needed: set[str], one_of: frozenset[str]) -> str | None:
    """The parts in order, the others optional; at least one of ``one_of``, or None where that cannot be."""

    def one(name: str, *, must: bool = False) -> str:
        return parts[name] if must or name in needed else f"({parts[name]})?"

    names = list(parts)
    if not one_of or one_of & needed & parts.keys():
        return " ".join(one(name) for name in names)
    ways = []
    for index, name in enumerate(names):
        if name in one_of:
            before = [one(other) for other in names[:index] if other not in one_of]
            ways.append(" ".join([*before, one(name, must=True), *(one(other) for other in names[index + 1 :])]))
    return f"({' | '.join(ways)})" if ways else None


def _either(values: Iterable[str]) -> str:
    return " | ".join(_literal(value) for value in values)


def _literal(text: str) -> str:
    """A GBNF string; anything but plain letters, digits and common signs is written by its code point."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char.isascii() and (char.isalnum() or char in " _=@.#,+-'/&%:;"):
        return char
    return f"\\U{ord(char):08X}"


def _symbol(role: str, name: str) -> str:
    return f"{role}-{re.sub(r'[^a-z0-9]', '-', name.lower())}"


__all__: Sequence[str] = ("ASK_ABOUT", "CALLS_MAX", "NO_CALL_REASONS", "Ground", "grammar_for")
