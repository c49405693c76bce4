"""What a chat-completions server answers, put together from its pieces; anything else in them is passed over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from loopmind_chat.agent.loose_calls import calls_in, read_arguments
from loopmind_chat.agent.turn_model import TOO_MUCH
from loopmind_chat.errors import AgentError, BadArgument
from loopmind_chat.tools.calls import Call

_NAME: Final = re.compile(r"[A-Za-z_]\w{0,63}\Z", re.ASCII)
_CALLS_MAX: Final = 24
_ARGUMENTS_MAX: Final = 20_000


class BrokenOff(AgentError):
    """The answer ended before its end."""


class Answer:
    """One answer: text, tool calls with their arguments as they came, and how it ended."""

    def __init__(self) -> None:
        self.text = ""
        self.complete = False
        self.cut = False
        """Whether it was cut off at a limit, in the middle of whatever it was."""
        self._tools: dict[int, tuple[str, Any]] = {}

    def add(self, event: Mapping[str, Any]) -> None:
        """Take one object of the answer: a whole message, or a piece of a stream."""
        choices = event.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return
        choice = choices[0]
        message = choice.get("delta", choice.get("message"))
        if isinstance(message, dict):
            if isinstance(message.get("content"), str):
                self.text += message["content"]
            self._add_tools(message.get("tool_calls"))
        self.cut = self.cut or choice.get("finish_reason") == "length"
        self.complete = self.complete or bool(choice.get("finish_reason")) or "message" in choice

    @property
    def has_tool_calls(self) -> bool:
        """Whether the server wrote calls the way servers do."""
        return bool(self._tools)

    def calls(self) -> list[Call]:
        """The calls, in order; those in the text where there are no others. Raises BadArgument for what is none.

        Raises AgentError for calls that are cut off: the last may be half of one.
        """
        if self.cut and (self._tools or calls_in(self.text)):
            raise AgentError(TOO_MUCH)
        if not self._tools:
            return calls_in(self.text)
        return [_call(name, raw) for _, (name, raw) in sorted(self._tools.items())]

    def _add_tools(self, pieces: object) -> None:
        if not isinstance(pieces, list):
            return
        for position, piece in enumerate(pieces):
            function = piece.get("function") if isinstance(piece, dict) else None
            if isinstance(function, dict):
                index = piece.get("index")
                self._add_tool(index if isinstance(index, int) else position, function)

    def _add_tool(self, index: int, function: Mapping[str, Any]) -> None:
        name, raw = self._tools.get(index, ("", ""))
        if isinstance(function.get("name"), str) and function["name"] != name:
            name += function["name"]
        piece = function.get("arguments")
        if isinstance(piece, str) and isinstance(raw, str):
            raw += piece
        elif piece is not None:
            raw = piece
        if len(self._tools) > _CALLS_MAX or (isinstance(raw, str) and len(raw) > _ARGUMENTS_MAX):
            raise AgentError("the model does not stop calling")
        self._tools[index] = (name, raw)


def read_answer(events: Iterable[Mapping[str, Any]], text_max: int) -> Answer:
    """The answer of these events, read no further than ``text_max`` characters of text: a ramble is cut.

    Raises BrokenOff where the server ended before its answer did.
    """
    answer = Answer()
    for event in events:
        answer.add(event)
        if len(answer.text) > text_max:
            answer.complete = answer.cut = True
            break
    if not answer.complete:
        raise BrokenOff("the model server broke off in the middle of its answer")
    return answer


def model_names(answer: Mapping[str, Any]) -> Sequence[str]:
    """The models that ``/models`` lists."""
    data = answer.get("data")
    rows = data if isinstance(data, list) else []
    return [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _call(name: str, raw: object) -> Call:
    if not _NAME.match(name):
        raise BadArgument(f'"{name[:40]}" is no tool')
    args = read_arguments(raw)
    strange = next((key for key in args if not _NAME.match(key)), None)
    if strange is not None:
        raise BadArgument(f'{name} does not take "{strange[:40]}"')
    return Call(name, args)
