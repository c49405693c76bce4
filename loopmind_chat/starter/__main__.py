"""Writes the starter pack for a parent that reads how far it is: ``python -m loopmind_chat.starter FOLDER``.

A line of JSON for each file: done, total, name; at last the report, or why there is none. Ends when its input does,
and its own workers with it.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from loopmind_chat.errors import LoopMindError
from loopmind_chat.starter.pack import write_pack


def main() -> int:
    """Write the pack into the folder that was named."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        write_pack(Path(sys.argv[1]), lambda done, total, name: _say([done, total, name]))
    except LoopMindError as fault:
        _say({"failed": str(fault)})
        return 1
    return 0


def _say(fact: object) -> None:
    print(json.dumps(fact), flush=True)  # noqa: T201 - the parent reads it


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1_024):
        pass
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)  # a pool's workers would wait for work for ever
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
