"""What tests of the screen do over and over."""

import asyncio
from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Static

from loopmind_chat.tui.app import LoopMindApp
from loopmind_chat.tui.prompt import Prompt


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is so."""
    limit = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < limit, f"it did not come about within {seconds:g} seconds"
        await pilot.pause(0.02)


async def say(pilot: Pilot[None], text: str) -> None:
    """Type a line and Enter."""
    prompt = pilot.app.query_one(Prompt)
    prompt.value = text
    prompt.focus()
    await pilot.press("enter")


def texts(app: LoopMindApp, kind: type[Static] | str) -> list[str]:
    """What is written in the widgets of a kind, or of a selector."""
    return [str(widget.content) for widget in app.query(kind).results(Static)]
