"""The grammar of one turn: which calls, with which values, the model can write at all.

Built from the tools' declared arguments, the live song and the sentence. A value that is neither in the song nor in
the sentence cannot be written; an argument without admissible values is left out, and a tool that needs it too. A
lone call uses the numbers, keys, tracks and sections that the sentence names, where its tool can take them. The
notation is llama.cpp's GBNF.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.agent.admissible import Ground, Values
from loopmind_chat.agent.language import ASK, NO_CALL, write_value
from loopmind_chat.tools.spec import Argument, Kind, Tool

CALLS_MAX: Final = 4
"""Calls of one answer."""
CANNOT: Final = "cannot"
NO_CALL_REASONS: Final = ("thanks", "hello", "help", "off_topic", CANNOT)
ASK_ABOUT: Final = ("what", "track", "section", "amount")
NEEDS_ONE: Final[Mapping[str, frozenset[str]]] = {
    "add_layer": frozenset({"role", "query", "loop"}),
    "fix_loop": frozenset({"bpm", "key", "role"}),
    "lock": frozenset({"track", "section"}),
    "loop_section": frozenset({"section", "on"}),
    "move_section": frozenset({"after", "before", "to"}),
    "resize_section": frozenset({"bars", "by", "change"}),
    "set_energy": frozenset({"energy", "change"}),
    "set_groove": frozenset({"amount", "change"}),
    "set_key": frozenset({"key", "semitones"}),
    "set_level": frozenset({"db", "by", "change"}),
    "set_pan": frozenset({"pan", "side"}),
    "set_tempo": frozenset({"bpm", "by", "change"}),
}
"""Tools that do nothing without one of these arguments."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that may be a request of its own, with the tools that are near it."""

    text: str
    tools: tuple[Tool, ...]


def grammar_for(
    tools: Iterable[Tool],
    ground: Ground,
    clauses: Sequence[Clause] = (),
    reasons: Sequence[str] = NO_CALL_REASONS,
) -> str:
    """The grammar of a turn: one call about the sentence, one about each clause, none, or a question back.

    A call about a clause may take what it does not name itself from the clause before: "and make it louder".
    ``reasons`` are those that there may be for no call.
    """
    rules = _Rules()
    answers = []
    if rules.add_call("lone", tools, ground, alone=True):
        answers.append("lone")
    if 1 < len(clauses) <= CALLS_MAX:
        names = [f"call{number}" for number in range(len(clauses))]
        before = ground.before
        offered = []
        for name, clause in zip(names, clauses, strict=True):
            part = replace(ground, sentence=clause.text, before=before)
            offered.append(rules.add_call(name, clause.tools, part, alone=False))
            before = f"{before} {clause.text}"
        if all(offered):
            answers.append(' "; " '.join(names))
    rules.add("nocall", f"{literal(f'{NO_CALL} why=')} ({either(reasons)})")
    rules.add("ask", f"{literal(f'{ASK} about=')} ({either(ASK_ABOUT)})")
    return "\n".join([f'root ::= " " ({" | ".join([*answers, "nocall", "ask"])}) "\\n"?', *rules.lines]) + "\n"


class _Rules:
    """Collects rules; values that several tools share are written once."""

    def __init__(self) -> None:
        self._symbols: dict[tuple[str, ...], str] = {}
        self.lines: list[str] = []

    def add(self, symbol: str, body: str) -> None:
        """Write a rule."""
        self.lines.append(f"{symbol} ::= {body}")

    def add_call(self, symbol: str, tools: Iterable[Tool], ground: Ground, *, alone: bool) -> bool:
        """Write a rule for any one of the tools; False where none can be called."""
        values = Values(ground)
        bodies = {}
        for tool in tools:
            body = self._body(tool, values) if not alone or values.takes_all(tool) else None
            if body is not None:
                bodies[f"{symbol}-{_symbol(tool.name)}"] = body
        for name, body in bodies.items():
            self.add(name, body)
        if bodies:
            self.add(symbol, " | ".join(bodies))
        return bool(bodies)

    def _body(self, tool: Tool, values: Values) -> str | None:
        """A tool with its arguments. None where something that it needs has nothing that it could be."""
        if not values.suits(tool):
            return None
        parts: dict[str, str] = {}
        for argument in tool.arguments:
            symbol = self._value_symbol(argument, values.of(argument, tool))
            if symbol is not None:
                parts[argument.name] = f"{literal(f' {argument.name}=')} {symbol}"
            elif argument.required:
                return None
        one_of = NEEDS_ONE.get(tool.name, frozenset())
        needed = values.said(tool) | {argument.name for argument in tool.arguments if argument.required}
        if one_of & needed - {"change"}:
            parts.pop("change", None)  # a number was said: there is nothing left to a step
        tail = _sequence(parts, needed, one_of)
        return None if tail is None else f"{literal(tool.name)} {tail}".strip()

    def _value_symbol(self, argument: Argument, values: tuple[str, ...]) -> str | None:
        if not values:
            return None
        # free words are always quoted, so that the model need not choose
        written = _quoted if argument.kind is Kind.WORDS else write_value
        texts = tuple(written(value) for value in values)
        if texts not in self._symbols:
            self._symbols[texts] = f"v{len(self._symbols)}"
            self.add(self._symbols[texts], either(texts))
        return self._symbols[texts]


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


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def either(values: Iterable[str]) -> str:
    """Any one of the texts."""
    return " | ".join(literal(value) for value in values)


def literal(text: str) -> str:
    """A GBNF string; anything but plain letters, digits and common signs is written by its code point."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char.isascii() and (char.isalnum() or char in " _=@.#,+-'/&%:;"):
        return char
    return f"\\U{ord(char):08X}"


def _symbol(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "-", name.lower())


__all__: Sequence[str] = ("ASK_ABOUT", "CALLS_MAX", "NO_CALL_REASONS", "Ground", "grammar_for")
