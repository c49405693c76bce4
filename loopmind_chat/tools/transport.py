"""Playing and stopping."""

from typing import Annotated

from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.tools.effects import LoopSection, Play, Stop
from loopmind_chat.tools.spec import Limits, SectionName, ToolContext, ToolResult, tool
from loopmind_chat.tools.targets import need_song, sections_named


@tool
def play(
    context: ToolContext, *, section: SectionName | None = None, bar: Annotated[int, Limits(1, 51_200)] | None = None
) -> ToolResult:
    """Play, from where it stands, from a section or from a bar (the first is 1)."""
    song = context.song
    need_song(song)
    if section is not None and bar is not None:
        raise BadArgument("say a section or a bar, not both")
    if bar is not None:
        if bar > song.bars:
            raise CannotDo(f"the song has {song.bars} bars")
        return ToolResult(f"Playing from bar {bar}", effects=(Play(bar - 1),))
    if section is not None:
        first = sections_named(song, section)[0]
        return ToolResult(f"Playing from {first.name}", effects=(Play(song.start_bar(first.id)),))
    return ToolResult("Playing", effects=(Play(),))


@tool
def stop(_context: ToolContext) -> ToolResult:
    """Stop playing."""
    return ToolResult("Stopped", effects=(Stop(),))


@tool
def loop_section(context: ToolContext, *, section: SectionName | None = None, on: bool = True) -> ToolResult:
    """Repeat one section; on=no plays on."""
    if not on:
        return ToolResult("Playing on", effects=(LoopSection(None),))
    need_song(context.song)
    if section is None:
        raise BadArgument("say which section to repeat")
    first = sections_named(context.song, section)[0]
    return ToolResult(f"Repeating {first.name}", effects=(LoopSection(first.id),))
