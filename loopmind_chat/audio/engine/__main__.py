"""The engine's process: ``python -m loopmind_chat.audio.engine [--device NAME] [--capture FILE] [--unmastered]``.

Standard error goes where the parent sends it (a log): ALSA writes there. The process ends when its commands end.
"""

import argparse
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TextIO

from loopmind_chat.audio.engine.clips import Clips
from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.decks import deck_of
from loopmind_chat.audio.engine.mixing import make_mixing
from loopmind_chat.audio.engine.output import Device
from loopmind_chat.audio.engine.outputs import Outputs, SoundCards
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.engine.server import Server
from loopmind_chat.audio.engine.silent import SilentDevice
from loopmind_chat.audio.plan import MixPlan

_SWITCH_S = 0.001
"""How long a thread keeps the interpreter while another, perhaps the callback, waits for it."""


def main() -> None:
    """Serve until standard input ends, then end at once: PortAudio may hang in tidying up after a lost device."""
    arguments = _arguments()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the screen, which then closes the pipe
    sys.setswitchinterval(_SWITCH_S)
    facts = _facts()
    mixing = make_mixing()

    def make_deck(plan: str, revision: int, clips: Clips) -> Deck:
        return deck_of(MixPlan.from_json(plan), revision, clips, mastered=not arguments.unmastered)

    with contextlib.ExitStack() as files:
        capture: BinaryIO | None = files.enter_context(arguments.capture.open("wb")) if arguments.capture else None
        outputs = Outputs(mixing.feed, SoundCards(), arguments.device, _silent(capture))
        threading.Thread(target=_warm, name="warm up", daemon=True).start()
        Server(mixing, outputs, make_deck, facts).serve(sys.stdin)
    os._exit(0)


def _warm() -> None:
    """Load what the first plan needs, then keep the collector from ever walking through it."""
    from loopmind_chat.audio import master, mixer  # noqa: F401, PLC0415 - half a second; commands are taken meanwhile

    gc.collect()
    gc.freeze()
    gc.disable()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="loopmind_chat.audio.engine")
    parser.add_argument("--device", help="the output to use; the system's default without it")
    parser.add_argument("--capture", type=Path, help="write what the silent device takes, as raw float32 stereo")
    parser.add_argument("--unmastered", action="store_true", help="leave out the master stage")
    return parser.parse_args()


def _facts() -> TextIO:
    """The pipe to the parent; whatever else prints goes to the log from now on."""
    facts = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return facts


def _silent(capture: BinaryIO | None) -> Callable[[], Device]:
    def write(block: Block) -> None:
        if capture is not None:
            capture.write(block.tobytes())

    return lambda: SilentDevice(sink=write)


if __name__ == "__main__":
    main()
