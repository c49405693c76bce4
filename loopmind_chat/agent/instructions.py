"""What a model that knows nothing of LoopMind is told: the rules, the tools, examples, the last turns, the song.

The same messages serve a GGUF with its own chat template and a server; what does not fit is left out, step by step.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.examples import Bank, Example
from loopmind_chat.agent.local_models import shortened
from loopmind_chat.agent.model import Message
from loopmind_chat.agent.prompt import SENTENCE_MAX, calls_before, one_line, song_line
from loopmind_chat.home import resource
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Argument, Kind, Tool

_EXAMPLES: Final = 5
_TURNS: Final = 4
_ALWAYS: Final = ("describe_song", "undo")
_WORD_FOR: Final[Mapping[Kind, str]] = {
    Kind.TRACK: "TRACK",
    Kind.SECTION: "SECTION",
    Kind.LOOP: "LOOP",
    Kind.KEY: "KEY",
    Kind.WORDS: "WORDS",
    Kind.FORM: "FORM",
    Kind.PATH: "@1",
    Kind.FLAG: "yes|no",
    Kind.INTEGER: "NUMBER",
    Kind.NUMBER: "NUMBER",
}


@dataclass(frozen=True, slots=True)
class Rung:
    """How much a model is told: all at first, less where that does not fit."""

    near: bool
    """Only the tools near the sentence, instead of all."""
    examples: int
    turns: int
    shorten: int = 0
    """How far the names and the sentence are cut: the steps of ``shortened``."""


RUNGS: Final = (
    Rung(near=False, examples=_EXAMPLES, turns=_TURNS),
    Rung(near=False, examples=2, turns=1),
    Rung(near=True, examples=_EXAMPLES, turns=2),
    Rung(near=True, examples=1, turns=0, shorten=2),
    Rung(near=True, examples=0, turns=0, shorten=4),
)
"""From everything to the least that a request can be understood with."""


def opening_message() -> Message:
    """The first message where all tools are told in the call language: the same in every turn."""
    return Message("system", _rules(all_tools().values()))


def chat_messages(
    ground: Ground, turns: Sequence[TurnRecord], bank: Bank, rung: Rung, *, told: bool = True
) -> list[Message]:
    """The messages of one turn. ``told``: the tools stand in the text; else the server is given them as schemas."""
    ground = list(shortened(ground))[rung.shorten]
    rules = _rules(tools_for(ground, bank, rung)) if told else _text("any_model.txt")
    messages = [Message("system", rules)]
    for said, calls in _past(turns[len(turns) - rung.turns :] if rung.turns else ()):
        messages += [Message("user", f"say: {said}"), Message("assistant", calls)]
    return [*messages, Message("user", _asked(ground, bank, rung))]


def tools_for(ground: Ground, bank: Bank, rung: Rung) -> tuple[Tool, ...]:
    """The tools that a model is told of."""
    tools = all_tools()
    if not rung.near:
        return tuple(tools.values())
    near = bank.near(ground.sentence, follows=bool(ground.before))
    return tuple(dict.fromkeys([*near.tools(tools), *(tools[name] for name in _ALWAYS)]))


def merged(messages: Sequence[Message]) -> list[Message]:
    """The same without a system message, for templates that have none: its text begins the first of the user's."""
    system, first, *rest = messages
    return [Message(first.role, f"{system.text}\n\n{first.text}"), *rest]


def _rules(tools: Iterable[Tool]) -> str:
    lines = [_tool_line(tool) for tool in tools]
    return "\n".join([_text("any_model.txt"), "", _text("call_language.txt"), *lines])


def _text(name: str) -> str:
    return resource("prompts", name).read_text("utf-8").strip()


def _tool_line(tool: Tool) -> str:
    """``set_pan track=TRACK [pan=-1..1] [side=left|right|centre]: Place a track ...``."""
    parts = [
        f"{argument.name}={_values(argument)}" if argument.required else f"[{argument.name}={_values(argument)}]"
        for argument in tool.arguments
    ]
    return f"{' '.join([tool.name, *parts])}: {tool.summary}"


def _values(argument: Argument) -> str:
    if argument.choices:
        return "|".join(argument.choices)
    if argument.limits is not None:
        return f"{argument.limits.low:g}..{argument.limits.high:g}"
    return _WORD_FOR[argument.kind]


def _past(turns: Iterable[TurnRecord]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        calls = calls_before(turn)
        if calls:
            yield one_line(turn.say)[:SENTENCE_MAX], calls


def _asked(ground: Ground, bank: Bank, rung: Rung) -> str:
    near = bank.near(ground.sentence, follows=bool(ground.before))
    shown = list(dict.fromkeys([*near.shown, *near.examples]))[: rung.examples]
    lines = [_example_line(example) for example in reversed(shown)]
    before = [f"the turn before: {ground.before}"] if ground.before else []
    examples = ["Examples, of other songs:", *lines, ""] if lines else []
    say = f"say: {one_line(ground.sentence)[:SENTENCE_MAX]}"
    return "\n".join([*examples, song_line(ground.song), *before, say])


def _example_line(example: Example) -> str:
    before = f"[{example.before}] " if example.before else ""
    return f"say: {before}{example.say} => {example.calls}"
