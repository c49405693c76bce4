"""The process that prepares clips: ``python -m loopmind_chat.audio.engine.prepare_child FOLDER``.

One line in, a plan that holds one clip; one line out, ``{"path"}`` or ``{"error"}``. It ends when its input ends.
"""

import json
import os
import signal
import sys
from pathlib import Path

from loopmind_chat.audio.plan import MixPlan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.errors import LoopMindError

_NICE = 10


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the screen, which then closes the pipe
    if hasattr(os, "nice"):
        os.nice(_NICE)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _warm()
    preparer = Preparer(Path(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(_prepared(preparer, line)), file=answers, flush=True)


def _warm() -> None:
    """Import now what the first clip would wait for."""
    import pedalboard  # noqa: F401, PLC0415 - half a second, while there is nothing else to do
    import soundfile  # noqa: F401, PLC0415 - as above
    import soxr  # noqa: F401, PLC0415 - as above


def _prepared(preparer: Preparer, line: str) -> dict[str, str]:
    try:
        (clip,) = MixPlan.from_json(line).clips
        return {"path": str(preparer.prepare(clip))}
    except (LoopMindError, OSError, ValueError, MemoryError) as fault:
        return {"error": str(fault) or type(fault).__name__}


if __name__ == "__main__":
    main()
