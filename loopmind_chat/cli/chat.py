"""The terminal studio."""

import argparse
import sys
from pathlib import Path

from loopmind_chat.errors import LibraryError, LoopMindError


def run(arguments: argparse.Namespace) -> int:
    """Open the studio on a folder, a session, or what was used last."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise LoopMindError("the studio needs a terminal; in a script use: loopmind ask SESSION TEXT")
    folder = Path(arguments.folder).expanduser().resolve() if arguments.folder else None
    if folder is not None and not folder.is_dir():
        raise LibraryError(f"there is no folder {arguments.folder}")
    from loopmind_chat.bootstrap import open_app  # noqa: PLC0415 - Textual, only where a screen is wanted

    session = Path(arguments.session) if arguments.session else None
    app = open_app(folder=folder, session=session, model=arguments.model)
    app.run()
    return app.return_code or 0
