"""What the agent says where no tool has anything to say, from ``prompts/replies.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from loopmind_chat.agent.language import ASK, NO_CALL
from loopmind_chat.home import resource
from loopmind_chat.song.find import section_names, track_names
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call


def reply_without_call(call: Call, turn: int, song: Song) -> str:
    """The answer to a sentence that changes nothing (``none``) or is not clear (``ask``); it varies with the turn.

    A question which track or section is meant names those that there are; without a song there is nothing to ask.
    """
    if call.tool == ASK and not song.sections:
        return trouble("no_song")
    about = str(call.args.get("why" if call.tool == NO_CALL else "about", ""))
    texts = _texts()[ASK if call.tool == ASK else NO_CALL].get(about)
    if not texts:
        return trouble("not_understood")
    return str(texts[turn % len(texts)]).format(tracks=track_names(song), sections=section_names(song))


def trouble(what: str, **values: str) -> str:
    """What to say where something is in the way."""
    return str(_texts()["trouble"][what]).format(**values)


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(resource("prompts", "replies.toml").read_text("utf-8"))
