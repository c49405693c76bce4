"""The folders of loops."""

from loopmind_chat.tools.effects import Scan
from loopmind_chat.tools.spec import ToolContext, ToolResult, TypedPath, tool


@tool
def scan_folder(_context: ToolContext, *, folder: TypedPath, add: bool = False) -> ToolResult:
    """Use the loops of a folder from now on; add=yes keeps the folders in use beside it."""
    return ToolResult("", effects=(Scan(folder, add),))
