"""The messages of a request to a server, as JSON: without special tokens, and with the rounds that a turn has had."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from loopmind_chat.agent.language import write
from loopmind_chat.agent.model import Message
from loopmind_chat.agent.rounds import result_rules, results_told
from loopmind_chat.agent.turn_model import Round

_SPECIAL: Final = re.compile(r"<(?=[|/\uff5c\w])|\[(?=/?[A-Z_]+\])")


def plain_tokens(text: str) -> str:
    """Text without what a server's template would take for special tokens, such as ``<|im_start|>`` in a name."""
    return _SPECIAL.sub(lambda match: f"{match[0]} ", text)


def spoken(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Messages of text."""
    return [{"role": message.role, "content": plain_tokens(message.text)} for message in messages]


def rounds_as_text(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """Rounds for a server that takes no results of tools: what was called, in the call language, and what came."""
    told = ((Message("assistant", write(each.calls)), Message("user", results_told(each))) for each in rounds)
    return spoken(message for pair in told for message in pair)


def rounds_as_tools(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """Rounds the way servers have them: a message of tool calls, and one for the result of each."""
    return [message for number, each in enumerate(rounds) for message in _round(number, each)]


def _round(number: int, last: Round) -> Sequence[dict[str, Any]]:
    # nine letters and digits: some servers take no other id
    ids = [f"call{number:02d}{place:03d}" for place in range(len(last.calls))]
    calls = [
        {"id": each, "type": "function", "function": {"name": call.tool, "arguments": json.dumps(dict(call.args))}}
        for each, call in zip(ids, last.calls, strict=True)
    ]
    told = [*last.came[:-1], f"{last.came[-1]}\n{result_rules(last.song)}"]
    results = [
        {"role": "tool", "tool_call_id": each, "content": plain_tokens(text)}
        for each, text in zip(ids, told, strict=True)
    ]
    return [{"role": "assistant", "content": "", "tool_calls": calls}, *results]
