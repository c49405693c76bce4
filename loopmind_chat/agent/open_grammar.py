"""The grammar for a model that knows the call language: any calls of any tools, with the values that there can be.

Which tools, which arguments and how many calls is the model's to say. What it writes is read and checked again by type
before anything happens. The notation is llama.cpp's GBNF.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.grammar import ASK_ABOUT, CALLS_MAX, NEEDS_ONE, NO_CALL_REASONS, either, literal
from loopmind_chat.agent.language import ASK, NO_CALL, write_value
from loopmind_chat.agent.open_values import OpenValues
from loopmind_chat.agent.spans import SPAN_MAX, SpanWord, span_words
from loopmind_chat.tools.spec import Argument, Kind, Tool

_TOGETHER: Final = frozenset({"add_layer", "fix_loop", "lock", "loop_section"})
"""Tools that need one of some arguments and may have several; the others take exactly one of them."""


def open_grammar(tools: Iterable[Tool], ground: Ground) -> str:
    """One to four calls, or none, or a question back."""
    rules = _Rules(ground)
    bodies = {f"call-{tool.name.replace('_', '-')}": rules.call(tool) for tool in tools}
    possible = {symbol: body for symbol, body in bodies.items() if body is not None}
    for symbol, body in possible.items():
        rules.add(symbol, body)
    answers = []
    if possible:
        rules.add("one", " | ".join(possible))
        answers.append(f'one ("; " one){{0,{CALLS_MAX - 1}}}')
    rules.add("nocall", f"{literal(f'{NO_CALL} why=')} ({either(NO_CALL_REASONS)})")
    rules.add("ask", f"{literal(f'{ASK} about=')} ({either(ASK_ABOUT)})")
    return "\n".join([f'root ::= " " ({" | ".join([*answers, "nocall", "ask"])}) "\\n"?', *rules.lines]) + "\n"


class _Rules:
    """Collects rules; values that several tools share are written once."""

    def __init__(self, ground: Ground) -> None:
        self._values = OpenValues(ground)
        self._words = span_words(ground.sentence)
        self._symbols: dict[tuple[str, ...], str] = {}
        self._span = ""
        self.lines: list[str] = []

    def add(self, symbol: str, body: str) -> None:
        """Write a rule."""
        self.lines.append(f"{symbol} ::= {body}")

    def call(self, tool: Tool) -> str | None:
        """A tool with its arguments. None where something that it needs has nothing that it could be."""
        parts: dict[str, str] = {}
        for argument in tool.arguments:
            symbol = self._symbol(argument, tool)
            if symbol:
                parts[argument.name] = f"{literal(f' {argument.name}=')} {symbol}"
            elif argument.required:
                return None
        required = {argument.name for argument in tool.arguments if argument.required}
        tail = _sequence(parts, required, NEEDS_ONE.get(tool.name, frozenset()), together=tool.name in _TOGETHER)
        return None if tail is None else f"{literal(tool.name)} {tail}".strip()

    def _symbol(self, argument: Argument, tool: Tool) -> str:
        """The rule of an argument's values; "" where there are none."""
        if argument.kind is Kind.WORDS:
            return self._words_symbol(argument)
        texts = tuple(write_value(value) for value in self._values.of(argument, tool))
        if not texts:
            return ""
        if texts not in self._symbols:
            self._symbols[texts] = f"v{len(self._symbols)}"
            self.add(self._symbols[texts], either(texts))
        return self._symbols[texts]

    def _words_symbol(self, argument: Argument) -> str:
        """A run of the sentence's words, or what the last turn's calls had in its place."""
        span = self._span_symbol()
        before = tuple(json.dumps(value, ensure_ascii=False) for value in self._values.said_before(argument))
        if not before:
            return span
        if before not in self._symbols:
            self._symbols[before] = f"v{len(self._symbols)}"
            self.add(self._symbols[before], " | ".join([either(before), *([span] if span else [])]))
        return self._symbols[before]

    def _span_symbol(self) -> str:
        """A run of the sentence's words, in quotes."""
        if self._words and not self._span:
            self._span = "span"
            starts = [f"s{place}" for place in range(len(self._words))]
            for place, symbol in enumerate(starts):
                self.add(symbol, _run(self._words[place : place + SPAN_MAX]))
            self.add("span", f"{literal(chr(34))} ({' | '.join(starts)}) {literal(chr(34))}")
        return self._span


def _run(words: Sequence[SpanWord]) -> str:
    """The first word, and as many of the next as follow on it."""
    text = literal(_escaped(words[0].text))
    if len(words) > 1 and words[1].joint is not None:
        joined = SpanWord(words[1].joint + words[1].text, None)
        return f"{text} ({_run([joined, *words[2:]])})?"
    return text


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _sequence(parts: Mapping[str, str], required: set[str], one_of: frozenset[str], *, together: bool) -> str | None:
    """The parts in order, the others optional; one of ``one_of`` (or more: ``together``); None where none can be."""

    def one(name: str, *, must: bool = False) -> str:
        return parts[name] if must or name in required else f"({parts[name]})?"

    names = list(parts)
    if not one_of:
        return " ".join(one(name) for name in names)
    ways = []
    for index, name in enumerate(names):
        if name in one_of:
            before = [one(other) for other in names[:index] if other not in one_of]
            after = [one(other) for other in names[index + 1 :] if together or other not in one_of]
            ways.append(" ".join([*before, one(name, must=True), *after]))
    return f"({' | '.join(ways)})" if ways else None
