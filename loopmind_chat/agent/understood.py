"""What a model's answer asks for: calls, a question back, or words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.agent.grammar import ASK_ABOUT
from loopmind_chat.agent.language import ASK, NO_CALL, OWN_WORDS, parse
from loopmind_chat.agent.loose_calls import without_repeats
from loopmind_chat.agent.replies import reply_without_call, trouble
from loopmind_chat.errors import BadArgument
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call

_WORDS_MAX: Final = 400
_LINES_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """What to run, and what to say."""

    calls: Sequence[Call] = ()
    reply: str = ""
    """What to say where there is no call; a question stands here beside calls too."""
    asks: bool = False
    """Whether the reply is a question back."""


def understood(answer: str, turn: int, song: Song) -> Understood:
    """What an answer comes to; what is not calls is not guessed at. ``turn`` varies what is said."""
    try:
        calls = without_repeats(parse(answer))
    except BadArgument:
        return Understood(reply=trouble("not_understood"))
    wanted = [call for call in calls if call.tool not in {NO_CALL, ASK}]
    question = next((call for call in calls if call.tool == ASK), None)
    aside = question or next((call for call in calls if call.tool == NO_CALL), None)
    if question is None and wanted:
        return Understood(wanted)
    if aside is None:
        return Understood(reply=trouble("not_understood"))
    if OWN_WORDS in aside.args:
        return Understood(reply=own_words(str(aside.args[OWN_WORDS])))
    asks = question is not None and bool(song.sections) and question.args.get("about") in ASK_ABOUT
    return Understood(wanted, reply_without_call(aside, turn, song), asks)


def own_words(text: str) -> str:
    """A model's own words as a reply: a few lines, without control characters.

    Whatever they claim, nothing was called, and that is said.
    """
    lines = ("".join(char if char.isprintable() else " " for char in line).strip() for line in text.splitlines())
    shown = "\n".join([re.sub(r"\s+", " ", line) for line in lines if line][:_LINES_MAX])
    if len(shown) > _WORDS_MAX:
        shown = f"{shown[:_WORDS_MAX].rsplit(maxsplit=1)[0]} ..."
    return f"{shown} ({trouble('as_it_was')})" if shown else trouble("not_understood")
