"""Going back, keeping and handing out. Undo, redo and open stand alone in a turn."""

from typing import Literal

from loopmind_chat.song.edits import SetTitle
from loopmind_chat.tools.effects import Export, Open, Redo, Save, Undo
from loopmind_chat.tools.spec import ToolContext, ToolResult, TypedPath, Words, tool
from loopmind_chat.tools.targets import need_song, shown

AudioFormat = Literal["wav", "flac", "mp3", "ogg"]


@tool
def undo(_context: ToolContext) -> ToolResult:
    """Take back the last change."""
    return ToolResult("", effects=(Undo(),))


@tool
def redo(_context: ToolContext) -> ToolResult:
    """Bring back what was last taken back."""
    return ToolResult("", effects=(Redo(),))


@tool
def save_session(_context: ToolContext, *, path: TypedPath | None = None, title: Words | None = None) -> ToolResult:
    """Save the session (it always is); with a path, a copy there; with a title, the song under that name."""
    if title:
        return ToolResult(f'The song is called "{shown(title)}" now', (SetTitle(title),), (Save(path),))
    return ToolResult("", effects=(Save(path),))


@tool
def open_session(_context: ToolContext, *, path: TypedPath) -> ToolResult:
    """Open another session."""
    return ToolResult("", effects=(Open(path),))


@tool
def export_song(
    context: ToolContext,
    *,
    format: AudioFormat | None = None,  # noqa: A002 - what users call it
    stems: bool = False,
    path: TypedPath | None = None,
) -> ToolResult:
    """Write the mix as audio, with stems=yes each track too; without a path into exports/ beside the session."""
    need_song(context.song)
    suffix = f".{format}" if format else (path.suffix.lower() if path is not None and path.suffix else ".wav")
    return ToolResult("", effects=(Export(path, suffix, stems),))
